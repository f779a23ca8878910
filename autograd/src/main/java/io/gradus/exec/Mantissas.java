package io.gradus.exec;

import io.gradus.MantissaExponent;
import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;

/** Floating numbers taken apart; on the host. */
public final class Mantissas {
  private Mantissas() {}

  /** See {@link Tensor#frexp}. */
  public static MantissaExponent frexp(Tensor t) {
    if (!t.dtype().isFloating()) {
      throw new DTypeException(
          "[frexp] torch.frexp() only supports floating-point dtypes: got %s; convert it first"
              .formatted(t.dtype()));
    }
    double[] x = t.detach().doubleArray();
    int[] exponents = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      if (x[i] != 0 && Double.isFinite(x[i])) {
        // Scaled up first, numbers below the normal range have an exponent like all others.
        double scaled = Math.abs(x[i]) < Double.MIN_NORMAL ? x[i] * 0x1p60 : x[i];
        exponents[i] = Math.getExponent(scaled) + 1 - (scaled == x[i] ? 0 : 60);
        x[i] = Math.scalb(scaled, -(Math.getExponent(scaled) + 1));
      }
    }
    long[] shape = t.shape().toArray();
    Tensor exponent = Tensor.tensor(exponents).view(shape).to(t.device());
    Tensor mantissa =
        Record.rule(
            "FrexpBackward0",
            Tensor.tensor(x).to(t.dtype()).view(shape).to(t.device()),
            new Tensor[] {t},
            new Tensor[] {exponent},
            (g, s, needs) -> new Tensor[] {g.div(s[0].to(DType.F64).exp2().to(g.dtype()))});
    return new MantissaExponent(mantissa, exponent);
  }
}
