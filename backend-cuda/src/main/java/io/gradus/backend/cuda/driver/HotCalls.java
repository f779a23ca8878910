package io.gradus.backend.cuda.driver;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The driver's functions that every operation calls, without JCuda: a launch costs 0.03 µs this way
 * and 0.4 to 4 µs through objects.
 *
 * <p>Initialised after the library was found.
 */
final class HotCalls {
  private static final MethodHandle LAUNCH;
  private static final MethodHandle SET_CURRENT;

  static {
    SymbolLookup symbols = DriverLibrary.find();
    if (symbols == null) {
      throw new UnsatisfiedLinkError(DriverLibrary.described());
    }
    Linker linker = Linker.nativeLinker();
    LAUNCH =
        linker.downcallHandle(
            symbols.findOrThrow("cuLaunchKernel"),
            FunctionDescriptor.of(
                JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    SET_CURRENT =
        linker.downcallHandle(
            symbols.findOrThrow("cuCtxSetCurrent"), FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
  }

  private HotCalls() {}

  static int launch(
      long function,
      int gridX,
      int gridY,
      int gridZ,
      int blockX,
      int blockY,
      int blockZ,
      int sharedBytes,
      long stream,
      long parameters) {
    try {
      return (int)
          LAUNCH.invokeExact(
              function,
              gridX,
              gridY,
              gridZ,
              blockX,
              blockY,
              blockZ,
              sharedBytes,
              stream,
              parameters,
              0L);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static int setCurrent(long context) {
    try {
      return (int) SET_CURRENT.invokeExact(context);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
