package io.gradus.backend.cuda.ptx;

import static io.gradus.backend.cuda.ptx.Term.number;

/**
 * {@code f64} exponentials and hyperbolic functions, the bits of {@link StrictMath}.
 *
 * <p>Algorithms and coefficients are those of fdlibm 5.3, without its branches: what it decides
 * before it computes is chosen here afterwards.
 *
 * <p>Copyright (C) 1993-2004 by Sun Microsystems, Inc. All rights reserved. Permission to use,
 * copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */
final class ExponentialFormulas {
  private static final double LN2_HIGH = 0x1.62e42feep-1;
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
  private static final double LOG2_E = 0x1.71547652b82fep0;
  private static final double LARGEST = 0x1.62e42fefa39efp9;
  private static final double SMALLEST = -0x1.74910d52d3051p9;

  private ExponentialFormulas() {}

  /** The nearest multiple of ln 2, as a whole number; 0 up to half of ln 2. */
  private static Term multiple(Term x, Term m) {
    Term negative = x.isNegative();
    Term far = x.times(LOG2_E).plus(negative.choose(-0.5, 0.5)).toWhole();
    Term near = negative.choose(-1L, 1L);
    Term some = m.reaches(0x3ff0a2b2).choose(far, near);
    return m.reaches(0x3fd62e43).choose(some, Term.whole(0));
  }

  static Term exp(Term x) {
    Term m = x.abs();
    Term k = multiple(x, m);
    Term t = k.toNumber();
    Term high = x.minus(t.times(LN2_HIGH));
    Term low = t.times(LN2_LOW);
    Term r = high.minus(low);
    Term square = r.squared();
    Term c =
        r.minus(
            square.times(
                square.polynomial(
                    0x1.555555555553ep-3,
                    -0x1.6c16c16bebd93p-9,
                    0x1.1566aaf25de2cp-14,
                    -0x1.bbd41c5d26bf1p-20,
                    0x1.6376972bea4d0p-25)));
    Term y = number(1).minus(low.minus(r.times(c).over(number(2).minus(c))).minus(high));
    Term small = k.isLess(-1021L);
    Term scaled = y.scaled(small.choose(k.plus(1000L), k));
    Term value = small.choose(scaled.times(0x1p-1000), scaled);
    Term result = m.reaches(0x3e300000).choose(value, x.plus(1.0));
    Term bounded = x.isLess(SMALLEST).choose(0, result);
    return x.isGreater(LARGEST).choose(Double.POSITIVE_INFINITY, bounded);
  }

  static Term expm1(Term x) {
    Term m = x.abs();
    Term k = multiple(x, m);
    Term t = k.toNumber();
    Term high = x.minus(t.times(LN2_HIGH));
    Term low = t.times(LN2_LOW);
    Term r = high.minus(low);
    Term c = high.minus(r).minus(low);
    Term half = r.times(0.5);
    Term hxs = r.times(half);
    Term r1 =
        hxs.polynomial(
            1.0,
            -0x1.11111111110f4p-5,
            0x1.a01a019fe5585p-10,
            -0x1.4ce199eaadbb7p-14,
            0x1.0cfca86e65239p-18,
            -0x1.afdb76e09c32dp-23);
    Term s = number(3).minus(r1.times(half));
    Term e = hxs.times(r1.minus(s).over(number(6).minus(r.times(s))));
    Term centre = r.minus(r.times(e).minus(hxs));
    Term d = r.times(e.minus(c)).minus(c).minus(hxs);
    Term below = r.minus(d).times(0.5).minus(0.5);
    Term above =
        r.isLess(-0.25)
            .choose(d.minus(r.plus(0.5)).times(-2.0), number(1).plus(r.minus(d).times(2.0)));
    Term far = number(1).minus(d.minus(r)).scaled(k).minus(1.0);
    Term power = Term.whole(0x3ff).minus(k).shiftedLeft(52).fromBits();
    Term few = number(1).minus(power).minus(d.minus(r)).scaled(k);
    Term many = r.minus(d.plus(power)).plus(1.0).scaled(k);
    Term value = k.isLess(20L).choose(few, many);
    value = k.isLess(-1L).or(k.isGreater(56L)).choose(far, value);
    value = k.is(1L).choose(above, value);
    value = k.is(-1L).choose(below, value);
    value = k.is(0L).choose(centre, value);
    value = m.reaches(0x3c900000).choose(value, x);
    value = m.reaches(0x4043687a).and(x.isNegative()).choose(-1.0, value);
    value = x.isGreater(LARGEST).choose(Double.POSITIVE_INFINITY, value);
    return x.isNan().choose(x, value);
  }

  static Term sinh(Term x) {
    Term m = x.abs();
    Term h = x.isNegative().choose(-0.5, 0.5);
    Term t = expm1(m);
    Term q = t.over(t.plus(1.0));
    Term small = h.times(t.times(2.0).minus(t.squared().over(t.plus(1.0))));
    Term middle = h.times(t.plus(q));
    Term large = h.times(exp(m));
    Term w = exp(m.times(0.5));
    Term huge = h.times(w).times(w);
    Term value = m.reaches(0x40862e42).choose(huge, large);
    value = m.reaches(0x40360000).choose(value, middle);
    value = m.reaches(0x3ff00000).choose(value, small);
    value = m.reaches(0x3e300000).choose(value, x);
    return m.isLess(Double.POSITIVE_INFINITY).choose(value, x);
  }

  static Term cosh(Term x) {
    Term m = x.abs();
    Term t = expm1(m);
    Term w = t.plus(1.0);
    Term small = number(1).plus(t.squared().over(w.plus(w)));
    Term e = exp(m);
    Term middle = e.times(0.5).plus(number(0.5).over(e));
    Term large = e.times(0.5);
    Term root = exp(m.times(0.5));
    Term huge = root.times(0.5).times(root);
    Term value = m.reaches(0x40862e42).choose(huge, large);
    value = m.reaches(0x40360000).choose(value, middle);
    value = m.reaches(0x3fd62e43).choose(value, small);
    return m.reaches(0x3c800000).choose(value, w);
  }

  static Term tanh(Term x) {
    Term m = x.abs();
    Term large = m.reaches(0x3ff00000);
    Term t = expm1(m.times(large.choose(2.0, -2.0)));
    Term sum = t.plus(2.0);
    Term value = large.choose(number(1).minus(number(2).over(sum)), t.negated().over(sum));
    value = m.reaches(0x40360000).choose(1.0, value);
    value = x.isNegative().choose(value.negated(), value);
    value = m.reaches(0x3c800000).choose(value, x.times(x.plus(1.0)));
    return x.isNan().choose(x, value);
  }

  static Term sigmoid(Term x) {
    Term e = exp(x.abs().negated());
    Term below = e.plus(1.0);
    return x.isLess(0.0).choose(e, number(1)).over(below);
  }
}
