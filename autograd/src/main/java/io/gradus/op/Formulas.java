package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Functions made of others.
 *
 * <p>Where a branch that is not taken could be infinite, its argument is replaced first: otherwise
 * its derivative would turn a gradient of 0 into NaN.
 */
public final class Formulas {
  private static final ConcurrentHashMap<Integer, MapOp> MVLGAMMA = new ConcurrentHashMap<>();

  /** Degrees to radians. */
  public static final MapOp DEG2RAD =
      unary("deg2rad", "Deg2RadBackward0", a -> times(a, Math.PI / 180));

  /** Radians to degrees. */
  public static final MapOp RAD2DEG =
      unary("rad2deg", "Rad2DegBackward0", a -> times(a, 180 / Math.PI));

  /** sin(pi a) / (pi a), 1 at 0. */
  public static final MapOp SINC =
      unary(
          "sinc",
          "SincBackward0",
          a -> {
            Expr origin = eq(a, 0);
            Expr x = times(where(origin, one(a), a), Math.PI);
            return where(origin, one(a), over(Expr.of(ScalarOp.SIN, x), x));
          });

  /** log(a / (1 - a)). */
  public static final MapOp LOGIT =
      unary(
          "logit",
          "LogitBackward0",
          a -> {
            // NaN as a factor makes NaN of the gradient, too.
            Expr outside = or(lt(a, zero(a)), gt(a, one(a)));
            Expr x = times(a, where(outside, k(a, Double.NaN), one(a)));
            return minus(log(x), log1p(neg(x)));
          });

  /** {@link #LOGIT} of a clamped to [eps, 1 - eps]. */
  public static final MapOp LOGIT_EPS =
      MapOp.of(
              "logit",
              "LogitBackward0",
              1,
              1,
              TypeRule.FLOAT,
              (in, p, t) -> {
                Expr low = where(lt(in[0], p[0]), p[0], in[0]);
                Expr high = minus(one(low), p[0]);
                Expr x = where(gt(low, high), high, low);
                return minus(log(x), log1p(neg(x)));
              })
          .settings(1);

  /** -a log(a), 0 at 0, -inf below. */
  public static final MapOp ENTR =
      unary(
          "special_entr",
          "SpecialEntrBackward0",
          a -> {
            Expr x = where(le(a, zero(a)), one(a), a);
            Expr outside = where(eq(a, 0), zero(a), k(a, Double.NEGATIVE_INFINITY));
            return where(le(a, zero(a)), outside, neg(times(x, log(x))));
          });

  /** log(exp(a) + exp(b)). */
  public static final MapOp LOGADDEXP = logSum("logaddexp", distance -> log1p(exp(neg(distance))));

  /** Logarithm to base 2 of 2^a + 2^b. */
  public static final MapOp LOGADDEXP2 =
      logSum("logaddexp2", distance -> times(log1p(exp2(neg(distance))), 1 / Math.log(2)));

  /** The gradient g of {@link #LOGADDEXP} for operand a: g exp(a) / (exp(a) + exp(b)). */
  public static final MapOp LOGADDEXP_SHARE = share("logaddexp_backward", Terms::exp);

  /** The gradient g of {@link #LOGADDEXP2} for operand a: g 2^a / (2^a + 2^b). */
  public static final MapOp LOGADDEXP2_SHARE = share("logaddexp2_backward", Formulas::exp2);

  /** a log(b), 0 where a is 0. */
  public static final MapOp XLOGY =
      MapOp.of("xlogy", "XlogyBackward0", 2, 0, TypeRule.FLOAT, (in, p, t) -> xlogy(in[0], in[1]));

  /** a log(number). */
  public static final MapOp XLOGY_NUMBER =
      MapOp.of("xlogy", "XlogyBackward2", 1, 1, TypeRule.FLOAT, (in, p, t) -> xlogy(in[0], p[0]));

  /** number log(a). */
  public static final MapOp RXLOGY_NUMBER =
      MapOp.of("xlogy", "XlogyBackward1", 1, 1, TypeRule.FLOAT, (in, p, t) -> xlogy(p[0], in[0]));

  /** a log(1 + b), 0 where a is 0. */
  public static final MapOp XLOG1PY =
      MapOp.of(
          "special_xlog1py",
          "SpecialXlog1PyBackward0",
          2,
          0,
          TypeRule.FLOAT,
          (in, p, t) -> xlog1py(in[0], in[1]));

  /** a log(1 + number). */
  public static final MapOp XLOG1PY_NUMBER =
      MapOp.of(
          "special_xlog1py",
          "SpecialXlog1PyBackward2",
          1,
          1,
          TypeRule.FLOAT,
          (in, p, t) -> xlog1py(in[0], p[0]));

  private interface Body {
    Expr of(Expr a);
  }

  private Formulas() {}

  /** Logarithm of the multivariate gamma function with dimension p. */
  public static MapOp mvlgamma(int p) {
    return MVLGAMMA.computeIfAbsent(
        p,
        dimension ->
            unary(
                "mvlgamma",
                "MvlgammaBackward0",
                a -> {
                  Expr sum = k(a, dimension * (dimension - 1) / 4.0 * Math.log(Math.PI));
                  for (int j = 0; j < dimension; j++) {
                    sum = plus(sum, Expr.of(ScalarOp.LGAMMA, plus(a, -j / 2.0)));
                  }
                  return sum;
                }));
  }

  private static MapOp unary(String name, String gradName, Body body) {
    return MapOp.of(name, gradName, 1, 0, TypeRule.FLOAT, (in, p, t) -> body.of(in[0]));
  }

  /** The larger one and what the distance between both adds; equal infinities stay. */
  private static MapOp logSum(String name, Body excess) {
    return MapOp.of(
            name,
            name,
            2,
            0,
            TypeRule.PROMOTE,
            (in, p, t) -> {
              Expr distance = abs(minus(in[0], in[1]));
              Expr sum = plus(Expr.of(ScalarOp.MAX, in[0], in[1]), excess.of(distance));
              Expr infinite = eq(abs(in[0]), Double.POSITIVE_INFINITY);
              return where(and(infinite, eq(in[0], in[1])), in[0], sum);
            })
        .floating();
  }

  /** Of operands g, a, b. */
  private static MapOp share(String name, Body power) {
    return MapOp.of(
        name,
        "DivBackward0",
        3,
        0,
        TypeRule.PROMOTE,
        (in, p, t) -> over(in[0], plus(power.of(minus(in[2], in[1])), 1)));
  }

  private static Expr exp2(Expr a) {
    return Expr.of(ScalarOp.EXP2, a);
  }

  private static Expr xlogy(Expr a, Expr b) {
    Expr flat = and(eq(a, 0), or(le(b, zero(b)), eq(b, Double.POSITIVE_INFINITY)));
    return where(flat, zero(a), times(a, log(where(flat, one(b), b))));
  }

  private static Expr xlog1py(Expr a, Expr b) {
    Expr flat = and(eq(a, 0), or(le(b, k(b, -1)), eq(b, Double.POSITIVE_INFINITY)));
    return where(flat, zero(a), times(a, log1p(where(flat, zero(b), b))));
  }
}
