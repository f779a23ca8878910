package io.gradus.backend.cuda.standin;

import io.gradus.backend.cuda.emulator.Findings;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;

/** Taking and giving back memory: CUDA Driver API, "Memory Management" and memory pools. */
final class MemoryCalls {
  /** The handle of the first device's memory pool. */
  static final long POOLS = 0x5B0000000000L;

  private static final long HOST_ALIGNMENT = 4096;

  private final Driver driver;
  private final Map<Long, Arena> host = new HashMap<>();

  MemoryCalls(Driver driver) {
    this.driver = driver;
  }

  void register() {
    driver.on(
        "cuMemGetInfo_v2",
        a -> {
          long used = driver.memory.used(driver.context().device);
          a.putLong(0, Math.max(0, driver.options.memory() - used));
          a.putLong(1, driver.options.memory());
        });
    driver.on(
        "cuMemAlloc_v2",
        a -> {
          driver.notWhileCapturing();
          int device = driver.context().device;
          checkRoom(a.asLong(1), device);
          long at = driver.memory.allocate(a.asLong(1), device);
          driver.context().allocations.add(at);
          a.putLong(0, at);
        });
    driver.on("cuMemFree_v2", a -> free(a.asLong(0)));
    driver.on("cuMemAllocAsync", a -> allocateAsync(a, a.asLong(2)));
    driver.on("cuMemAllocFromPoolAsync", a -> allocateAsync(a, a.asLong(3)));
    driver.on("cuMemFreeAsync", this::freeAsync);
    driver.on("cuMemPoolCreate", a -> a.putLong(0, POOLS));
    driver.on("cuMemPoolDestroy", a -> {});
    driver.on("cuMemPoolTrimTo", a -> {});
    driver.on("cuMemPoolSetAttribute", a -> {});
    driver.on("cuMemPoolGetAttribute", a -> a.putLong(2, 0));
    driver.on("cuMemPoolSetAccess", a -> {});
    driver.on("cuMemAllocHost_v2", this::allocateHost);
    driver.on("cuMemHostAlloc", this::allocateHost);
    driver.on("cuMemFreeHost", this::freeHost);
    driver.on("cuMemHostGetDevicePointer_v2", a -> a.putLong(0, a.asLong(1)));
    driver.on("cuMemHostGetFlags", a -> a.putInt(0, 0));
    driver.on("cuMemHostRegister_v2", a -> driver.memory.map(a.asLong(0), a.asLong(1)));
    driver.on(
        "cuMemHostUnregister",
        a -> {
          driver.scheduler.drain();
          Driver.require(driver.memory.free(a.asLong(0)));
        });
    driver.on(
        "cuMemGetAddressRange_v2",
        a -> {
          Driver.require(driver.memory.contains(a.asLong(2), 1));
          a.putLongIfAsked(0, driver.memory.start(a.asLong(2)));
          a.putLongIfAsked(1, driver.memory.length(a.asLong(2)));
        });
    driver.on("cuPointerGetAttribute", this::attribute);
  }

  /** By the numbers of {@code CUpointer_attribute}. */
  private void attribute(Arguments a) {
    long address = a.asLong(2);
    Driver.require(driver.memory.contains(address, 1));
    switch (a.asInt(1)) {
      case 1 -> a.putLong(0, driver.context().handle);
      case 2 -> a.putInt(0, CopyCalls.isDevice(address) ? 2 : 1);
      case 3, 4 -> a.putLong(0, address);
      case 9 -> a.putInt(0, Math.max(0, driver.memory.device(address)));
      default -> throw CudaResult.ERROR_NOT_SUPPORTED.error();
    }
  }

  private void checkRoom(long bytes, int device) {
    Driver.require(bytes > 0);
    driver.counters.allocations++;
    if (driver.injection.failsAllocation()) {
      throw CudaResult.ERROR_OUT_OF_MEMORY.error();
    }
    if (driver.memory.used(device) + bytes > driver.options.memory()) {
      driver.scheduler.drain();
    }
    if (driver.memory.used(device) + bytes > driver.options.memory()
        || bytes > Integer.MAX_VALUE - 64) {
      throw CudaResult.ERROR_OUT_OF_MEMORY.error();
    }
  }

  private void free(long address) {
    if (address == 0) {
      return;
    }
    driver.notWhileCapturing();
    driver.scheduler.drain();
    if (!release(driver.context(), address)) {
      driver.findings.report(
          Findings.Kind.API, "cuMemFree of 0x%x, which is no allocation".formatted(address));
      throw CudaResult.ERROR_INVALID_VALUE.error();
    }
    driver.checkError(driver.context());
  }

  private void allocateAsync(Arguments a, long stream) {
    Stream s = driver.stream(stream);
    int device = s.context.device;
    long bytes = a.asLong(1);
    checkRoom(bytes, device);
    long at = driver.memory.reserve(bytes);
    driver.submit(
        s,
        () -> {
          driver.memory.open(at, bytes, device);
          s.context.allocations.add(at);
        });
    a.putLong(0, at);
  }

  private void freeAsync(Arguments a) {
    long address = a.asLong(0);
    Stream s = driver.stream(a.asLong(1));
    driver.submit(
        s,
        () -> {
          if (!release(s.context, address)) {
            driver.findings.report(
                Findings.Kind.API,
                "cuMemFreeAsync of 0x%x, which is no allocation".formatted(address));
          }
        });
  }

  /** Frees memory of whichever context; false if there is none. */
  private boolean release(Context c, long address) {
    if (!CopyCalls.isDevice(address) || !driver.memory.free(address)) {
      return false;
    }
    c.allocations.remove(address);
    driver.contexts.forEach(other -> other.allocations.remove(address));
    return true;
  }

  private void allocateHost(Arguments a) {
    driver.notWhileCapturing();
    long bytes = a.asLong(1);
    Driver.require(bytes > 0);
    if (driver.injection.failsAllocation()) {
      throw CudaResult.ERROR_OUT_OF_MEMORY.error();
    }
    Arena arena = Arena.ofShared();
    long at = arena.allocate(bytes, HOST_ALIGNMENT).address();
    host.put(at, arena);
    driver.memory.map(at, bytes);
    a.putLong(0, at);
  }

  private void freeHost(Arguments a) {
    driver.scheduler.drain();
    Arena arena = host.remove(a.asLong(0));
    if (arena == null) {
      driver.findings.report(
          Findings.Kind.API,
          "cuMemFreeHost of 0x%x, which is no allocation".formatted(a.asLong(0)));
      throw CudaResult.ERROR_INVALID_VALUE.error();
    }
    driver.memory.free(a.asLong(0));
    arena.close();
  }
}
