package io.gradus.backend.cuda.ptx;

import static io.gradus.backend.cuda.ptx.Term.number;

/**
 * {@code f64} sine, cosine and tangent, the bits of {@link StrictMath} up to |x| = 2^19 π/2 and
 * within an ulp of it beyond.
 *
 * <p>Algorithms and coefficients are those of fdlibm 5.3.
 *
 * <p>Copyright (C) 1993-2004 by Sun Microsystems, Inc. All rights reserved. Permission to use,
 * copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */
final class TrigonometricFormulas {
  /** The upper half of the bits of the first number above π/4. */
  private static final int QUARTER_PI = 0x3fe921fc;

  private static final double S1 = -0x1.5555555555549p-3;

  private TrigonometricFormulas() {}

  private static Term sineSeries(Term z) {
    return z.polynomial(
        0x1.111111110f8a6p-7,
        -0x1.a01a019c161d5p-13,
        0x1.71de357b1fe7dp-19,
        -0x1.ae5e68a2b9cebp-26,
        0x1.5d93a5acfd57cp-33);
  }

  private static Term sine(Term x, Term y) {
    Term z = x.squared();
    Term v = z.times(x);
    Term r = sineSeries(z);
    Term value = x.minus(z.times(y.times(0.5).minus(v.times(r))).minus(y).minus(v.times(S1)));
    return x.abs().reaches(0x3e400000).choose(value, x);
  }

  private static Term cosine(Term x, Term y) {
    Term m = x.abs();
    Term z = x.squared();
    Term r =
        z.times(
            z.polynomial(
                0x1.555555555554cp-5,
                -0x1.6c16c16c15177p-10,
                0x1.a01a019cb159p-16,
                -0x1.27e4f809c52adp-22,
                0x1.1ee9ebdb4b1c4p-29,
                -0x1.8fae9be8838d4p-37));
    Term correction = z.times(r).minus(x.times(y));
    Term small = number(1).minus(z.times(0.5).minus(correction));
    Term quarter = m.high().minus(0x200000L).shiftedLeft(32).fromBits();
    Term q = m.reaches(0x3fe90001).choose(0.28125, quarter);
    Term half = z.times(0.5).minus(q);
    Term large = number(1).minus(q).minus(half.minus(correction));
    Term value = m.reaches(0x3fd33333).choose(large, small);
    return m.reaches(0x3e400000).choose(value, 1.0);
  }

  private static Term finite(Term m, Term value) {
    return m.isLess(Double.POSITIVE_INFINITY).choose(value, Double.NaN);
  }

  static Term sin(Term x) {
    Term m = x.abs();
    AngleReduction r = AngleReduction.of(m);
    Term odd = r.multiple().and(1).is(1L);
    Term turned = odd.choose(cosine(r.high(), r.low()), sine(r.high(), r.low()));
    Term flipped = r.multiple().and(2).is(2L);
    turned = flipped.choose(turned.negated(), turned);
    turned = x.isNegative().choose(turned.negated(), turned);
    Term z = x.squared();
    Term inner = x.plus(z.times(x).times(number(S1).plus(z.times(sineSeries(z)))));
    Term small = m.reaches(0x3e400000).choose(inner, x);
    return finite(m, m.reaches(QUARTER_PI).choose(turned, small));
  }

  static Term cos(Term x) {
    Term m = x.abs();
    AngleReduction r = AngleReduction.of(m);
    Term odd = r.multiple().and(1).is(1L);
    Term turned = odd.choose(sine(r.high(), r.low()), cosine(r.high(), r.low()));
    Term flipped = r.multiple().plus(1L).and(2).is(2L);
    turned = flipped.choose(turned.negated(), turned);
    Term small = cosine(m, number(0));
    return finite(m, m.reaches(QUARTER_PI).choose(turned, small));
  }

  static Term tan(Term x) {
    Term m = x.abs();
    AngleReduction r = AngleReduction.of(m);
    Term reduced = m.reaches(QUARTER_PI);
    Term odd = r.multiple().and(1).is(1L).and(reduced);
    Term high = reduced.choose(r.high(), m);
    Term low = reduced.choose(r.low(), number(0));
    Term value = tangent(high, low, odd);
    return finite(m, x.isNegative().choose(value.negated(), value));
  }

  /** tan(x + y), or -1 / tan(x + y). */
  private static Term tangent(Term x0, Term y0, Term inverse) {
    Term m = x0.abs();
    Term large = m.reaches(0x3fe59428);
    Term negative = x0.isNegative();
    Term flippedX = negative.choose(x0.negated(), x0);
    Term flippedY = negative.choose(y0.negated(), y0);
    Term rest =
        number(0x1.921fb54442d18p-1)
            .minus(flippedX)
            .plus(number(0x1.1a62633145c07p-55).minus(flippedY));
    Term x = large.choose(rest, x0);
    Term y = large.choose(0, y0);
    Term z = x.squared();
    Term w = z.squared();
    Term r =
        w.polynomial(
            0x1.111111110fe7ap-3,
            0x1.664f48406d637p-6,
            0x1.d6d22c9560328p-9,
            0x1.344d8f2f26501p-11,
            0x1.47e88a03792a6p-14,
            -0x1.375cbdb605373p-16);
    Term v =
        z.times(
            w.polynomial(
                0x1.ba1ba1bb341fep-5,
                0x1.226e3e96e8493p-7,
                0x1.7dbc8fee08315p-10,
                0x1.026f71a8d1068p-12,
                0x1.2b80f32f0a7e9p-14,
                0x1.b2a7074bf7ad4p-16));
    Term s = z.times(x);
    r = y.plus(z.times(s.times(r.plus(v)).plus(y)));
    r = r.plus(s.times(0x1.5555555555563p-2));
    Term sum = x.plus(r);
    Term sign = inverse.choose(-1.0, 1.0);
    Term far = sign.minus(x.minus(sum.squared().over(sum.plus(sign)).minus(r)).times(2.0));
    far = negative.choose(-1.0, 1.0).times(far);
    Term near = inverse.choose(negativeInverse(sum, r.minus(sum.upper().minus(x))), sum);
    Term tiny =
        inverse.choose(negativeInverse(x0.plus(y0), y0.minus(x0.plus(y0).upper().minus(x0))), x0);
    Term value = large.choose(far, near);
    return m.reaches(0x3e300000).choose(value, tiny);
  }

  /** -1 / w, where v is what the upper half of w lacks. */
  private static Term negativeInverse(Term w, Term v) {
    Term z = w.upper();
    Term a = number(-1).over(w);
    Term t = a.upper();
    Term s = number(1).plus(t.times(z));
    return t.plus(a.times(s.plus(t.times(v))));
  }
}
