package io.gradus.property;

import java.util.Arrays;

/**
 * A tensor without a library: a memory, and for each element in row-major order its place there.
 *
 * @param memory shared by all views of it
 * @param places where the elements are
 * @param shape sizes
 * @param version counts writes; shared by views
 */
record ModelTensor(double[] memory, int[] places, long[] shape, int[] version) {
  static ModelTensor of(double[] values, long[] shape) {
    int[] places = new int[values.length];
    Arrays.setAll(places, i -> i);
    return new ModelTensor(values.clone(), places, shape, new int[1]);
  }

  int rank() {
    return shape.length;
  }

  double[] values() {
    double[] values = new double[places.length];
    Arrays.setAll(values, i -> memory[places[i]]);
    return values;
  }

  /** For an element of a view the position of this tensor that it shows. */
  interface Source {
    void of(long[] viewPosition, long[] sourcePosition);
  }

  /** A view. */
  ModelTensor view(long[] to, Source source) {
    int[] at = new int[(int) Arbitrary.numel(to)];
    long[] position = new long[to.length];
    long[] from = new long[shape.length];
    long[] steps = Positions.strides(shape);
    for (int i = 0; i < at.length; i++) {
      source.of(position, from);
      long place = 0;
      for (int d = 0; d < from.length; d++) {
        place += from[d] * steps[d];
      }
      at[i] = places[(int) place];
      Positions.next(position, to);
    }
    return new ModelTensor(memory, at, to, version);
  }

  /** The same elements in another shape. */
  ModelTensor reshaped(long... to) {
    return new ModelTensor(memory, places, to, version);
  }

  /** The same values in a memory of its own, without gaps, in an order of its own. */
  ModelTensor copy(int[] order) {
    double[] own = new double[places.length];
    for (int i = 0; i < own.length; i++) {
      own[order[i]] = memory[places[i]];
    }
    return new ModelTensor(own, order, shape, new int[1]);
  }

  /** The same memory with a counter of its own. */
  ModelTensor uncounted() {
    return new ModelTensor(memory, places, shape, new int[1]);
  }

  boolean hasDuplicates() {
    return Arrays.stream(places).distinct().count() < places.length;
  }

  /** Whether a write here shows there, at another position or through other strides. */
  boolean entangledWith(ModelTensor other, int[] otherPlaces, boolean sameStrides) {
    if (memory != other.memory || sameStrides && Arrays.equals(places, otherPlaces)) {
      return false;
    }
    return Arrays.stream(places).anyMatch(p -> Arrays.stream(otherPlaces).anyMatch(q -> p == q));
  }
}
