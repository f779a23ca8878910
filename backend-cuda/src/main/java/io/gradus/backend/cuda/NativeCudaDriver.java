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
  /** The members of {@code CUdevice_attribute} that are asked for. */
  private static final int MAJOR = 75;

  private static final int MINOR = 76;

  private final MethodHandle cuInit;
  private final MethodHandle cuDriverGetVersion;
  private final MethodHandle cuDeviceGetCount;
  private final MethodHandle cuDeviceGet;
  private final MethodHandle cuDeviceGetAttribute;

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
    cuDeviceGet =
        linker.downcallHandle(
            symbols.findOrThrow("cuDeviceGet"), FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    cuDeviceGetAttribute =
        linker.downcallHandle(
            symbols.findOrThrow("cuDeviceGetAttribute"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
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

  @Override
  public Answer computeCapability(int index) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      int code = (int) cuDeviceGet.invokeExact(value, index);
      int device = value.get(JAVA_INT, 0);
      int capability = 0;
      if (code == 0) {
        code = (int) cuDeviceGetAttribute.invokeExact(value, MAJOR, device);
        capability = 10 * value.get(JAVA_INT, 0);
      }
      if (code == 0) {
        code = (int) cuDeviceGetAttribute.invokeExact(value, MINOR, device);
        capability += value.get(JAVA_INT, 0);
      }
      return new Answer(code, capability);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
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
