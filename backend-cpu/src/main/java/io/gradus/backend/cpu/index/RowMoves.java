package io.gradus.backend.cpu.index;

/** Moves rows of neighbouring elements, with a loop for each type of array. */
final class RowMoves {
  private RowMoves() {}

  /**
   * {@code to[other + i otherStep + j] = from[place + i placeStep + index[at + i step] axis + j]}
   * for {@code j < size}.
   */
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
      int n,
      int size) {
    // The type is settled outside of the loop: a copy between arrays of unknown type is a call.
    switch (from) {
      case float[] f -> {
        float[] t = (float[]) to;
        if (FloatRows.movesVectors(size)) {
          FloatVectorRows.gather(
              f, index, at, step, axis, place, placeStep, t, other, otherStep, n, size);
          return;
        }
        for (int i = 0; i < n; i++) {
          int p = place + i * placeStep + (int) (index[at + i * step] * axis);
          System.arraycopy(f, p, t, other + i * otherStep, size);
        }
      }
      case double[] f -> {
        double[] t = (double[]) to;
        for (int i = 0; i < n; i++) {
          int p = place + i * placeStep + (int) (index[at + i * step] * axis);
          System.arraycopy(f, p, t, other + i * otherStep, size);
        }
      }
      case int[] f -> {
        int[] t = (int[]) to;
        for (int i = 0; i < n; i++) {
          int p = place + i * placeStep + (int) (index[at + i * step] * axis);
          System.arraycopy(f, p, t, other + i * otherStep, size);
        }
      }
      case long[] f -> {
        long[] t = (long[]) to;
        for (int i = 0; i < n; i++) {
          int p = place + i * placeStep + (int) (index[at + i * step] * axis);
          System.arraycopy(f, p, t, other + i * otherStep, size);
        }
      }
      case short[] f -> {
        short[] t = (short[]) to;
        for (int i = 0; i < n; i++) {
          int p = place + i * placeStep + (int) (index[at + i * step] * axis);
          System.arraycopy(f, p, t, other + i * otherStep, size);
        }
      }
      case byte[] f -> {
        byte[] t = (byte[]) to;
        for (int i = 0; i < n; i++) {
          int p = place + i * placeStep + (int) (index[at + i * step] * axis);
          System.arraycopy(f, p, t, other + i * otherStep, size);
        }
      }
      default -> throw new IllegalArgumentException("not an array of numbers: " + from.getClass());
    }
  }
}
