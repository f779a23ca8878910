package io.gradus.backend.cuda.ptx;

import static io.gradus.backend.cuda.ptx.Term.number;

/**
 * {@code f64} logarithms, the bits of {@link StrictMath}, and inverse hyperbolic functions.
 *
 * <p>Algorithms and coefficients are those of fdlibm 5.3.
 *
 * <p>Copyright (C) 1993-2004 by Sun Microsystems, Inc. All rights reserved. Permission to use,
 * copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */
final class LogarithmFormulas {
  private static final double LN2 = 0.6931471805599453;
  private static final double LN2_HIGH = 0x1.62e42feep-1;
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
  private static final long FRACTION = 0xfffff;

  private LogarithmFormulas() {}

  static Term log(Term x) {
    Term tiny = x.isLess(Double.MIN_NORMAL);
    Term normal = tiny.choose(x.times(0x1p54), x);
    Term high = normal.high();
    Term fraction = high.and(FRACTION);
    Term carry = fraction.plus(0x95f64).and(0x100000);
    Term k =
        high.shiftedRight(20).plus(carry.shiftedRight(20)).plus(tiny.choose(-54L - 1023, -1023L));
    Term f = normal.withHigh(fraction.or(carry.xor(0x3ff00000))).minus(1.0);
    Term dk = k.toNumber();
    Term coarse = dk.times(LN2_HIGH);
    Term fine = dk.times(LN2_LOW);

    Term cubic = f.squared().times(number(0.5).minus(f.times(0.33333333333333333)));
    Term near = coarse.minus(cubic.minus(fine).minus(f));

    Term s = f.over(f.plus(2.0));
    Term z = s.squared();
    Term w = z.squared();
    Term t1 =
        w.times(w.polynomial(0x1.999999997fa04p-2, 0x1.c71c51d8e78afp-3, 0x1.39a09d078c69fp-3));
    Term t2 =
        z.times(
            w.polynomial(
                0x1.5555555555593p-1,
                0x1.2492494229359p-2,
                0x1.7466496cb03dep-3,
                0x1.2f112df3e5244p-3));
    Term r = t2.plus(t1);
    Term half = f.times(0.5).times(f);
    Term upper = coarse.minus(half.minus(s.times(half.plus(r)).plus(fine)).minus(f));
    Term lower = coarse.minus(s.times(f.minus(r)).minus(fine).minus(f));
    Term centred = fraction.minus(0x6147aL).or(Term.whole(0x6b851).minus(fraction)).isGreater(0L);
    Term value = centred.choose(upper, lower);
    value = fraction.plus(2L).and(FRACTION).isLess(3L).choose(near, value);
    return special(x, value);
  }

  private static Term special(Term x, Term value) {
    Term finite = x.isLess(Double.POSITIVE_INFINITY).choose(value, x);
    Term positive = x.isLess(0.0).choose(Double.NaN, finite);
    return x.is(0.0).choose(Double.NEGATIVE_INFINITY, positive);
  }

  static Term log10(Term x) {
    Term tiny = x.isLess(Double.MIN_NORMAL);
    Term normal = tiny.choose(x.times(0x1p54), x);
    Term high = normal.high();
    Term k = high.shiftedRight(20).plus(tiny.choose(-54L - 1023, -1023L));
    Term i = k.down(63);
    Term y = k.plus(i).toNumber();
    Term biased = Term.whole(0x3ff).minus(i).shiftedLeft(20);
    Term rest = normal.withHigh(high.and(FRACTION).or(biased));
    Term z = y.times(0x1.9fef311f12b36p-42).plus(log(rest).times(0x1.bcb7b1526e50ep-2));
    return special(x, z.plus(y.times(0x1.34413509f6p-2)));
  }

  /** As {@code ScalarMeaning} has it: exact for powers of two. */
  static Term log2(Term x) {
    Term tiny = x.isLess(Double.MIN_NORMAL);
    Term scaled = tiny.choose(x.times(0x1p54), x);
    Term exponent = scaled.bits().down(52).and(0x7ff).minus(1023L);
    Term fraction = scaled.scaled(Term.whole(0).minus(exponent));
    Term large = fraction.isGreater(2 * 0.7071067811865476);
    Term logarithm = log(large.choose(fraction.times(0.5), fraction));
    Term bits = logarithm.fused(number(1.4426950408889634), logarithm.times(LOG2_E_REST));
    Term whole = exponent.plus(large.choose(1L, 0L)).minus(tiny.choose(54L, 0L));
    return special(x, bits.plus(whole.toNumber()));
  }

  private static final double LOG2_E_REST = 2.0355273740931033e-17;

  static Term log1p(Term x) {
    Term m = x.abs();
    Term negative = x.isNegative();
    Term direct = m.reaches(0x3fda827a).not().and(negative.not());
    direct = direct.or(m.reaches(0x3fd2bec4).not().and(negative));
    Term huge = m.reaches(0x43400000);
    Term u = huge.choose(x, x.plus(1.0));
    Term high = u.high();
    Term first = high.shiftedRight(20).minus(1023L);
    Term lost = first.isGreater(0L).choose(number(1).minus(u.minus(x)), x.minus(u.minus(1.0)));
    Term fraction = high.and(FRACTION);
    Term low = fraction.isLess(0x6a09eL);
    Term k = direct.choose(Term.whole(0), first.plus(low.choose(0L, 1L)));
    Term c = direct.or(huge).choose(0, lost.over(u));
    Term exponent = low.choose(0x3ff00000L, 0x3fe00000L);
    Term f = direct.choose(x, u.withHigh(fraction.or(exponent)).minus(1.0));
    Term distance = low.choose(fraction, Term.whole(0x100000).minus(fraction).shiftedRight(2));
    Term dk = k.toNumber();
    Term coarse = dk.times(LN2_HIGH);
    Term fine = dk.times(LN2_LOW).plus(c);
    Term half = f.times(0.5).times(f);

    Term cubic = half.times(number(1).minus(f.times(0.66666666666666666)));
    Term near = coarse.minus(cubic.minus(fine).minus(f));
    Term s = f.over(f.plus(2.0));
    Term z = s.squared();
    Term r =
        z.times(
            z.polynomial(
                0x1.5555555555593p-1,
                0x1.999999997fa04p-2,
                0x1.2492494229359p-2,
                0x1.c71c51d8e78afp-3,
                0x1.7466496cb03dep-3,
                0x1.39a09d078c69fp-3,
                0x1.2f112df3e5244p-3));
    Term value = coarse.minus(half.minus(s.times(half.plus(r)).plus(fine)).minus(f));
    value = distance.is(0L).and(direct.not()).choose(near, value);
    Term quadratic = x.minus(x.squared().times(0.5));
    value = m.reaches(0x3e200000).choose(value, quadratic);
    value = m.reaches(0x3c900000).choose(value, x);
    value = x.isLess(Double.POSITIVE_INFINITY).choose(value, x);
    value = x.isLess(-1.0).choose(Double.NaN, value);
    return x.is(-1.0).choose(Double.NEGATIVE_INFINITY, value);
  }

  static Term asinh(Term x) {
    Term m = x.abs();
    Term square = m.squared();
    Term inner = log1p(m.plus(square.over(number(1).plus(number(1).plus(square).sqrt()))));
    Term value = m.isGreater(0x1p28).choose(log(m).plus(LN2), inner);
    return m.isLess(0x1p-28).choose(x, value.withSignOf(x));
  }

  static Term acosh(Term x) {
    Term t = x.minus(1.0);
    Term near = log1p(t.plus(t.fused(t, t.times(2.0)).sqrt()));
    Term value = x.isLess(1.0).choose(Double.NaN, near);
    return x.isGreater(0x1p28).choose(log(x).plus(LN2), value);
  }

  static Term atanh(Term x) {
    Term m = x.abs();
    Term value = log1p(m.times(2.0).over(number(1).minus(m))).times(0.5);
    return m.isLess(0x1p-28).choose(x, value.withSignOf(x));
  }
}
