package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.exec.Transfers;
import io.gradus.op.Arithmetic;
import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.ShapeException;

/** Copies, conversions, and the way back to Java numbers and arrays. */
public sealed interface DataMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The elements in another dtype; this tensor if it has it already. */
  default Tensor to(DType dtype) {
    Tensor t = self();
    if (t.dtype() == dtype) {
      return t;
    }
    return Executor.convert(Arithmetic.CONVERT, t, dtype);
  }

  /** A row-major copy that carries gradient. */
  default Tensor cloneContiguous() {
    return Executor.contiguous(Arithmetic.CLONE, self());
  }

  /**
   * The only element as a Java number: {@code Float}, {@code Double}, {@code Long} or, for bool, 0
   * or 1.
   *
   * @throws ShapeException for more or fewer elements
   */
  default Number item() {
    Tensor t = self();
    if (t.numel() != 1) {
      throw new ShapeException(
          "[item] a Tensor with %d elements cannot be converted to Scalar: shape %s"
              .formatted(t.numel(), t.shape()));
    }
    return switch (Transfers.toHost(t)) {
      case float[] a -> a[0];
      case double[] a -> a[0];
      case long[] a -> a[0];
      case int[] a -> (long) a[0];
      case byte[] a -> t.dtype() == DType.U8 ? (long) (a[0] & 0xff) : (long) a[0];
      case short[] a ->
          t.dtype() == DType.F16
              ? (Number) Float.float16ToFloat(a[0])
              : t.dtype() == DType.BF16 ? (Number) BFloat16.toFloat(a[0]) : (Number) (long) a[0];
      default -> throw new IllegalStateException("no number for " + t.dtype());
    };
  }

  /** A copy of the elements in row-major order, converted to {@code float}. */
  default float[] floatArray() {
    return (float[]) Transfers.toHost(self().detach().to(DType.F32));
  }

  /** A copy of the elements in row-major order, converted to {@code double}. */
  default double[] doubleArray() {
    return (double[]) Transfers.toHost(self().detach().to(DType.F64));
  }

  /** A copy of the elements in row-major order, converted to {@code long}. */
  default long[] longArray() {
    return (long[]) Transfers.toHost(self().detach().to(DType.I64));
  }
}
