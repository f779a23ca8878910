package io.gradus.backend.cuda.ptx;

import static io.gradus.backend.cuda.ptx.Term.number;

/**
 * {@code f64} inverse trigonometric functions, the bits of {@link StrictMath}.
 *
 * <p>Algorithms and coefficients are those of fdlibm 5.3.
 *
 * <p>Copyright (C) 1993-2004 by Sun Microsystems, Inc. All rights reserved. Permission to use,
 * copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */
final class ArcFormulas {
  private static final double HALF_PI = 0x1.921fb54442d18p0;
  private static final double HALF_PI_LOW = 0x1.1a62633145c07p-54;
  private static final double QUARTER_PI = 0x1.921fb54442d18p-1;
  private static final double PI_LOW = 0x1.1a62633145c07p-53;

  private ArcFormulas() {}

  /** (asin(x) - x) / x for x² = t. */
  private static Term ratio(Term t) {
    Term p =
        t.times(
            t.polynomial(
                0x1.5555555555555p-3,
                -0x1.4d61203eb6f7dp-2,
                0x1.9c1550e884455p-3,
                -0x1.48228b5688f3bp-5,
                0x1.9efe07501b288p-11,
                0x1.23de10dfdf709p-15));
    Term q =
        t.polynomial(
            1.0,
            -0x1.33a271c8a2d4bp1,
            0x1.02ae59c598ac8p1,
            -0x1.6066c1b8d0159p-1,
            0x1.3b8c5b12e9282p-4);
    return p.over(q);
  }

  static Term asin(Term x) {
    Term m = x.abs();
    Term small = x.plus(x.times(ratio(x.squared())));
    Term t = number(1).minus(m).times(0.5);
    Term s = t.sqrt();
    Term r = ratio(t);
    Term near = number(HALF_PI).minus(s.plus(s.times(r)).times(2.0).minus(HALF_PI_LOW));
    Term w = s.upper();
    Term c = t.minus(w.squared()).over(s.plus(w));
    Term p = s.times(2.0).times(r).minus(number(HALF_PI_LOW).minus(c.times(2.0)));
    Term q = number(QUARTER_PI).minus(w.times(2.0));
    Term middle = number(QUARTER_PI).minus(p.minus(q));
    Term large = m.reaches(0x3fef3333).choose(near, middle);
    large = x.isNegative().choose(large.negated(), large);
    Term value = m.reaches(0x3fe00000).choose(large, small);
    value = m.reaches(0x3e400000).choose(value, x);
    value = m.is(1.0).choose(x.times(HALF_PI).plus(x.times(HALF_PI_LOW)), value);
    return m.isAtMost(1.0).choose(value, Double.NaN);
  }

  static Term acos(Term x) {
    Term m = x.abs();
    Term r = ratio(x.squared());
    Term small = number(HALF_PI).minus(x.minus(number(HALF_PI_LOW).minus(x.times(r))));
    Term negative = x.isNegative();
    Term z = number(1).minus(m).times(0.5);
    Term s = z.sqrt();
    Term rz = ratio(z);
    Term w = rz.times(s).minus(HALF_PI_LOW);
    Term left = number(Math.PI).minus(s.plus(w).times(2.0));
    Term upper = s.upper();
    Term c = z.minus(upper.squared()).over(s.plus(upper));
    Term right = upper.plus(rz.times(s).plus(c)).times(2.0);
    Term value = m.reaches(0x3fe00000).choose(negative.choose(left, right), small);
    value = m.reaches(0x3c600001).choose(value, HALF_PI + HALF_PI_LOW);
    value = m.is(1.0).choose(negative.choose(Math.PI + 2 * HALF_PI_LOW, 0), value);
    return m.isAtMost(1.0).choose(value, Double.NaN);
  }

  static Term atan(Term x) {
    Term m = x.abs();
    Term zero = m.reaches(0x3fe60000).not();
    Term one = m.reaches(0x3ff30000).not();
    Term two = m.reaches(0x40038000).not();
    Term direct = m.reaches(0x3fdc0000).not();
    Term top =
        zero.choose(
            m.times(2.0).minus(1.0),
            one.choose(m.minus(1.0), two.choose(m.minus(1.5), number(-1))));
    Term bottom =
        zero.choose(m.plus(2.0), one.choose(m.plus(1.0), two.choose(m.times(1.5).plus(1.0), m)));
    Term t = direct.choose(x, top.over(bottom));
    Term z = t.squared();
    Term w = z.squared();
    Term s1 =
        z.times(
            w.polynomial(
                0x1.555555555550dp-2,
                0x1.24924920083ffp-3,
                0x1.745cdc54c206ep-4,
                0x1.10d66a0d03d51p-4,
                0x1.97b4b24760debp-5,
                0x1.0ad3ae322da11p-6));
    Term s2 =
        w.times(
            w.polynomial(
                -0x1.999999998ebc4p-3,
                -0x1.c71c6fe231671p-4,
                -0x1.3b0f2af749a6dp-4,
                -0x1.dde2d52defd9ap-5,
                -0x1.2b4442c6a6c2fp-5));
    Term odd = t.times(s1.plus(s2));
    Term high =
        zero.choose(
            0x1.dac670561bb4fp-2,
            one.choose(0x1.921fb54442d18p-1, two.choose(0x1.f730bd281f69bp-1, HALF_PI)));
    Term low =
        zero.choose(
            0x1.a2b7f222f65e2p-56,
            one.choose(0x1.1a62633145c07p-55, two.choose(0x1.007887af0cbbdp-56, HALF_PI_LOW)));
    Term sum = high.minus(odd.minus(low).minus(t));
    sum = m.reaches(0x44100000).choose(HALF_PI + HALF_PI_LOW, sum);
    sum = x.isNegative().choose(sum.negated(), sum);
    Term value = direct.choose(t.minus(odd), sum);
    value = m.reaches(0x3e200000).choose(value, x);
    return x.isNan().choose(x, value);
  }

  /** The angle of (x, y). */
  static Term atan2(Term y, Term x) {
    Term left = x.isNegative();
    Term my = y.abs();
    Term mx = x.abs();
    Term distance = my.high().minus(mx.high()).shiftedRight(20);
    Term z = atan(y.over(x).abs());
    z = left.and(distance.isLess(-60L)).choose(0, z);
    z = distance.isGreater(60L).choose(HALF_PI + 0.5 * PI_LOW, z);
    // Both infinite, or both zero (of which x says which).
    Term infinite = mx.is(Double.POSITIVE_INFINITY);
    z = infinite.choose(my.is(Double.POSITIVE_INFINITY).choose(QUARTER_PI, 0), z);
    Term diagonal = infinite.and(my.is(Double.POSITIVE_INFINITY));
    Term reflected = number(Math.PI).minus(z.minus(PI_LOW));
    reflected = infinite.choose(Math.PI, reflected);
    reflected = diagonal.choose(3.0 * QUARTER_PI, reflected);
    Term size = left.choose(reflected, z);
    Term vertical = mx.is(0.0).or(my.is(Double.POSITIVE_INFINITY).and(infinite.not()));
    size = vertical.choose(HALF_PI, size);
    size = my.is(0.0).choose(left.choose(Math.PI, 0), size);
    Term value = x.is(1.0).choose(atan(y), y.isNegative().choose(size.negated(), size));
    return x.isNan().or(y.isNan()).choose(Double.NaN, value);
  }
}
