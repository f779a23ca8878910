package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;

/**
 * The matrices of a tensor as one row-major array of doubles.
 *
 * @param sizes of the leading dimensions
 * @param rows of each matrix
 * @param columns of each matrix
 */
record Batch(
    double[] values, long[] sizes, int count, int rows, int columns, DType dtype, Device device) {
  static Batch of(String name, Tensor t) {
    if (t.dim() < 2) {
      throw new ShapeException(
          "[%s] linalg.%s: The input tensor A must have at least 2 dimensions: shape %s"
              .formatted(name, name, t.shape()));
    }
    if (!t.dtype().isFloating()) {
      throw new DTypeException(
          "[%s] linalg.%s: Expected a floating point or complex tensor as input. Got %s; convert with to(f32)"
              .formatted(name, name, t.dtype()));
    }
    int rows = Math.toIntExact(t.size(-2));
    int columns = Math.toIntExact(t.size(-1));
    long[] lead = Arrays.copyOf(t.shape().toArray(), t.dim() - 2);
    long count = 1;
    for (long n : lead) {
      count *= n;
    }
    return new Batch(
        t.doubleArray(), lead, Math.toIntExact(count), rows, columns, t.dtype(), t.device());
  }

  static Batch square(String name, Tensor t) {
    Batch b = of(name, t);
    if (b.rows != b.columns) {
      throw new ShapeException(
          "[%s] linalg.%s: A must be batches of square matrices, but they are %d by %d matrices"
              .formatted(name, name, b.rows, b.columns));
    }
    return b;
  }

  /** A copy of one matrix. */
  double[] matrix(int i) {
    int n = rows * columns;
    return Arrays.copyOfRange(values, i * n, (i + 1) * n);
  }

  /** Results of some shape a matrix as a tensor of the same dtype. */
  Tensor result(double[] all, long... each) {
    long[] shape = Arrays.copyOf(sizes, sizes.length + each.length);
    System.arraycopy(each, 0, shape, sizes.length, each.length);
    return Tensor.tensor(all).view(shape).to(dtype).to(device);
  }

  /** The beginning of a message about one matrix. */
  String where(String name, int i) {
    return sizes.length == 0
        ? "[%s] linalg.%s: ".formatted(name, name)
        : "[%s] linalg.%s: (Batch element %d): ".formatted(name, name, i);
  }
}
