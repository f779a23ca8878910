package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x), in {@code f64} and
 * with fixed numbers of terms.
 *
 * <p>Where a is at least 20 and x / a in about [0.3, 2.4], Temme's uniform expansion ({@link
 * TemmeExpansion}). Elsewhere the power series of P for x below a (DLMF 8.11.4), the continued
 * fraction of Q for x above a and 2 (DLMF 8.9.2), and for small x the alternating series of Q (DLMF
 * 8.7.1). Relative error of either function at most 2e-14 for a below 20 (where P or Q is not below
 * 1e-100), beyond it 1e-15 times the logarithm of the value.
 */
public final class IncompleteGamma {
  private static final int SERIES = 52;
  private static final int FRACTION = 40;
  private static final int ALTERNATING = 24;
  private static final double LARGE = 20;

  /** (u - log(1 + u)) / u² in powers of u / 0.3 for |u| at most 0.3. */
  private static final double[] LOG_REST = {
    0.5,
    -0.09999999999999999,
    0.022500000000000943,
    -0.005400000000001064,
    0.0013499999999690634,
    -0.0003471428571200204,
    9.112500039333001e-05,
    -2.430000022460731e-05,
    6.560997465285418e-06,
    -1.7893624244578518e-06,
    4.920843554379245e-07,
    -1.362708422641462e-07,
    3.793914441931789e-08,
    -1.0620913016378856e-08,
    3.0181021875289123e-09,
    -8.540445097997665e-10,
    2.1565514578519855e-10,
    -6.035321469869994e-11,
    2.95882259290445e-11,
    -8.651476407806407e-12,
  };

  /** lgamma(1 + a) / a in powers of a - 1 for a in [0, 2]. */
  private static final double[] LGAMMA_1P = {
    -4.103373272083364e-19,
    0.4227843350984671,
    -0.10031730167435374,
    0.03296500062116216,
    -0.012384192193384812,
    0.004998641164436764,
    -0.0021081308335614735,
    0.0009153769272502996,
    -0.0004057074035138994,
    0.0001825525848912279,
    -8.309507134560351e-05,
    3.816925722490941e-05,
    -1.7662003680457582e-05,
    8.220527165237831e-06,
    -3.845993078279542e-06,
    1.8132847685863472e-06,
    -8.567585484529049e-07,
    3.9237103774117195e-07,
    -1.839283849289327e-07,
    1.0875248272213952e-07,
    -5.4705693141397663e-08,
    1.9126826908145114e-09,
    1.430675918094388e-09,
    1.8476504657660032e-08,
    -1.0156778481711166e-08,
    -5.075268150677524e-09,
    2.854945569738219e-09,
    1.6879468176785913e-09,
    -8.74078322126611e-10,
  };

  /** B(2k) / (2k (2k - 1)) of Stirling's series (DLMF 5.11.1). */
  private static final double[] STIRLING = {
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360
  };

  /** P(a, x). */
  public static final MapOp LOWER = of("igamma", true);

  /** Q(a, x). */
  public static final MapOp UPPER = of("igammac", false);

  private IncompleteGamma() {}

  private static MapOp of(String name, boolean lower) {
    return Wide.binary(name, name, (a, x) -> atEdges(a, x, lower)).floating();
  }

  /** As PyTorch has it: 0 and infinity decide before NaN of the other operand does. */
  private static Expr atEdges(Expr a, Expr x, boolean lower) {
    Expr none = lower ? zero(x) : one(x);
    Expr all = lower ? one(x) : zero(x);
    Expr nan = k(x, Double.NaN);
    Expr infinity = k(x, Double.POSITIVE_INFINITY);
    Expr value = where(eq(x, infinity), all, core(a, x, lower));
    value = where(eq(a, infinity), where(eq(x, infinity), nan, none), value);
    value = where(eq(x, 0), none, value);
    value = where(eq(a, 0), where(gt(x, zero(x)), all, nan), value);
    return where(or(lt(x, zero(x)), lt(a, zero(a))), nan, value);
  }

  private static Expr core(Expr a, Expr x, boolean lower) {
    Expr large = ge(a, k(a, LARGE));
    Expr mu = over(minus(x, a), a);
    // λ - 1 - log λ with λ = x / a, without cancellation.
    Expr far = minus(mu, where(lt(mu, k(mu, -0.5)), log(over(x, a)), log1p(mu)));
    Expr close = times(times(mu, mu), polynomial(times(mu, 1 / 0.3), LOG_REST));
    Expr phi = where(lt(abs(mu), k(mu, 0.3)), close, far);
    Expr decay = exp(neg(times(a, phi)));
    Expr root = sqrt(times(a, 2 * Math.PI));
    Expr eta = Expr.of(ScalarOp.COPYSIGN, sqrt(times(phi, 2)), mu);

    Expr inverse = over(one(a), a);
    Expr stirling = times(inverse, polynomial(times(inverse, inverse), STIRLING));
    Expr largeFactor = times(over(decay, root), exp(neg(stirling)));
    Expr power = minus(minus(times(a, log(x)), x), Expr.of(ScalarOp.LGAMMA, plus(a, 1)));
    // x^a exp(-x) / Γ(a + 1)
    Expr factor = where(large, largeFactor, exp(power));

    Expr rest = times(over(decay, root), TemmeExpansion.sum(a, eta));
    Expr half = times(eta, sqrt(times(a, 0.5)));
    Expr tail = times(Expr.of(ScalarOp.ERFC, lower ? neg(half) : half), 0.5);
    Expr uniform = lower ? minus(tail, rest) : plus(tail, rest);

    Expr below = lt(x, a);
    Expr p = times(factor, series(a, x));
    Expr q = over(times(a, factor), fraction(a, x));
    Expr smallQ = alternating(a, x);
    Expr tiny = and(le(x, k(x, 0.6)), lt(neg(times(a, log(x))), k(a, 0.4)));
    Expr small = where(gt(x, a), le(x, k(x, 2)), tiny);
    Expr one = one(x);
    Expr divided =
        lower
            ? where(small, minus(one, smallQ), where(le(x, a), p, minus(one, q)))
            : where(small, smallQ, where(le(x, a), minus(one, p), q));
    Expr outside = lower ? where(below, p, minus(one, q)) : where(below, minus(one, p), q);
    Expr near = le(abs(eta), one(eta));
    return where(large, where(near, uniform, outside), divided);
  }

  /** The sum over n of x^n / ((a + 1) ... (a + n)). */
  private static Expr series(Expr a, Expr x) {
    Expr sum = one(x);
    for (int n = SERIES; n > 0; n--) {
      sum = fma(over(x, plus(a, n)), sum, one(x));
    }
    return sum;
  }

  /** x + 1 - a + 1 (a - 1) / (x + 3 - a + 2 (a - 2) / (x + 5 - a + ...)). */
  private static Expr fraction(Expr a, Expr x) {
    Expr d = minus(x, a);
    Expr value = plus(d, 2 * FRACTION + 1);
    for (int n = FRACTION; n > 0; n--) {
      value = plus(plus(d, 2 * n - 1), over(times(plus(a, -n), n), value));
    }
    return value;
  }

  /** 1 - x^a / Γ(1 + a) (1 + a sum over n of (-x)^n / (n! (a + n))). */
  private static Expr alternating(Expr a, Expr x) {
    Expr sum = zero(x);
    double factorial = 1;
    double[] inverse = new double[ALTERNATING + 1];
    for (int n = 1; n <= ALTERNATING; n++) {
      factorial *= n;
      inverse[n] = (n % 2 == 0 ? 1 : -1) / factorial;
    }
    for (int n = ALTERNATING; n > 0; n--) {
      sum = fma(x, sum, over(k(x, inverse[n]), plus(a, n)));
    }
    sum = times(x, sum);
    Expr capped = Expr.of(ScalarOp.FMIN, a, k(a, 2));
    Expr u = times(a, minus(log(x), polynomial(plus(capped, -1), LGAMMA_1P)));
    return neg(plus(Expr.of(ScalarOp.EXPM1, u), times(times(exp(u), a), sum)));
  }
}
