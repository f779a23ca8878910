package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Elementary and special functions that kernels know; whole numbers become floating. */
public final class Functions {
  /** e to the power a. */
  public static final MapOp EXP = unary("exp", "ExpBackward0", ScalarOp.EXP);

  /** e to the power a, minus 1. */
  public static final MapOp EXPM1 = unary("expm1", "Expm1Backward0", ScalarOp.EXPM1);

  /** 2 to the power a. */
  public static final MapOp EXP2 = unary("exp2", "Exp2Backward0", ScalarOp.EXP2);

  /** Natural logarithm. */
  public static final MapOp LOG = unary("log", "LogBackward0", ScalarOp.LOG);

  /** Natural logarithm of 1 + a. */
  public static final MapOp LOG1P = unary("log1p", "Log1pBackward0", ScalarOp.LOG1P);

  /** Logarithm to base 2. */
  public static final MapOp LOG2 = unary("log2", "Log2Backward0", ScalarOp.LOG2);

  /** Logarithm to base 10. */
  public static final MapOp LOG10 = unary("log10", "Log10Backward0", ScalarOp.LOG10);

  /** Square root. */
  public static final MapOp SQRT = unary("sqrt", "SqrtBackward0", ScalarOp.SQRT);

  /** 1 / sqrt(a). */
  public static final MapOp RSQRT = unary("rsqrt", "RsqrtBackward0", ScalarOp.RSQRT);

  /** Sine of radians. */
  public static final MapOp SIN = unary("sin", "SinBackward0", ScalarOp.SIN);

  /** Cosine of radians. */
  public static final MapOp COS = unary("cos", "CosBackward0", ScalarOp.COS);

  /** Tangent of radians. */
  public static final MapOp TAN = unary("tan", "TanBackward0", ScalarOp.TAN);

  /** Inverse sine. */
  public static final MapOp ASIN = unary("asin", "AsinBackward0", ScalarOp.ASIN);

  /** Inverse cosine. */
  public static final MapOp ACOS = unary("acos", "AcosBackward0", ScalarOp.ACOS);

  /** Inverse tangent. */
  public static final MapOp ATAN = unary("atan", "AtanBackward0", ScalarOp.ATAN);

  /** Hyperbolic sine. */
  public static final MapOp SINH = unary("sinh", "SinhBackward0", ScalarOp.SINH);

  /** Hyperbolic cosine. */
  public static final MapOp COSH = unary("cosh", "CoshBackward0", ScalarOp.COSH);

  /** Hyperbolic tangent. */
  public static final MapOp TANH = unary("tanh", "TanhBackward0", ScalarOp.TANH);

  /** Inverse hyperbolic sine. */
  public static final MapOp ASINH = unary("asinh", "AsinhBackward0", ScalarOp.ASINH);

  /** Inverse hyperbolic cosine. */
  public static final MapOp ACOSH = unary("acosh", "AcoshBackward0", ScalarOp.ACOSH);

  /** Inverse hyperbolic tangent. */
  public static final MapOp ATANH = unary("atanh", "AtanhBackward0", ScalarOp.ATANH);

  /** 1 / (1 + exp(-a)). */
  public static final MapOp SIGMOID = unary("sigmoid", "SigmoidBackward0", ScalarOp.SIGMOID);

  /** Error function. */
  public static final MapOp ERF = unary("erf", "ErfBackward0", ScalarOp.ERF);

  /** 1 - erf(a). */
  public static final MapOp ERFC = unary("erfc", "ErfcBackward0", ScalarOp.ERFC);

  /** Inverse error function. */
  public static final MapOp ERFINV = unary("erfinv", "ErfinvBackward0", ScalarOp.ERFINV);

  /** Logarithm of the absolute value of the gamma function. */
  public static final MapOp LGAMMA = unary("lgamma", "LgammaBackward0", ScalarOp.LGAMMA);

  /** Derivative of lgamma. */
  public static final MapOp DIGAMMA = unary("digamma", "DigammaBackward0", ScalarOp.DIGAMMA);

  /** Modified Bessel function of the first kind, order 0. */
  public static final MapOp I0 = unary("i0", "I0Backward0", ScalarOp.I0);

  /** exp(-|a|) i0(a). */
  public static final MapOp I0E = unary("special_i0e", "SpecialI0eBackward0", ScalarOp.I0E);

  /** Modified Bessel function of the first kind, order 1. */
  public static final MapOp I1 = unary("special_i1", "SpecialI1Backward0", ScalarOp.I1);

  /** exp(-|a|) i1(a). */
  public static final MapOp I1E = unary("special_i1e", "SpecialI1eBackward0", ScalarOp.I1E);

  /** Angle of the point (b, a). */
  public static final MapOp ATAN2 =
      MapOp.of(
          "atan2",
          "Atan2Backward0",
          2,
          0,
          TypeRule.FLOAT,
          (in, p, t) -> Expr.of(ScalarOp.ATAN2, in[0], in[1]));

  /** Derivative of order n, a number, of digamma; the first is reflected in the dtype itself. */
  public static final MapOp POLYGAMMA =
      MapOp.of(
              "polygamma",
              "PolygammaBackward0",
              1,
              1,
              TypeRule.FLOAT,
              (in, p, t) -> polygamma(p[0], in[0]))
          .settings(1);

  private Functions() {}

  /**
   * PyTorch reflects trigamma below 1/2 without reducing the argument of the sine, so that whole
   * numbers below 0 have large values, and not the infinity of the pole.
   */
  private static Expr polygamma(Expr n, Expr a) {
    Expr left = and(eq(n, 1), lt(a, k(a, 0.5)));
    Expr right = Expr.of(ScalarOp.POLYGAMMA, n, where(left, minus(one(a), a), a));
    Expr sine = sin(times(where(left, a, k(a, 0.5)), Math.PI));
    Expr ratio = over(k(a, Math.PI), sine);
    return where(left, minus(times(ratio, ratio), right), right);
  }

  private static MapOp unary(String name, String gradName, ScalarOp op) {
    return MapOp.of(name, gradName, 1, 0, TypeRule.FLOAT, (in, p, t) -> Expr.of(op, in[0]));
  }
}
