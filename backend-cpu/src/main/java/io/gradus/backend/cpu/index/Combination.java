package io.gradus.backend.cpu.index;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ScatterMode;

/** Combines numbers that are there with numbers that are scattered to them. */
final class Combination {
  private Combination() {}

  /** {@code a[i] = a[i] mode b[i]}. */
  static void apply(ScatterMode mode, ComputeType type, Object a, Object b, int n) {
    switch (type) {
      case F32 -> apply(mode, (float[]) a, (float[]) b, n);
      case F64 -> apply(mode, (double[]) a, (double[]) b, n);
      case I32 -> apply(mode, (int[]) a, (int[]) b, n);
      case I64 -> apply(mode, (long[]) a, (long[]) b, n);
    }
  }

  private static void apply(ScatterMode mode, float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      a[i] =
          switch (mode) {
            case SET -> b[i];
            case ADD -> a[i] + b[i];
            case MUL -> a[i] * b[i];
            case MIN -> Math.min(a[i], b[i]);
            case MAX -> Math.max(a[i], b[i]);
          };
    }
  }

  private static void apply(ScatterMode mode, double[] a, double[] b, int n) {
    for (int i = 0; i < n; i++) {
      a[i] =
          switch (mode) {
            case SET -> b[i];
            case ADD -> a[i] + b[i];
            case MUL -> a[i] * b[i];
            case MIN -> Math.min(a[i], b[i]);
            case MAX -> Math.max(a[i], b[i]);
          };
    }
  }

  private static void apply(ScatterMode mode, int[] a, int[] b, int n) {
    for (int i = 0; i < n; i++) {
      a[i] =
          switch (mode) {
            case SET -> b[i];
            case ADD -> a[i] + b[i];
            case MUL -> a[i] * b[i];
            case MIN -> Math.min(a[i], b[i]);
            case MAX -> Math.max(a[i], b[i]);
          };
    }
  }

  private static void apply(ScatterMode mode, long[] a, long[] b, int n) {
    for (int i = 0; i < n; i++) {
      a[i] =
          switch (mode) {
            case SET -> b[i];
            case ADD -> a[i] + b[i];
            case MUL -> a[i] * b[i];
            case MIN -> Math.min(a[i], b[i]);
            case MAX -> Math.max(a[i], b[i]);
          };
    }
  }
}
