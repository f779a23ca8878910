package io.gradus.exec;

import io.gradus.MantissaExponent;
import io.gradus.Tensor;
import io.gradus.op.BinaryExponent;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.kernel.Params;

/** Numbers as mantissa and exponent. */
public final class BinaryParts {
  private BinaryParts() {}

  /** See {@link Tensor#frexp}. */
  public static MantissaExponent of(Tensor t) {
    if (!t.dtype().isFloating()) {
      throw new DTypeException(
          "[frexp] frexp() only supports floating-point dtypes: dtype %s; convert it first"
              .formatted(t.dtype()));
    }
    Tensor[] parts =
        Executor.run(
            BinaryExponent.split(t.dtype()), new Tensor[] {t}, Params.NONE, t.shape(), t.device());
    return new MantissaExponent(parts[0], parts[1]);
  }
}
