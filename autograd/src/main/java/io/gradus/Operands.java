package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.op.Division;
import io.gradus.op.TypeNames;
import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/** What arithmetic requires of its operands beyond promotion, and what takes several steps. */
final class Operands {
  /** How many terms of a sum one program may have. */
  static final int MOST_TERMS = 64;

  private Operands() {}

  /** alpha stays in the category of the operands. */
  static void checkAlpha(String name, Number alpha, Tensor a, Tensor b) {
    if (Scalar.of(alpha).category() == Category.FLOAT
        && !a.dtype().isFloating()
        && !b.dtype().isFloating()) {
      throw new DTypeException(
          "[%s] For integral input tensors, argument alpha must not be a floating point number: %s with dtypes %s and %s"
              .formatted(name, alpha, a.dtype(), b.dtype()));
    }
  }

  /** Whether a power is a product with itself, in the dtype that it has anyway. */
  static boolean squares(Tensor t, Number exponent) {
    return exponent.doubleValue() == 2
        && (t.dtype().isFloating()
            || t.dtype().isInteger() && Scalar.of(exponent).category() == Category.INT);
  }

  static void checkExponent(Tensor t, Number exponent) {
    Scalar s = Scalar.of(exponent);
    if (!t.dtype().isFloating() && s.category() == Category.INT && s.toLong() < 0) {
      throw new InvalidArgumentException(
          "[pow] Integers to negative integer powers are not allowed: dtype %s, exponent %s; use a floating exponent or reciprocal()."
              .formatted(t.dtype(), exponent));
    }
  }

  static void refuseBool(Tensor t) {
    if (t.dtype() == DType.BOOL) {
      throw new DTypeException("[positive] The `+` operator, on a bool tensor is not supported");
    }
  }

  static void checkAddcdiv(Tensor a, Tensor b) {
    if (!a.dtype().isFloating() && !b.dtype().isFloating()) {
      throw new DTypeException(
          "[addcdiv] Integer division with addcdiv is no longer supported: dtypes %s and %s; use addcmul with a rounded div, or convert to a floating dtype."
              .formatted(a.dtype(), b.dtype()));
    }
  }

  static void checkHeaviside(Tensor t, Tensor values) {
    if (t.dtype() != values.dtype()) {
      throw new DTypeException(
          "[heaviside] heaviside is not yet implemented for tensors with different dtypes: %s and %s"
              .formatted(t.dtype(), values.dtype()));
    }
  }

  static <T> T bound(@Nullable T max) {
    if (max == null) {
      throw new InvalidArgumentException(
          "[clamp] At least one of 'min' or 'max' must not be None: both are null");
    }
    return max;
  }

  static void checkPolygamma(int n) {
    if (n < 0) {
      throw new InvalidArgumentException(
          "[polygamma] polygamma(n, x) does not support negative n: n = " + n);
    }
  }

  static void checkMvlgamma(int p) {
    if (p < 1) {
      throw new InvalidArgumentException(
          "[mvlgamma] p has to be greater than or equal to 1: p = " + p);
    }
  }

  /** The terms of {@code mvlgamma} side by side, where they are too many for one program. */
  static Tensor mvlgamma(Tensor t, int p) {
    Tensor x = t.dtype().isFloating() ? t : t.to(Tensor.defaultDtype());
    Options as = new Options(x.dtype(), x.device(), false);
    Tensor halves = Tensor.arange(as, 0, p, 1).mul(0.5);
    double constant = p * (p - 1.0) / 4 * Math.log(Math.PI);
    return x.unsqueeze(-1).sub(halves).lgamma().sum(new int[] {-1}, false).add(constant);
  }

  static void checkFill(String name, Tensor value) {
    if (value.dim() != 0) {
      throw new InvalidArgumentException(
          "[%s] only supports a 0-dimensional value tensor, but got tensor with %d dimension(s): shape %s"
              .formatted(name, value.dim(), value.shape()));
    }
  }

  static void checkLerp(Tensor self, Tensor... others) {
    for (int i = 0; i < others.length; i++) {
      Tensor t = others[i];
      if (t.dtype() != self.dtype()) {
        throw new DTypeException(
            "[lerp] expected dtype %s for `%s` but got dtype %s; convert one of them"
                .formatted(self.dtype(), i == 0 ? "end" : "weight", t.dtype()));
      }
    }
  }

  /** The dtype that two operands have in common. */
  static DType promoted(Tensor a, Tensor b) {
    return Promotion.resultType(
        Promotion.promoteNullable(dimensioned(a), dimensioned(b)),
        Promotion.promoteNullable(zeroDim(a), zeroDim(b)),
        null);
  }

  static Tensor gcd(String name, Tensor a, Tensor b) {
    DType common = promoted(a, b);
    if (!common.isInteger()) {
      throw new DTypeException(
          "[%s] \"%s\" not implemented for '%s'; whole numbers only"
              .formatted(name, name, TypeNames.of(common)));
    }
    Tensor x = a.to(common).abs();
    Tensor y = b.to(common).abs();
    // Both start with the broadcast shape, also where no step is needed.
    Tensor zero = Executor.full(x.shape(), common, x.device(), 0L);
    x = x.add(y.mul(0));
    y = y.add(zero);
    while (y.any().item().longValue() != 0) {
      Tensor rest = Executor.map(Division.EUCLID_REST, x, y);
      x = y.where(y.ne(0), x);
      y = rest;
    }
    return x.abs();
  }

  static Tensor lcm(Tensor a, Tensor b) {
    Tensor divisor = gcd("lcm", a, b);
    Tensor safe = divisor.add(divisor.eq(0));
    return a.div(safe, RoundingMode.TRUNC).mul(b).abs();
  }

  private static @Nullable DType dimensioned(Tensor t) {
    return t.dim() > 0 ? t.dtype() : null;
  }

  private static @Nullable DType zeroDim(Tensor t) {
    return t.dim() > 0 ? null : t.dtype();
  }
}
