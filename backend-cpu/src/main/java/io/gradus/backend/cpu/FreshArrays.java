package io.gradus.backend.cpu;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * New arrays with whatever was in their memory before, since all of it is about to be overwritten.
 *
 * <p>Java always fills arrays with zeros, which for arrays that fit into a cache costs as much as
 * the cheaper operations on them. Only a JVM started with {@code --add-exports
 * java.base/jdk.internal.misc=ALL-UNNAMED} lets us have them as they are; elsewhere they are zeros.
 */
final class FreshArrays {
  // Constants to the compiler, which makes each of them a few instructions.
  private static final @Nullable MethodHandle FLOATS;
  private static final @Nullable MethodHandle DOUBLES;
  private static final @Nullable MethodHandle INTS;
  private static final @Nullable MethodHandle LONGS;
  private static final @Nullable MethodHandle SHORTS;
  private static final @Nullable MethodHandle BYTES;

  static {
    MethodHandle any = any();
    FLOATS = of(any, float.class);
    DOUBLES = of(any, double.class);
    INTS = of(any, int.class);
    LONGS = of(any, long.class);
    SHORTS = of(any, short.class);
    BYTES = of(any, byte.class);
  }

  private FreshArrays() {}

  /** From a class and a length to an array; null where the JVM does not let us. */
  private static @Nullable MethodHandle any() {
    String inside = "jdk.internal.misc";
    if (!Object.class.getModule().isExported(inside, FreshArrays.class.getModule())) {
      return null;
    }
    try {
      Class<?> unsafe = Class.forName(inside + ".Unsafe");
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Object instance =
          lookup.findStatic(unsafe, "getUnsafe", MethodType.methodType(unsafe)).invoke();
      MethodType type = MethodType.methodType(Object.class, Class.class, int.class);
      return lookup.findVirtual(unsafe, "allocateUninitializedArray", type).bindTo(instance);
    } catch (Throwable e) {
      return null; // another JDK has it elsewhere, or not at all
    }
  }

  private static @Nullable MethodHandle of(@Nullable MethodHandle any, Class<?> element) {
    return any == null ? null : any.bindTo(element);
  }

  /** Whether arrays come as they are. */
  static boolean isUnfilled() {
    return FLOATS != null;
  }

  static float[] floats(int length) {
    return FLOATS == null ? new float[length] : (float[]) call(FLOATS, length);
  }

  static double[] doubles(int length) {
    return DOUBLES == null ? new double[length] : (double[]) call(DOUBLES, length);
  }

  static int[] ints(int length) {
    return INTS == null ? new int[length] : (int[]) call(INTS, length);
  }

  static long[] longs(int length) {
    return LONGS == null ? new long[length] : (long[]) call(LONGS, length);
  }

  static short[] shorts(int length) {
    return SHORTS == null ? new short[length] : (short[]) call(SHORTS, length);
  }

  static byte[] bytes(int length) {
    return BYTES == null ? new byte[length] : (byte[]) call(BYTES, length);
  }

  private static Object call(MethodHandle handle, int length) {
    try {
      return (Object) handle.invokeExact(length);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // it declares none
    }
  }
}
