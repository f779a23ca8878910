package io.gradus.tensor.dtype;

/**
 * Conversion between {@code float} and bfloat16, which is the upper half of a binary32.
 *
 * <p>The counterpart of {@link Float#floatToFloat16} for the format that the JDK does not know.
 */
public final class BFloat16 {
  private BFloat16() {}

  /** The raw bits of the nearest bfloat16, ties to even; NaN stays a (quiet) NaN. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  /** The value of the given raw bits; exact. */
  public static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
