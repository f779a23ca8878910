package io.gradus.backend.cpu.sort;

import io.gradus.tensor.dtype.ComputeType;

/** Fetches elements by position. */
final class Fetch {
  private Fetch() {}

  /** {@code to[i] = from[at + order[i] stride]}. */
  static void byPosition(
      ComputeType type, Object from, int at, int stride, int[] order, int n, Object to) {
    switch (type) {
      case F32 -> {
        float[] f = (float[]) from;
        float[] t = (float[]) to;
        for (int i = 0; i < n; i++) {
          t[i] = f[at + order[i] * stride];
        }
      }
      case F64 -> {
        double[] f = (double[]) from;
        double[] t = (double[]) to;
        for (int i = 0; i < n; i++) {
          t[i] = f[at + order[i] * stride];
        }
      }
      case I32 -> {
        int[] f = (int[]) from;
        int[] t = (int[]) to;
        for (int i = 0; i < n; i++) {
          t[i] = f[at + order[i] * stride];
        }
      }
      case I64 -> {
        long[] f = (long[]) from;
        long[] t = (long[]) to;
        for (int i = 0; i < n; i++) {
          t[i] = f[at + order[i] * stride];
        }
      }
    }
  }
}
