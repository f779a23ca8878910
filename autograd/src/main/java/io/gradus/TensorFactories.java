package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.exec.Transfers;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.layout.Shape;

/** The static methods of {@link Tensor} that make new tensors. */
public abstract sealed class TensorFactories permits Tensor {
  TensorFactories() {}

  /** A 1-dim {@code f32} tensor with a copy of the values. */
  public static Tensor tensor(float... values) {
    return Transfers.fromHost(
        Transfers.segment(values), DType.F32, Shape.of(values.length), Device.cpu());
  }

  /** A 1-dim {@code f64} tensor with a copy of the values. */
  public static Tensor tensor(double... values) {
    return Transfers.fromHost(
        Transfers.segment(values), DType.F64, Shape.of(values.length), Device.cpu());
  }

  /** A 1-dim {@code i64} tensor with a copy of the values. */
  public static Tensor tensor(long... values) {
    return Transfers.fromHost(
        Transfers.segment(values), DType.I64, Shape.of(values.length), Device.cpu());
  }

  /** Zeros of the default dtype. */
  public static Tensor zeros(long... shape) {
    return full(shape, Scalar.of(0L), Promotion.defaultDType());
  }

  /** Ones of the default dtype. */
  public static Tensor ones(long... shape) {
    return full(shape, Scalar.of(1L), Promotion.defaultDType());
  }

  private static Tensor full(long[] shape, Scalar value, DType dtype) {
    return Executor.full(Shape.of(shape), dtype, Device.cpu(), value);
  }
}
