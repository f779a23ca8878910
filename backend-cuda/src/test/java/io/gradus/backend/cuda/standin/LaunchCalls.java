package io.gradus.backend.cuda.standin;

import io.gradus.backend.cuda.emulator.Kernel;
import io.gradus.backend.cuda.emulator.KernelFault;
import io.gradus.backend.cuda.emulator.Launch;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Launches: CUDA Driver API, "Execution Control". */
final class LaunchCalls {
  private static final long BUFFER_POINTER = 1;
  private static final long BUFFER_SIZE = 2;
  private static final MethodHandle HOST_FUNCTION =
      Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

  private final Driver driver;

  LaunchCalls(Driver driver) {
    this.driver = driver;
  }

  void register() {
    driver.on("cuLaunchKernel", this::launch);
    driver.on("cuLaunchCooperativeKernel", this::launch);
    driver.on(
        "cuLaunchHostFunc",
        a -> {
          MemorySegment function = MemorySegment.ofAddress(a.asLong(1));
          MemorySegment data = MemorySegment.ofAddress(a.asLong(2));
          driver.submit(driver.stream(a.asLong(0)), () -> call(function, data));
        });
  }

  private static void call(MemorySegment function, MemorySegment data) {
    try (Arena arena = Arena.ofConfined()) {
      HOST_FUNCTION.invokeExact(function.reinterpret(arena, null), data);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private void launch(Arguments a) {
    ModuleCalls.Function f = driver.handles.get(a.asLong(0), ModuleCalls.Function.class);
    Kernel kernel = f.kernel;
    Launch.Dim grid = new Launch.Dim(a.asInt(1), a.asInt(2), a.asInt(3));
    Launch.Dim block = new Launch.Dim(a.asInt(4), a.asInt(5), a.asInt(6));
    int shared = a.asInt(7);
    Driver.require(grid.x() > 0 && grid.y() > 0 && grid.z() > 0);
    Driver.require(grid.y() < 65536 && grid.z() < 65536);
    Driver.require(block.x() > 0 && block.y() > 0 && block.z() > 0 && block.z() <= 64);
    long threads = (long) block.x() * block.y() * block.z();
    Driver.require(threads <= kernel.maxThreads());
    Driver.require(shared >= 0 && shared <= f.mostDynamicShared);
    if (kernel.sharedBytes() + shared
        > Math.max(f.mostDynamicShared, ModuleCalls.SHARED_PER_BLOCK)) {
      throw CudaResult.ERROR_INVALID_VALUE.error();
    }
    Stream stream = driver.stream(a.asLong(8));
    byte[] parameters = parameters(kernel, a.asLong(9), a.asLong(10));
    driver.counters.launches++;
    if (driver.injection.failsLaunch()) {
      int code = driver.injection.launchError;
      driver.submit(
          stream, () -> stream.context.fail(code, "injected into a launch of " + kernel.name()));
      return;
    }
    driver.submit(stream, () -> run(kernel, grid, block, shared, parameters, stream));
  }

  private void run(
      Kernel kernel,
      Launch.Dim grid,
      Launch.Dim block,
      int shared,
      byte[] parameters,
      Stream stream) {
    Launch launch =
        new Launch(
            kernel,
            grid,
            block,
            shared,
            parameters,
            driver.memory,
            stream.context.device,
            driver.findings,
            driver.scheduler.random());
    try {
      launch.run();
    } catch (KernelFault e) {
      throw e;
    } catch (RuntimeException e) {
      e.printStackTrace();
      stream.context.fail(CudaResult.ERROR_LAUNCH_FAILED.code, "in the emulator: " + e);
    } finally {
      driver.counters.instructions += launch.instructions();
    }
  }

  /** The arguments, each from where its pointer says, or all from one buffer. */
  private static byte[] parameters(Kernel kernel, long pointers, long extra) {
    byte[] packed = new byte[kernel.parameterBytes()];
    MemorySegment to = MemorySegment.ofArray(packed);
    if (pointers != 0) {
      for (int i = 0; i < kernel.parameterCount(); i++) {
        long from = Arguments.longAt(pointers + 8L * i);
        int n = kernel.parameterBytes(i);
        Driver.require(from != 0);
        MemorySegment.copy(Arguments.host(from, n), 0, to, kernel.parameterOffset(i), n);
      }
      return packed;
    }
    Driver.require(extra != 0 || packed.length == 0);
    long buffer = 0;
    long size = 0;
    for (long at = extra; at != 0 && Arguments.longAt(at) != 0; at += 16) {
      long key = Arguments.longAt(at);
      long value = Arguments.longAt(at + 8);
      buffer = key == BUFFER_POINTER ? value : buffer;
      size = key == BUFFER_SIZE ? Arguments.longAt(value) : size;
    }
    if (packed.length > 0) {
      Driver.require(buffer != 0 && size >= packed.length);
      MemorySegment.copy(Arguments.host(buffer, packed.length), 0, to, 0, packed.length);
    }
    return packed;
  }
}
