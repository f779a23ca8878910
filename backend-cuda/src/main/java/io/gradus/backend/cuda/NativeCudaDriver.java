package io.gradus.backend.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The driver's own answers, through its C interface. */
final class NativeCudaDriver implements CudaDriver {
  private final MethodHandle cuInit;
  private final MethodHandle cuDriverGetVersion;
  private final MethodHandle cuDeviceGetCount;

  /**
   * Binds the functions.
   *
   * @throws java.util.NoSuchElementException if the library lacks one of them
   */
  NativeCudaDriver(SymbolLookup symbols) {
    Linker linker = Linker.nativeLinker();
    cuInit =
        linker.downcallHandle(
            symbols.findOrThrow("cuInit"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    FunctionDescriptor query = FunctionDescriptor.of(JAVA_INT, ADDRESS);
    cuDriverGetVersion = linker.downcallHandle(symbols.findOrThrow("cuDriverGetVersion"), query);
    cuDeviceGetCount = linker.downcallHandle(symbols.findOrThrow("cuDeviceGetCount"), query);
  }

  @Override
  public int init() {
    try {
      return (int) cuInit.invokeExact(0);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Answer version() {
    return ask(cuDriverGetVersion);
  }

  @Override
  public Answer deviceCount() {
    return ask(cuDeviceGetCount);
  }

  private static Answer ask(MethodHandle query) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      int code = (int) query.invokeExact(value);
      return new Answer(code, value.get(JAVA_INT, 0));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
