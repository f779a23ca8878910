package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

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

  /** Refuses two tensors of different dtypes. */
  static void checkSame(String name, String what, Tensor a, Tensor b) {
    if (a.dtype() != b.dtype()) {
      throw new DTypeException(
          "[%s] %s must have the same dtype, but got %s and %s; convert one with to(…)"
              .formatted(name, what, a.dtype(), b.dtype()));
    }
  }

  /** Refuses parameters of another dtype than the input's, but for f32 ones of f16 and bf16. */
  static void checkMixed(String name, Tensor input, @Nullable Tensor... parameters) {
    boolean isMixed = false;
    for (Tensor p : parameters) {
      isMixed |= p != null && p.dtype() != input.dtype();
    }
    for (Tensor p : parameters) {
      if (isMixed
          && p != null
          && (wide(input.dtype()) == input.dtype() || p.dtype() != DType.F32)) {
        throw new DTypeException(
            "[%s] mixed dtype: an input of %s with a parameter of %s; parameters have the input's dtype, or f32 where that is f16 or bf16: convert one with to(…)"
                .formatted(name, input.dtype(), p.dtype()));
      }
    }
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
