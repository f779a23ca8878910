package io.gradus.fft;

import io.gradus.FftOptions;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions of one transform and the number of points along each, checked.
 *
 * @param dims not negative, in the order in which they were named
 * @param points positive; of a result that is real along the last of them, the number of that
 */
record Extent(int[] dims, long[] points) {
  private static final int[] LAST_TWO = {-2, -1};

  /** One dimension, by default the last one. */
  static Extent one(String name, Shape signal, FftOptions o, boolean halfGiven) {
    int dim = only(name, "dim", o.dim(), -1);
    if (signal.rank() == 0) {
      throw noDimensions(name, dim);
    }
    int d = Shape.wrapDim(dim, signal.rank());
    long n = only(name, "n", o.s(), whole(signal.size(d), halfGiven));
    checkPoints(name, n);
    return new Extent(new int[] {d}, new long[] {n});
  }

  private static <T> T only(String name, String what, @Nullable List<T> given, T otherwise) {
    if (given != null && given.size() != 1) {
      throw new InvalidArgumentException(
          "[%s] %s must be one number for a transform along one dimension, got %s; use %sn for several"
              .formatted(name, what, given, name));
    }
    return given == null ? otherwise : given.getFirst();
  }

  /** The last two dimensions by default. */
  static Extent two(String name, Shape signal, FftOptions o, boolean halfGiven) {
    return several(name, signal, o.dim() == null ? o.dim(LAST_TWO) : o, halfGiven);
  }

  /** By default all dimensions, or the last ones if only their points are given. */
  static Extent several(String name, Shape signal, FftOptions o, boolean halfGiven) {
    int rank = signal.rank();
    List<Integer> named = o.dim();
    List<Long> s = o.s();
    int[] dims = named == null ? all(rank) : wrapped(name, named, rank);
    if (s != null && named != null && s.size() != named.size()) {
      throw new InvalidArgumentException(
          "[%s] When given, dim and shape arguments must have the same length: s %s and dim %s"
              .formatted(name, s, named));
    }
    if (s != null && s.size() > rank) {
      throw new InvalidArgumentException(
          "[%s] Got shape with %d values but input tensor only has %d dimensions."
              .formatted(name, s.size(), rank));
    }
    if (s != null && named == null) {
      dims = Arrays.copyOfRange(dims, rank - s.size(), rank);
    }
    long[] points = new long[dims.length];
    for (int i = 0; i < points.length; i++) {
      boolean half = halfGiven && i == points.length - 1;
      long asked = s == null ? -1 : s.get(i);
      points[i] = asked == -1 ? whole(signal.size(dims[i]), half) : asked;
      checkPoints(name, points[i]);
    }
    return new Extent(dims, points);
  }

  private static long whole(long size, boolean half) {
    return half ? 2 * (size - 1) : size;
  }

  private static int[] all(int rank) {
    int[] dims = new int[rank];
    Arrays.setAll(dims, i -> i);
    return dims;
  }

  private static int[] wrapped(String name, List<Integer> named, int rank) {
    int[] dims = new int[named.size()];
    for (int i = 0; i < dims.length; i++) {
      if (rank == 0) {
        throw noDimensions(name, named.get(i));
      }
      dims[i] = Shape.wrapDim(named.get(i), rank);
    }
    if (Arrays.stream(dims).distinct().count() < dims.length) {
      throw new InvalidArgumentException("[%s] FFT dims must be unique: %s".formatted(name, named));
    }
    return dims;
  }

  private static TensorIndexException noDimensions(String name, int dim) {
    return new TensorIndexException(
        "[%s] Dimension specified as %d but tensor has no dimensions".formatted(name, dim));
  }

  private static void checkPoints(String name, long n) {
    if (n < 1) {
      throw new InvalidArgumentException(
          "[%s] Invalid number of data points (%d) specified; at least 1 is needed"
              .formatted(name, n));
    }
  }

  /** Refuses none, where one of the dimensions is real. */
  Extent atLeastOne(String name) {
    if (dims.length == 0) {
      throw new InvalidArgumentException(
          "[%s] %s must transform at least one axis".formatted(name, name));
    }
    return this;
  }

  int lastDim() {
    return dims[dims.length - 1];
  }

  long lastPoints() {
    return points[points.length - 1];
  }

  /** All dimensions but the last one. */
  Extent butLast() {
    int n = dims.length - 1;
    return new Extent(Arrays.copyOf(dims, n), Arrays.copyOf(points, n));
  }

  /** What a transform is multiplied by, given whether it is a forward one. */
  double scale(FftOptions.Norm norm, boolean forward) {
    double n = 1;
    for (long p : points) {
      n *= p;
    }
    return switch (norm) {
      case BACKWARD -> forward ? 1 : 1 / n;
      case ORTHO -> 1 / Math.sqrt(n);
      case FORWARD -> forward ? 1 / n : 1;
    };
  }
}
