package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/**
 * Modified Bessel functions of the second kind, orders 0 and 1, computed in {@code f64}; those of
 * the first kind under the names that have no derivative.
 *
 * <p>Up to 2 a polynomial in x² beside the logarithmic term (M. Abramowitz and I. A. Stegun,
 * Handbook of Mathematical Functions, 9.6.10 to 9.6.13); beyond, exp(-x) / sqrt(x) times a
 * polynomial in 1/x (9.7.2). The polynomials interpolate at Chebyshev nodes of the interval, mapped
 * to [-1, 1]; the relative error is at most 1e-15, and that of exp beside it.
 */
public final class ModifiedBesselFunctions {
  private static final double[] K0_NEAR = {
    -0.30362077291575545,
    0.3404973210133806,
    0.07177701034240509,
    0.005053392643196092,
    0.0001828055582791554,
    4.054506619949891e-06,
    6.093361894172114e-08,
    6.623013272794453e-10,
    5.452564662772586e-12,
    3.518631515854722e-14,
  };
  private static final double[] K1_NEAR = {
    -0.057455856135205326,
    -0.10866462148495122,
    -0.013254642948920608,
    -0.0006724746609653153,
    -1.910976234234459e-05,
    -3.4958297951001923e-07,
    -4.473708980740444e-09,
    -4.2354774875777465e-11,
    -3.0892180791024413e-13,
    -1.7896636751980973e-15,
  };
  private static final double[] K0_FAR = {
    1.2185953385133905,
    -0.03107146182488952,
    0.0030328918102753206,
    -0.0004797690567662314,
    9.95605474202942e-05,
    -2.4735204561466906e-05,
    7.002245645755651e-06,
    -2.191177788015528e-06,
    7.427801232190096e-07,
    -2.6890662472901614e-07,
    1.02954317593912e-07,
    -4.133923052104385e-08,
    1.7047535884249698e-08,
    -7.286380907337665e-09,
    3.808399859919043e-09,
    -1.9309444875845705e-09,
    4.757544705776374e-11,
    1.7887095838476482e-10,
    8.133913205464114e-10,
    -5.541051446065683e-10,
    -3.119936129682105e-10,
    2.213758097591008e-10,
    1.0926983537268735e-10,
    -6.910453875670571e-11,
  };
  private static final double[] K1_FAR = {
    1.363151890371342,
    0.10334973775386523,
    -0.005566729880074588,
    0.0007357241549081501,
    -0.00013959021956272223,
    3.284386555825453e-05,
    -8.961207387750025e-06,
    2.730041433569803e-06,
    -9.067087633371393e-07,
    3.2298119177151824e-07,
    -1.2203186351938403e-07,
    4.8461952200091865e-08,
    -1.9817577141591116e-08,
    8.40938756536177e-09,
    -4.331939985658629e-09,
    2.1757782025837176e-09,
    -8.336227195991456e-11,
    -1.7982138496175016e-10,
    -8.908596710923906e-10,
    6.042482293782838e-10,
    3.3867804167808003e-10,
    -2.399376595899464e-10,
    -1.1931668393112158e-10,
    7.52479548635394e-11,
  };

  private static final double LIMIT = 2;

  /** Modified Bessel function of the first kind, order 0. */
  public static final MapOp I0 = of("special_modified_bessel_i0", x -> Expr.of(ScalarOp.I0, x));

  /** Modified Bessel function of the first kind, order 1. */
  public static final MapOp I1 = of("special_modified_bessel_i1", x -> Expr.of(ScalarOp.I1, x));

  /** Modified Bessel function of the second kind, order 0; inf at 0, NaN below. */
  public static final MapOp K0 = of("special_modified_bessel_k0", x -> k0(x, one(x), exp(neg(x))));

  /** Modified Bessel function of the second kind, order 1; inf at 0, NaN below. */
  public static final MapOp K1 = of("special_modified_bessel_k1", x -> k1(x, one(x), exp(neg(x))));

  /** exp(a) times {@link #K0}. */
  public static final MapOp SCALED_K0 =
      of("special_scaled_modified_bessel_k0", x -> k0(x, exp(x), one(x)));

  /** exp(a) times {@link #K1}. */
  public static final MapOp SCALED_K1 =
      of("special_scaled_modified_bessel_k1", x -> k1(x, exp(x), one(x)));

  private ModifiedBesselFunctions() {}

  private static MapOp of(String name, Wide.Unary body) {
    return Wide.unary(name, name, body).unimplementedForHalves();
  }

  private static Expr k0(Expr x, Expr nearScale, Expr farScale) {
    Expr series = polynomial(mapped(x), K0_NEAR);
    Expr near = minus(series, times(log(times(x, 0.5)), Expr.of(ScalarOp.I0, x)));
    return parts(x, times(near, nearScale), far(x, K0_FAR, farScale));
  }

  private static Expr k1(Expr x, Expr nearScale, Expr farScale) {
    Expr series = fma(x, polynomial(mapped(x), K1_NEAR), over(one(x), x));
    Expr near = plus(series, times(log(times(x, 0.5)), Expr.of(ScalarOp.I1, x)));
    return parts(x, times(near, nearScale), far(x, K1_FAR, farScale));
  }

  private static Expr parts(Expr x, Expr near, Expr far) {
    Expr positive = where(le(x, k(x, LIMIT)), near, far);
    Expr value = where(eq(x, 0), k(x, Double.POSITIVE_INFINITY), positive);
    return where(lt(x, zero(x)), k(x, Double.NaN), value);
  }

  /** x² of [0, LIMIT²] on [-1, 1]. */
  private static Expr mapped(Expr x) {
    return plus(times(times(x, x), 2 / (LIMIT * LIMIT)), -1);
  }

  private static Expr far(Expr x, double[] coefficients, Expr scale) {
    Expr p = polynomial(plus(over(k(x, 2 * LIMIT), x), -1), coefficients);
    return times(over(p, sqrt(x)), scale);
  }
}
