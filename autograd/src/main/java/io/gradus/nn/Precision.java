package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.util.function.BinaryOperator;

/**
 * Half precision without an error in every step: what PyTorch computes in one kernel is computed in
 * f32 here and rounded once, at the end.
 */
final class Precision {
  private Precision() {}

  /** The dtype to compute in: f32 for f16 and bf16, else the dtype itself. */
  static DType wide(DType dtype) {
    return dtype == DType.F16 || dtype == DType.BF16 ? DType.F32 : dtype;
  }

  /** In the dtype to compute in. */
  static Tensor wide(Tensor x) {
    return rounded(x, wide(x.dtype()));
  }

  /** A result in a dtype; as it is if it has it. */
  static Tensor rounded(Tensor x, DType dtype) {
    return x.dtype() == dtype ? x : x.to(dtype);
  }

  /** A function of two tensors, rounded once if both are of one dtype. */
  static Tensor once(Tensor a, Tensor b, BinaryOperator<Tensor> body) {
    return a.dtype() == b.dtype()
        ? rounded(body.apply(wide(a), wide(b)), a.dtype())
        : body.apply(a, b);
  }

  /** Rounded to a narrower dtype and back, for what PyTorch keeps in that dtype on the way. */
  static Tensor through(Tensor x, DType dtype) {
    boolean narrower = wide(dtype) != dtype && x.dtype().isFloating();
    return narrower ? x.to(dtype).to(x.dtype()) : x;
  }
}
