package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Half precision without an error in every step: what PyTorch computes in one kernel is computed in
 * f32 here and rounded once, at the end.
 */
final class Precision {
  private Precision() {}

  /** The dtype to compute in: f32 for f16 and bf16, else the dtype itself. */
  static DType wide(DType dtype) {
    return dtype.isNarrow() ? DType.F32 : dtype;
  }

  /** In the dtype to compute in. */
  static Tensor wide(Tensor x) {
    return x.dtype().isNarrow() ? x.to(DType.F32) : x;
  }

  /** {@link #wide(Tensor)} of what may be missing. */
  static @Nullable Tensor wideOrNone(@Nullable Tensor x) {
    return x == null ? null : wide(x);
  }

  /** A result in a dtype; as it is if it has it. */
  static Tensor rounded(Tensor x, DType dtype) {
    return x.dtype() == dtype ? x : x.to(dtype);
  }

  /** A function of one tensor, rounded once. */
  static Tensor once(Tensor x, UnaryOperator<Tensor> body) {
    return x.dtype().isNarrow() ? body.apply(x.to(DType.F32)).to(x.dtype()) : body.apply(x);
  }
}
