package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/**
 * Bessel functions of the first and second kind, orders 0 and 1, computed in {@code f64}.
 *
 * <p>Up to 8 a polynomial in x², for the second kind beside the logarithmic term (M. Abramowitz and
 * I. A. Stegun, Handbook of Mathematical Functions, 9.1.10 and 9.1.13); beyond, amplitude times
 * phase (9.2.5 to 9.2.10). The polynomials interpolate at Chebyshev nodes of the interval, mapped
 * to [-1, 1]; the error is at most 1e-15 of the larger of 1 and the value, apart from what the sine
 * of a large argument is worth.
 */
public final class CylinderFunctions {
  private static final double[] J0_NEAR = {
    -0.02981782297313082,
    0.05888973695112636,
    -0.07915440204760084,
    0.05390162680792268,
    -0.021452268647181808,
    0.005593892214464652,
    -0.0010317406967228677,
    0.0001419682401103334,
    -1.5153271721373389e-05,
    1.2924617003272932e-06,
    -9.017421400374679e-08,
    5.244478860348188e-09,
    -2.582648266027715e-10,
    1.0958916857546475e-11,
    -4.0131470856349116e-13,
  };
  private static final double[] J1_NEAR = {
    -0.01744199462362472,
    0.019975077760684034,
    -0.01524018240324446,
    0.007127842863059126,
    -0.002172100227833532,
    0.0004612934086821988,
    -7.201795892407983e-05,
    8.610474718070598e-06,
    -8.137690502606383e-07,
    6.233940630271773e-08,
    -3.950262903609599e-09,
    2.1054765034613294e-10,
    -9.572617553368838e-12,
    3.771458023381195e-13,
    -1.2899988192947023e-14,
  };
  private static final double[] Y0_NEAR = {
    -0.382250654459425,
    -0.8284358903604587,
    1.6470964788745466,
    0.14412632369302475,
    -1.0775477338215995,
    0.6721770783431679,
    -0.21895747096171628,
    0.046367047681375125,
    -0.00702574105727097,
    0.000806158605961636,
    -7.279541882454115e-05,
    5.3213188103997145e-06,
    -3.2185078445935923e-07,
    1.6390875014077404e-08,
    -7.13046146536789e-10,
    2.6926938054524057e-11,
    -8.840112096073101e-13,
  };
  private static final double[] Y1_NEAR = {
    0.07075985882118005,
    -0.24337743079193114,
    0.02336757172099348,
    0.23507209206669755,
    -0.19639839859930203,
    0.07854786922242532,
    -0.01962875683311711,
    0.0034224907399188495,
    -0.0004438173434420147,
    4.467433012646365e-05,
    -3.601000022590458e-06,
    2.3804930420514178e-07,
    -1.3153147367094951e-08,
    6.169688029066965e-10,
    -2.499531546171249e-11,
    8.760001143977853e-13,
  };
  private static final double[] P0 = {
    0.9994572757882519,
    -0.0005363673192129672,
    6.137416080109497e-06,
    -2.0527448261170675e-07,
    1.280376144080092e-08,
    -1.2121098178951377e-09,
    1.5500565496632596e-10,
    -2.491146535471666e-11,
    4.786995821368028e-12,
    -1.0157485021065676e-12,
    2.4531772967345006e-13,
    -1.0251790052831013e-13,
    3.339452259070809e-14,
  };
  private static final double[] Q0 = {
    -0.12444091103610815,
    0.0005466519279475266,
    -1.1817110661200976e-05,
    5.684971881753781e-07,
    -4.534972837363434e-08,
    5.146231602705606e-09,
    -7.5763304988972e-10,
    1.3623497617833053e-10,
    -2.8707211071105146e-11,
    6.951785915752245e-12,
    -1.873640743543296e-12,
    4.605060470396763e-13,
    -1.3137515498826537e-13,
    1.0185094098694355e-13,
    -4.0574096424030336e-14,
  };
  private static final double[] P1 = {
    1.0009070262780821,
    0.0008988049416705183,
    -7.9596946984383e-06,
    2.453676633366693e-07,
    -1.4708512991275258e-08,
    1.3602969253877949e-09,
    -1.713107485294131e-10,
    2.72345126828134e-11,
    -5.191158004646548e-12,
    1.0954826479277623e-12,
    -2.6335760672461096e-13,
    1.0923713653079462e-13,
    -3.5455617466606254e-14,
  };
  private static final double[] Q1 = {
    0.3742149922195918,
    -0.0007697167057643706,
    1.4569614809851411e-05,
    -6.633568561050814e-07,
    5.136105997071193e-08,
    -5.720890888840857e-09,
    8.316077350038262e-10,
    -1.4816588916791194e-10,
    3.100364837230575e-11,
    -7.465104477698295e-12,
    2.002728774766585e-12,
    -4.91574062967655e-13,
    1.3996264453471973e-13,
    -1.0759215471978615e-13,
    4.275621822194818e-14,
  };

  private static final double LIMIT = 8;
  private static final double TWO_OVER_PI = 2 / Math.PI;

  /** Bessel function of the first kind, order 0. */
  public static final MapOp J0 = of("special_bessel_j0", CylinderFunctions::j0);

  /** Bessel function of the first kind, order 1. */
  public static final MapOp J1 = of("special_bessel_j1", CylinderFunctions::j1);

  /** Bessel function of the second kind, order 0; -inf at 0, NaN below. */
  public static final MapOp Y0 = of("special_bessel_y0", CylinderFunctions::y0);

  /** Bessel function of the second kind, order 1; -inf at 0, NaN below. */
  public static final MapOp Y1 = of("special_bessel_y1", CylinderFunctions::y1);

  /** sin(a) / a, 1 at 0 and 0 at infinity. */
  public static final MapOp SPHERICAL_J0 =
      of(
          "special_spherical_bessel_j0",
          (x, t) -> {
            Expr ratio = over(sin(x), x);
            Expr far = where(eq(abs(x), Double.POSITIVE_INFINITY), zero(x), ratio);
            return where(eq(x, 0), one(x), far);
          });

  private CylinderFunctions() {}

  private interface Body {
    /** The value for x; t is the same number in the type of the operand. */
    Expr of(Expr x, Expr t);
  }

  private static MapOp of(String name, Body body) {
    return MapOp.of(name, name, 1, 0, TypeRule.FLOAT, (in, p, t) -> body.of(wide(in[0]), in[0]))
        .unimplementedForHalves();
  }

  private static Expr j0(Expr x, Expr t) {
    Expr m = abs(x);
    return where(le(m, k(m, LIMIT)), near0(m), wave0(m, phase(abs(t), 1)).first());
  }

  private static Expr j1(Expr x, Expr t) {
    Expr m = abs(x);
    Expr far = times(Expr.of(ScalarOp.SIGN, x), wave1(m, phase(abs(t), 3)).first());
    return where(le(m, k(m, LIMIT)), near1(x), far);
  }

  private static Expr y0(Expr x, Expr t) {
    Expr near = plus(times(times(log(x), near0(x)), TWO_OVER_PI), polynomial(mapped(x), Y0_NEAR));
    return positive(x, near, wave0(x, phase(t, 1)).second());
  }

  private static Expr y1(Expr x, Expr t) {
    Expr pole = times(minus(times(log(x), near1(x)), over(one(x), x)), TWO_OVER_PI);
    Expr near = fma(x, polynomial(mapped(x), Y1_NEAR), pole);
    return positive(x, near, wave1(x, phase(t, 3)).second());
  }

  private static Expr positive(Expr x, Expr near, Expr far) {
    Expr value = where(le(x, k(x, LIMIT)), near, far);
    value = where(eq(x, 0), k(x, Double.NEGATIVE_INFINITY), value);
    return where(lt(x, zero(x)), k(x, Double.NaN), value);
  }

  /** x² of [0, LIMIT²] on [-1, 1]. */
  private static Expr mapped(Expr x) {
    return plus(times(times(x, x), 2 / (LIMIT * LIMIT)), -1);
  }

  private static Expr near0(Expr x) {
    return fma(times(x, x), polynomial(mapped(x), J0_NEAR), one(x));
  }

  private static Expr near1(Expr x) {
    return times(x, fma(times(x, x), polynomial(mapped(x), J1_NEAR), k(x, 0.5)));
  }

  private static Expr phase(Expr t, int quarters) {
    return wide(plus(t, -quarters * Math.PI / 4));
  }

  /**
   * sqrt(2 / (π x)) times a wave with components in and out of phase.
   *
   * @param p the amplitude in phase
   * @param q the amplitude out of phase
   */
  private record Wave(Expr x, Expr phase, Expr p, Expr q) {
    /** The function of the first kind. */
    Expr first() {
      return scaled(minus(times(p, cos(phase)), times(q, sin(phase))));
    }

    /** The function of the second kind. */
    Expr second() {
      return scaled(plus(times(p, sin(phase)), times(q, cos(phase))));
    }

    private Expr scaled(Expr wave) {
      return over(times(wave, Math.sqrt(2 / Math.PI)), sqrt(x));
    }
  }

  private static Wave wave0(Expr x, Expr phase) {
    return new Wave(x, phase, far(x, P0), over(far(x, Q0), x));
  }

  private static Wave wave1(Expr x, Expr phase) {
    return new Wave(x, phase, far(x, P1), over(far(x, Q1), x));
  }

  private static Expr far(Expr x, double[] coefficients) {
    Expr part = over(k(x, LIMIT), x);
    return polynomial(plus(times(times(part, part), 2), -1), coefficients);
  }
}
