package io.gradus.backend.cpu.index;

/** Copies elements without converting them: what comes out has the bits that went in. */
final class RawElements {
  private RawElements() {}

  /** {@code to[o + i step] = from[at + i stride]} for two arrays of one type. */
  static void copy(Object from, int at, int stride, Object to, int o, int step, int n) {
    switch (from) {
      case float[] f -> {
        float[] t = (float[]) to;
        for (int i = 0; i < n; i++) {
          t[o + i * step] = f[at + i * stride];
        }
      }
      case double[] f -> {
        double[] t = (double[]) to;
        for (int i = 0; i < n; i++) {
          t[o + i * step] = f[at + i * stride];
        }
      }
      case int[] f -> {
        int[] t = (int[]) to;
        for (int i = 0; i < n; i++) {
          t[o + i * step] = f[at + i * stride];
        }
      }
      case long[] f -> {
        long[] t = (long[]) to;
        for (int i = 0; i < n; i++) {
          t[o + i * step] = f[at + i * stride];
        }
      }
      case short[] f -> {
        short[] t = (short[]) to;
        for (int i = 0; i < n; i++) {
          t[o + i * step] = f[at + i * stride];
        }
      }
      case byte[] f -> {
        byte[] t = (byte[]) to;
        for (int i = 0; i < n; i++) {
          t[o + i * step] = f[at + i * stride];
        }
      }
      default -> throw new IllegalArgumentException("not an array of numbers: " + from.getClass());
    }
  }
}
