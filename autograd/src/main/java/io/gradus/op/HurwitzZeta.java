package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/**
 * The Hurwitz zeta function: the sum over k of (q + k)^-s, in {@code f64}.
 *
 * <p>Ten terms and the Euler-Maclaurin rest (DLMF 25.11.5); relative error at most 1e-14 for s up
 * to 60. For q below 0, where a power exists only for a whole s, the terms with a negative base are
 * summed as the difference of two such functions.
 */
public final class HurwitzZeta {
  private static final int TERMS = 10;

  /** B(2k) / (2k)!. */
  private static final double[] EULER_MACLAURIN = {
    0.08333333333333333,
    -0.001388888888888889,
    3.306878306878307e-05,
    -8.267195767195768e-07,
    2.08767569878681e-08,
    -5.284190138687493e-10,
    1.3382536530684679e-11,
    -3.3896802963225827e-13,
    8.586062056277845e-15,
    -2.174868698558062e-16,
    5.5090028283602295e-18,
    -1.3954464685812522e-19,
  };

  /** zeta(s, q). */
  public static final MapOp ZETA =
      Wide.binary("special_zeta", "special_zeta", HurwitzZeta::zeta).unimplementedForHalves();

  private HurwitzZeta() {}

  private static Expr zeta(Expr s, Expr q) {
    Expr fraction = minus(q, floor(q));
    Expr negative = lt(q, zero(q));
    Expr positivePart = sum(s, where(negative, fraction, q));
    Expr mirrored = minus(sum(s, minus(one(q), fraction)), sum(s, minus(one(q), q)));
    Expr half = times(s, 0.5);
    Expr even = eq(floor(half), half);
    Expr all = plus(positivePart, where(even, mirrored, neg(mirrored)));
    Expr value = where(negative, all, positivePart);

    Expr nan = k(q, Double.NaN);
    Expr infinity = k(q, Double.POSITIVE_INFINITY);
    Expr limit = where(eq(q, 1), one(q), where(lt(q, one(q)), infinity, nan));
    value = where(eq(s, infinity), limit, value);
    value = where(and(negative, ne(floor(s), s)), nan, value);
    value = where(and(le(q, zero(q)), eq(floor(q), q)), infinity, value);
    value = where(lt(s, one(s)), nan, value);
    return where(eq(s, 1), infinity, value);
  }

  /** For positive q. */
  private static Expr sum(Expr s, Expr q) {
    Expr exponent = neg(s);
    Expr sum = Expr.of(ScalarOp.POW, q, exponent);
    for (int k = 1; k < TERMS; k++) {
      sum = plus(sum, Expr.of(ScalarOp.POW, plus(q, k), exponent));
    }
    Expr at = plus(q, TERMS);
    Expr power = Expr.of(ScalarOp.POW, at, exponent);
    Expr rest = plus(over(times(at, power), plus(s, -1)), times(power, 0.5));
    Expr rising = s;
    Expr step = over(power, at);
    Expr square = times(at, at);
    for (int k = 0; k < EULER_MACLAURIN.length; k++) {
      rest = fma(times(rising, EULER_MACLAURIN[k]), step, rest);
      rising = times(rising, times(plus(s, 2 * k + 1), plus(s, 2 * k + 2)));
      step = over(step, square);
    }
    return plus(sum, rest);
  }

  private static Expr floor(Expr a) {
    return Expr.of(ScalarOp.FLOOR, a);
  }
}
