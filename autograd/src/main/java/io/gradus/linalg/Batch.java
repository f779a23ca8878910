package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
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
    checkMatrices(name, t);
    int rows = Math.toIntExact(t.size(-2));
    int columns = Math.toIntExact(t.size(-1));
    long[] lead = leading(t);
    long count = 1;
    for (long n : lead) {
      count *= n;
    }
    return new Batch(
        t.doubleArray(), lead, Math.toIntExact(count), rows, columns, t.dtype(), t.device());
  }

  static Batch square(String name, Tensor t) {
    checkSquare(name, t);
    return of(name, t);
  }

  /** Refuses what is not a matrix or batch of floating point numbers. */
  static void checkMatrices(String name, Tensor t) {
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
  }

  /** As {@link #checkMatrices}, and square. */
  static void checkSquare(String name, Tensor t) {
    checkMatrices(name, t);
    if (t.size(-1) != t.size(-2)) {
      throw new ShapeException(
          "[%s] linalg.%s: A must be batches of square matrices, but they are %d by %d matrices"
              .formatted(name, name, t.size(-2), t.size(-1)));
    }
  }

  /** Refuses operands of an equation of different dtypes. */
  static void checkAlike(String name, Tensor a, Tensor b) {
    if (a.device() != b.device()) {
      throw DeviceException.different(name, a.device().name(), b.device().name());
    }
    if (a.dtype() != b.dtype()) {
      throw new DTypeException(
          "[%s] linalg.%s: Expected A and B to have the same dtype, but found A of type %s and B of type %s instead; convert one"
              .formatted(name, name, a.dtype(), b.dtype()));
    }
  }

  /** The sizes before the last two. */
  static long[] leading(Tensor t) {
    return Arrays.copyOf(t.shape().toArray(), t.dim() - 2);
  }

  /** The common leading sizes of two batches of matrices. */
  static Shape common(String name, Tensor a, Tensor b) {
    return Broadcasting.of(name, Shape.of(leading(a)), Shape.of(leading(b)));
  }

  /** A view with these leading sizes. */
  static Tensor wide(Tensor t, Shape batch) {
    long[] sizes = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    sizes[batch.rank()] = t.size(-2);
    sizes[batch.rank() + 1] = t.size(-1);
    return t.expand(sizes);
  }

  /** The identity of {@code n} rows as one matrix of a tensor's dtype and device. */
  static Tensor eye(long n, Tensor like) {
    return Tensor.eye(n).to(like.dtype()).to(like.device());
  }

  /** A copy of one matrix. */
  double[] matrix(int i) {
    int n = rows * columns;
    return Arrays.copyOfRange(values, i * n, (i + 1) * n);
  }

  /** Results of some shape a matrix as a tensor of the same dtype. */
  Tensor result(double[] all, long... each) {
    return Tensor.tensor(all).view(shape(each)).to(dtype).to(device);
  }

  /** Whole numbers of some shape a matrix, {@code i32}. */
  Tensor whole(int[] all, long... each) {
    return Tensor.tensor(all).view(shape(each)).to(device);
  }

  private long[] shape(long[] each) {
    long[] shape = Arrays.copyOf(sizes, sizes.length + each.length);
    System.arraycopy(each, 0, shape, sizes.length, each.length);
    return shape;
  }

  /** The beginning of a message about one matrix. */
  String where(String name, int i) {
    return sizes.length == 0
        ? "[%s] linalg.%s: ".formatted(name, name)
        : "[%s] linalg.%s: (Batch element %d): ".formatted(name, name, i);
  }
}
