package io.gradus.tensor.kernel;

/** The parts of integer arithmetic for which Java has no operator of the same meaning. */
final class IntegerMeaning {
  private IntegerMeaning() {}

  static long pow(long base, long exponent) {
    if (exponent < 0) {
      return base == 1 ? 1 : base == -1 ? ((exponent & 1) == 0 ? 1 : -1) : 0;
    }
    long result = 1;
    long square = base;
    for (long e = exponent; e != 0; e >>>= 1) {
      if ((e & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }

  static int shl(int a, int b) {
    return b >= 0 && b < 32 ? a << b : 0;
  }

  static int shr(int a, int b) {
    return b >= 0 && b < 32 ? a >> b : a >> 31;
  }

  static int ushr(int a, int b) {
    return b >= 0 && b < 32 ? a >>> b : 0;
  }

  static long shl(long a, long b) {
    return b >= 0 && b < 64 ? a << b : 0;
  }

  static long shr(long a, long b) {
    return b >= 0 && b < 64 ? a >> b : a >> 63;
  }

  static long ushr(long a, long b) {
    return b >= 0 && b < 64 ? a >>> b : 0;
  }
}
