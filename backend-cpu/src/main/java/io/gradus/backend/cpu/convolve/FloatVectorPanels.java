package io.gradus.backend.cpu.convolve;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link FloatPanels} on Vector API lanes; loaded only where the module is there.
 *
 * <p>Pieces of at most a vector are copied as whole vectors: what is too much is overwritten by the
 * next one. Each number of pieces has a method of its own: in a branch that is seldom taken the
 * compiler would leave vectors as objects.
 */
final class FloatVectorPanels {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();
  private static final int COLUMNS = 2 * V;

  private FloatVectorPanels() {}

  /**
   * Copies the pieces {@code [first, last)} of a panel at each of {@code k} distances.
   *
   * @param base places before the panel
   */
  static void pack(
      float[] a,
      Pieces places,
      int base,
      int first,
      int last,
      int[] distances,
      int from,
      int k,
      float[] to,
      int o) {
    int count = last - first;
    if (count > 4) {
      many(a, places.froms(), places.ats(), first, last, distances, from, k, to, o - base);
      return;
    }
    int f0 = places.from(first);
    int second = Math.min(first + 1, last - 1);
    int f1 = places.from(second);
    int at1 = o + places.at(second) - base;
    if (count <= 2) {
      two(a, f0, f1, distances, from, k, to, o, at1);
      return;
    }
    int f2 = places.from(first + 2);
    int at2 = o + places.at(first + 2) - base;
    if (count == 3) {
      three(a, f0, f1, f2, distances, from, k, to, o, at1, at2);
    } else {
      int at3 = o + places.at(last - 1) - base;
      four(a, f0, f1, f2, places.from(last - 1), distances, from, k, to, o, at1, at2, at3);
    }
  }

  private static void two(
      float[] a, int f0, int f1, int[] distances, int from, int k, float[] to, int at0, int at1) {
    for (int p = 0; p < k; p++) {
      int q = distances[from + p];
      FloatVector.fromArray(S, a, q + f0).intoArray(to, at0 + p * COLUMNS);
      FloatVector.fromArray(S, a, q + f1).intoArray(to, at1 + p * COLUMNS);
    }
  }

  private static void three(
      float[] a,
      int f0,
      int f1,
      int f2,
      int[] distances,
      int from,
      int k,
      float[] to,
      int at0,
      int at1,
      int at2) {
    for (int p = 0; p < k; p++) {
      int q = distances[from + p];
      FloatVector.fromArray(S, a, q + f0).intoArray(to, at0 + p * COLUMNS);
      FloatVector.fromArray(S, a, q + f1).intoArray(to, at1 + p * COLUMNS);
      FloatVector.fromArray(S, a, q + f2).intoArray(to, at2 + p * COLUMNS);
    }
  }

  private static void four(
      float[] a,
      int f0,
      int f1,
      int f2,
      int f3,
      int[] distances,
      int from,
      int k,
      float[] to,
      int at0,
      int at1,
      int at2,
      int at3) {
    for (int p = 0; p < k; p++) {
      int q = distances[from + p];
      FloatVector.fromArray(S, a, q + f0).intoArray(to, at0 + p * COLUMNS);
      FloatVector.fromArray(S, a, q + f1).intoArray(to, at1 + p * COLUMNS);
      FloatVector.fromArray(S, a, q + f2).intoArray(to, at2 + p * COLUMNS);
      FloatVector.fromArray(S, a, q + f3).intoArray(to, at3 + p * COLUMNS);
    }
  }

  private static void many(
      float[] a,
      int[] froms,
      int[] ats,
      int first,
      int last,
      int[] distances,
      int from,
      int k,
      float[] to,
      int o) {
    for (int p = 0; p < k; p++) {
      int q = distances[from + p];
      int r = o + p * COLUMNS;
      for (int i = first; i < last; i++) {
        FloatVector.fromArray(S, a, q + froms[i]).intoArray(to, r + ats[i]);
      }
    }
  }
}
