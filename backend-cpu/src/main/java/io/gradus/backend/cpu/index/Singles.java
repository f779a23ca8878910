package io.gradus.backend.cpu.index;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.ScatterMode;

/** Single elements by index: loops for each type of array. */
final class Singles {
  private Singles() {}

  /** {@code to[other + i otherStep] = from[place + i placeStep + index[at + i step] axis]}. */
  static void gather(
      Object from,
      long[] index,
      int at,
      int step,
      long axis,
      int place,
      int placeStep,
      Object to,
      int other,
      int otherStep,
      int n) {
    switch (from) {
      case float[] f -> {
        float[] r = (float[]) to;
        if (step == 1 && axis == 1 && placeStep == 0 && otherStep == 1) {
          neighbours(f, index, at, place, r, other, n);
          return;
        }
        for (int i = 0; i < n; i++) {
          r[other + i * otherStep] = f[place + i * placeStep + (int) (index[at + i * step] * axis)];
        }
      }
      case double[] f -> {
        double[] r = (double[]) to;
        for (int i = 0; i < n; i++) {
          r[other + i * otherStep] = f[place + i * placeStep + (int) (index[at + i * step] * axis)];
        }
      }
      case int[] f -> {
        int[] r = (int[]) to;
        for (int i = 0; i < n; i++) {
          r[other + i * otherStep] = f[place + i * placeStep + (int) (index[at + i * step] * axis)];
        }
      }
      case long[] f -> {
        long[] r = (long[]) to;
        for (int i = 0; i < n; i++) {
          r[other + i * otherStep] = f[place + i * placeStep + (int) (index[at + i * step] * axis)];
        }
      }
      case short[] f -> {
        short[] r = (short[]) to;
        for (int i = 0; i < n; i++) {
          r[other + i * otherStep] = f[place + i * placeStep + (int) (index[at + i * step] * axis)];
        }
      }
      case byte[] f -> {
        byte[] r = (byte[]) to;
        for (int i = 0; i < n; i++) {
          r[other + i * otherStep] = f[place + i * placeStep + (int) (index[at + i * step] * axis)];
        }
      }
      default -> throw new IllegalArgumentException("not an array of numbers: " + from.getClass());
    }
  }

  /** Fewer instructions an element let the processor wait for more elements at once. */
  private static void neighbours(
      float[] from, long[] index, int at, int place, float[] to, int other, int n) {
    for (int i = 0; i < n; i++) {
      to[other + i] = from[place + (int) index[at + i]];
    }
  }

  /** Whether {@link #scatter} has loops for a mode and type. */
  static boolean knows(ScatterMode mode, DType dtype) {
    return mode == ScatterMode.SET || mode == ScatterMode.ADD && !dtype.isNarrow();
  }

  /** The other way round, in order. */
  static void scatter(
      ScatterMode mode,
      Object to,
      long[] index,
      int at,
      int step,
      long axis,
      int place,
      int placeStep,
      Object from,
      int other,
      int otherStep,
      int n) {
    if (mode == ScatterMode.SET) {
      set(to, index, at, step, axis, place, placeStep, from, other, otherStep, n);
    } else {
      add(to, index, at, step, axis, place, placeStep, from, other, otherStep, n);
    }
  }

  private static void set(
      Object to,
      long[] index,
      int at,
      int step,
      long axis,
      int place,
      int placeStep,
      Object from,
      int other,
      int otherStep,
      int n) {
    switch (to) {
      case float[] r -> {
        float[] f = (float[]) from;
        for (int i = 0; i < n; i++) {
          r[place + i * placeStep + (int) (index[at + i * step] * axis)] = f[other + i * otherStep];
        }
      }
      case double[] r -> {
        double[] f = (double[]) from;
        for (int i = 0; i < n; i++) {
          r[place + i * placeStep + (int) (index[at + i * step] * axis)] = f[other + i * otherStep];
        }
      }
      case int[] r -> {
        int[] f = (int[]) from;
        for (int i = 0; i < n; i++) {
          r[place + i * placeStep + (int) (index[at + i * step] * axis)] = f[other + i * otherStep];
        }
      }
      case long[] r -> {
        long[] f = (long[]) from;
        for (int i = 0; i < n; i++) {
          r[place + i * placeStep + (int) (index[at + i * step] * axis)] = f[other + i * otherStep];
        }
      }
      case short[] r -> {
        short[] f = (short[]) from;
        for (int i = 0; i < n; i++) {
          r[place + i * placeStep + (int) (index[at + i * step] * axis)] = f[other + i * otherStep];
        }
      }
      case byte[] r -> {
        byte[] f = (byte[]) from;
        for (int i = 0; i < n; i++) {
          r[place + i * placeStep + (int) (index[at + i * step] * axis)] = f[other + i * otherStep];
        }
      }
      default -> throw new IllegalArgumentException("not an array of numbers: " + to.getClass());
    }
  }

  private static void add(
      Object to,
      long[] index,
      int at,
      int step,
      long axis,
      int place,
      int placeStep,
      Object from,
      int other,
      int otherStep,
      int n) {
    switch (to) {
      case float[] r -> {
        float[] f = (float[]) from;
        for (int i = 0; i < n; i++) {
          r[place + i * placeStep + (int) (index[at + i * step] * axis)] +=
              f[other + i * otherStep];
        }
      }
      case double[] r -> {
        double[] f = (double[]) from;
        for (int i = 0; i < n; i++) {
          r[place + i * placeStep + (int) (index[at + i * step] * axis)] +=
              f[other + i * otherStep];
        }
      }
      case int[] r -> {
        int[] f = (int[]) from;
        for (int i = 0; i < n; i++) {
          r[place + i * placeStep + (int) (index[at + i * step] * axis)] +=
              f[other + i * otherStep];
        }
      }
      case long[] r -> {
        long[] f = (long[]) from;
        for (int i = 0; i < n; i++) {
          r[place + i * placeStep + (int) (index[at + i * step] * axis)] +=
              f[other + i * otherStep];
        }
      }
      default -> throw new IllegalArgumentException("not of a compute type: " + to.getClass());
    }
  }
}
