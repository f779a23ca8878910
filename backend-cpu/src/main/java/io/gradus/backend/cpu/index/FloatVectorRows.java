package io.gradus.backend.cpu.index;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link FloatRows} on Vector API lanes; loaded only where the module is there. */
final class FloatVectorRows {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  /** Elements of a vector. */
  static final int LENGTH = S.length();

  /** How many rows ahead one element is read. */
  private static final int AHEAD = 6;

  /** Written only, so that no reading ahead can be left out. */
  @SuppressWarnings("UnusedVariable")
  private static int seen;

  private FloatVectorRows() {}

  /**
   * Moves rows of at least {@link #LENGTH} elements, see {@link RowMoves#gather}: four vectors at a
   * time, which overlap where they hold more than there is. Few instructions a row let the
   * processor wait for several rows at once.
   */
  static void gather(
      float[] from,
      long[] index,
      int at,
      int step,
      long axis,
      int place,
      int placeStep,
      float[] to,
      int other,
      int otherStep,
      int n,
      int size) {
    if (size == 4 * LENGTH && step == 1 && placeStep == 0 && otherStep == size) {
      gatherFours(from, index, at, (int) axis, place, to, other, n);
      return;
    }
    int last = size - LENGTH;
    int second = Math.min(LENGTH, last);
    int third = Math.min(2 * LENGTH, last);
    int fourth = Math.min(3 * LENGTH, last);
    int rest = Math.max(0, size - 4 * LENGTH);
    for (int i = 0; i < n; i++) {
      int p = place + i * placeStep + (int) (index[at + i * step] * axis);
      int q = other + i * otherStep;
      FloatVector a = FloatVector.fromArray(S, from, p);
      FloatVector b = FloatVector.fromArray(S, from, p + second);
      FloatVector c = FloatVector.fromArray(S, from, p + third);
      FloatVector d = FloatVector.fromArray(S, from, p + fourth);
      a.intoArray(to, q);
      b.intoArray(to, q + second);
      c.intoArray(to, q + third);
      d.intoArray(to, q + fourth);
      if (rest > 0) {
        System.arraycopy(from, p + 4 * LENGTH, to, q + 4 * LENGTH, rest);
      }
    }
  }

  /**
   * The same for a line of indices and rows of exactly four vectors side by side: known distances
   * make it faster by a third. One element of a row further on is read meanwhile, so that its
   * memory is on its way: some 7 % faster where rows are in no cache. More elements gain less.
   */
  private static void gatherFours(
      float[] from, long[] index, int at, int axis, int place, float[] to, int other, int n) {
    int ahead = 0;
    for (int i = 0; i < n; i++) {
      int next = place + (int) index[at + Math.min(i + AHEAD, n - 1)] * axis;
      ahead |= Float.floatToRawIntBits(from[next]);
      int p = place + (int) index[at + i] * axis;
      int q = other + i * 4 * LENGTH;
      FloatVector a = FloatVector.fromArray(S, from, p);
      FloatVector b = FloatVector.fromArray(S, from, p + LENGTH);
      FloatVector c = FloatVector.fromArray(S, from, p + 2 * LENGTH);
      FloatVector d = FloatVector.fromArray(S, from, p + 3 * LENGTH);
      a.intoArray(to, q);
      b.intoArray(to, q + LENGTH);
      c.intoArray(to, q + 2 * LENGTH);
      d.intoArray(to, q + 3 * LENGTH);
    }
    seen = ahead;
  }

  /**
   * {@code to[tos[i] + j] += from[froms[i] + j]} for {@code j < size}, row after row. Places worked
   * out beforehand let the processor wait for several rows at once.
   */
  static void addAll(float[] to, int[] tos, float[] from, int[] froms, int n, int size) {
    int whole = S.loopBound(size);
    for (int i = 0; i < n; i++) {
      int t = tos[i];
      int f = froms[i];
      for (int j = 0; j < whole; j += LENGTH) {
        FloatVector.fromArray(S, to, t + j)
            .add(FloatVector.fromArray(S, from, f + j))
            .intoArray(to, t + j);
      }
      for (int j = whole; j < size; j++) {
        to[t + j] += from[f + j];
      }
    }
  }

  /** Adds whole vectors of neighbours and returns how many elements they are. */
  static int add(float[] to, int t, float[] from, int f, int n) {
    int whole = S.loopBound(n);
    for (int i = 0; i < whole; i += S.length()) {
      FloatVector.fromArray(S, to, t + i)
          .add(FloatVector.fromArray(S, from, f + i))
          .intoArray(to, t + i);
    }
    return whole;
  }
}
