package io.gradus.backend.cuda.ptx;

import static io.gradus.backend.cuda.ptx.ExponentialFormulas.exp;
import static io.gradus.backend.cuda.ptx.LogarithmFormulas.log;
import static io.gradus.backend.cuda.ptx.LogarithmFormulas.log1p;
import static io.gradus.backend.cuda.ptx.Term.number;

import io.gradus.tensor.kernel.Series;

/**
 * {@code f64} error, gamma and Bessel functions, step by step as {@code ScalarMeaning} has them.
 */
final class SpecialFormulas {
  private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;
  private static final double HALF_LOG_TWO_PI = 0.9189385332046728;

  private SpecialFormulas() {}

  private static Term series(Series series, Term x) {
    return x.fusedPolynomial(series.coefficients());
  }

  private static Term erfCentre(Term x) {
    return x.times(series(Series.ERF, x.squared()));
  }

  /** erfc of a positive number. */
  private static Term tail(Term x) {
    Term t = x.minus(3.75).over(x.plus(3.75));
    Term square = x.squared();
    Term rest = x.fused(x, square.negated());
    Term e = exp(square.negated());
    Term value =
        rest.negated()
            .fused(e, e)
            .times(series(Series.ERFC_TAIL, t).over(number(2).fused(x, number(1))));
    return x.isGreater(28.0).choose(0, value);
  }

  static Term erf(Term x) {
    Term m = x.abs();
    Term outer = number(1).minus(tail(m)).withSignOf(x);
    Term value = m.isAtLeast(6.0).choose(number(1).withSignOf(x), outer);
    return m.isLess(1.0).choose(erfCentre(x), x.isNan().choose(x, value));
  }

  static Term erfc(Term x) {
    Term below = x.isLess(-6.0).choose(2, number(1).minus(erf(x)));
    return x.isNan().choose(x, x.isLess(0.5).choose(below, tail(x)));
  }

  static Term erfinv(Term x) {
    Term m = x.abs();
    Term y = guess(m);
    for (int step = 0; step < 3; step++) {
      Term error = m.isLess(0.5).choose(erf(y).minus(m), number(1).minus(m).minus(erfc(y)));
      Term u = error.over(exp(y.negated().times(y)).times(TWO_OVER_SQRT_PI));
      y = y.minus(u.over(number(1).plus(y.times(u))));
    }
    Term value = m.isLess(1e-8).choose(x.over(TWO_OVER_SQRT_PI), y.withSignOf(x));
    Term edge = m.is(1.0).choose(x.times(Double.POSITIVE_INFINITY), number(Double.NaN));
    return m.isLess(1.0).choose(value, edge);
  }

  private static Term guess(Term x) {
    Term w = log(number(1).minus(x).times(x.plus(1.0))).negated();
    Term centre = x.times(series(Series.ERFINV_CENTRE, w.minus(2.5)));
    Term tail = x.times(series(Series.ERFINV_TAIL, w.sqrt().minus(3.0)));
    Term s = log(number(1).minus(x).times(1.772453850905516)).negated();
    Term far = s.minus(log(s).times(0.5)).sqrt();
    return w.isLess(5.0).choose(centre, w.isLess(25.0).choose(tail, far));
  }

  static Term lgamma(Term x) {
    Term m = x.abs();
    Term right = lgammaRight(m);
    Term near = log(m).negated();
    Term left = log(number(Math.PI).over(x.times(sinPi(x)).abs())).minus(right);
    left = x.isGreater(-1e-10).choose(near, left);
    left = x.is(x.rounded()).choose(Double.POSITIVE_INFINITY, left);
    Term value = x.isAtMost(0.0).choose(left, right);
    return m.isLess(Double.POSITIVE_INFINITY).choose(value, m);
  }

  private static Term centre(Term z) {
    return z.times(series(Series.LGAMMA_AT_TWO, z));
  }

  private static Term lgammaRight(Term x) {
    Term small = x.isLess(0.5);
    Term one = x.isLess(1.5);
    Term product = number(1);
    Term rest = x;
    for (int step = 0; step < 8; step++) {
      Term more = rest.isGreater(2.5);
      Term next = rest.minus(1.0);
      rest = more.choose(next, rest);
      product = more.choose(product.times(next), product);
    }
    Term at = small.choose(x, one.choose(x.minus(1.0), rest.minus(2.0)));
    Term middle = centre(at);
    Term logarithm = log(small.choose(x, one.choose(x, x.isLess(10.0).choose(product, x))));
    Term shifted = middle.minus(log1p(at));
    Term low = small.choose(shifted.minus(logarithm), one.choose(shifted, middle.plus(logarithm)));
    Term inverse = number(1).over(x);
    Term high =
        x.minus(0.5)
            .times(logarithm.minus(1.0))
            .minus(0.5)
            .plus(HALF_LOG_TWO_PI)
            .plus(inverse.times(series(Series.STIRLING, inverse.squared())));
    high = x.isGreater(1e17).choose(x.times(logarithm.minus(1.0)), high);
    return x.isLess(10.0).choose(low, high);
  }

  private static Term sinPi(Term x) {
    Term r = x.minus(x.over(2.0).rounded().times(2.0));
    Term folded = number(1).withSignOf(r).minus(r);
    r = r.abs().isGreater(0.5).choose(folded, r);
    return TrigonometricFormulas.sin(r.times(Math.PI));
  }

  static Term digamma(Term x) {
    Term negative = x.isLess(0.0);
    Term right = digammaRight(negative.choose(number(1).minus(x), x));
    Term fraction = x.minus(x.rounded());
    Term tangent = TrigonometricFormulas.tan(fraction.times(Math.PI));
    Term left = right.minus(number(Math.PI).over(tangent));
    Term pole = fraction.is(0.0).or(x.is(Double.NEGATIVE_INFINITY));
    left = pole.choose(Double.NaN, left);
    Term value = negative.choose(left, right);
    Term atZero = number(Double.POSITIVE_INFINITY).withSignOf(x).negated();
    return x.is(0.0).choose(atZero, value);
  }

  private static Term digammaRight(Term x) {
    Term sum = number(0);
    Term at = x;
    for (int step = 0; step < 10; step++) {
      Term more = at.isLess(10.0);
      sum = more.choose(sum.minus(number(1).over(at)), sum);
      at = more.choose(at.plus(1.0), at);
    }
    Term inverse = number(1).over(at);
    Term square = inverse.squared();
    return sum.plus(log(at))
        .minus(inverse.times(0.5))
        .minus(square.times(series(Series.DIGAMMA, square)));
  }

  static Term bessel(Term x, int order, boolean scaled) {
    Term m = x.abs();
    Term small = besselSeries(m, order);
    Series series = order == 0 ? Series.BESSEL_0 : Series.BESSEL_1;
    Term large = besselLarge(m, series);
    Term value;
    if (scaled) {
      value = m.isAtMost(8.0).choose(small.times(exp(m.negated())), large);
    } else {
      Term half = exp(m.over(2.0));
      value = m.isAtMost(8.0).choose(small, half.times(large).times(half));
    }
    return order == 0 ? value : value.withSignOf(x);
  }

  /** Terms below 2^-56 of the sum do not change it, so that their number need not vary. */
  private static Term besselSeries(Term m, int order) {
    Term quarter = m.squared().over(4.0);
    Term term = order == 0 ? number(1) : m.over(2.0);
    Term sum = term;
    for (int k = 1; k <= 40; k++) {
      term = term.times(quarter.over(k * (double) (k + order)));
      sum = sum.plus(term);
    }
    return sum;
  }

  private static Term besselLarge(Term m, Series series) {
    double[] c = series.coefficients();
    Term x = number(16).over(m).minus(1.0);
    Term twice = x.times(2.0);
    Term b1 = number(0);
    Term b2 = number(0);
    for (int k = c.length - 1; k > 0; k--) {
      Term b0 = twice.fused(b1, number(c[k]).minus(b2));
      b2 = b1;
      b1 = b0;
    }
    Term value = x.fused(b1, number(c[0]).minus(b2)).over(m.sqrt());
    return m.is(Double.POSITIVE_INFINITY).choose(0, value);
  }
}
