package io.gradus.backend.cuda.ptx;

import static io.gradus.backend.cuda.ptx.Term.number;
import static io.gradus.backend.cuda.ptx.Term.whole;

/**
 * {@code f64} power, the bits of {@link StrictMath} but where C says 1.
 *
 * <p>Algorithm and coefficients are those of fdlibm 5.3.
 *
 * <p>Copyright (C) 1993-2004 by Sun Microsystems, Inc. All rights reserved. Permission to use,
 * copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */
final class PowerFormula {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private PowerFormula() {}

  /** A number in two parts, the first with the lower half of its bits 0. */
  private record Pair(Term high, Term low) {
    static Pair when(Term condition, Pair yes, Pair no) {
      return new Pair(condition.choose(yes.high, no.high), condition.choose(yes.low, no.low));
    }
  }

  static Term pow(Term x, Term y) {
    Term m = x.abs();
    Term my = y.abs();
    Term huge = my.isGreater(0x1.00000ffffffffp31);
    Pair logarithm = Pair.when(huge, logarithmNearOne(m), logarithm(m));
    Term value = exponential(y, logarithm);
    Term under = m.isLess(0x1.fffff00000000p-1);
    Term over = m.isGreater(0x1.00000ffffffffp0);
    Term limit =
        under.choose(y.isLess(0.0).choose(INFINITY, 0.0), y.isGreater(0.0).choose(INFINITY, 0.0));
    value = huge.and(under.or(over)).choose(limit, value);

    // Zero, infinity and one (in magnitude) to anything.
    Term trivial = m.is(0.0).or(m.is(INFINITY)).or(m.is(1.0));
    value = trivial.choose(y.isLess(0.0).choose(number(1).over(m), m), value);

    // |y| of at least 2^53 is even.
    Term integer = my.floor().is(my);
    Term halved = my.times(0.5);
    Term odd = integer.and(halved.floor().is(halved).not()).and(my.isLess(0x1p53));
    Term negative = x.isNegative();
    value = negative.and(odd).choose(value.negated(), value);
    Term undefined = negative.and(integer.not()).and(m.isGreater(0.0)).and(m.isLess(INFINITY));
    value = undefined.choose(Double.NaN, value);

    value = y.is(2.0).choose(x.squared(), value);
    Term root = y.is(0.5).and(x.isGreater(Double.NEGATIVE_INFINITY));
    value = root.choose(x.plus(0.0).sqrt(), value);
    value = y.is(1.0).choose(x, y.is(-1.0).choose(number(1).over(x), value));
    Term grows = y.isGreater(0.0).is(m.isGreater(1.0));
    value = my.is(INFINITY).choose(grows.choose(INFINITY, 0.0), value);
    value = x.isNan().or(y.isNan()).choose(Double.NaN, value);
    Term one = x.is(1.0).or(y.is(0.0)).or(x.is(-1.0).and(my.is(INFINITY)));
    return one.choose(1.0, value);
  }

  /** log2(m) for |m - 1| up to about 2^-20. */
  private static Pair logarithmNearOne(Term m) {
    Term t = m.minus(1.0);
    Term w =
        t.squared()
            .times(
                number(0.5).minus(t.times(number(0.3333333333333333333333).minus(t.times(0.25)))));
    Term u = t.times(0x1.715476p0);
    Term v = t.times(0x1.4ae0bf85ddf44p-26).minus(w.times(0x1.71547652b82fep0));
    Term high = u.plus(v).upper();
    return new Pair(high, v.minus(high.minus(u)));
  }

  private static Pair logarithm(Term m) {
    Term tiny = m.isLess(Double.MIN_NORMAL);
    Term normal = tiny.choose(m.times(0x1p53), m);
    Term bits = normal.high();
    Term j = bits.and(0xfffff);
    Term first = j.isLess(0x3988fL);
    Term third = j.isLess(0xbb67aL).not();
    Term middle = first.or(third).not();
    Term n =
        bits.shiftedRight(20).minus(0x3ffL).plus(tiny.choose(-53L, 0L)).plus(third.choose(1L, 0L));
    Term ix = j.or(third.choose(0x3fe00000L, 0x3ff00000L));
    Term x = normal.withHigh(ix);
    Term bp = middle.choose(1.5, 1.0);
    Term u = x.minus(bp);
    Term v = number(1).over(x.plus(bp));
    Term ss = u.times(v);
    Term sh = ss.upper();
    Term th =
        ix.shiftedRight(1)
            .or(0x20000000)
            .plus(0x80000L)
            .plus(middle.choose(1L << 18, 0L))
            .shiftedLeft(32)
            .fromBits();
    Term tl = x.minus(th.minus(bp));
    Term sl = v.times(u.minus(sh.times(th)).minus(sh.times(tl)));
    Term s2 = ss.squared();
    Term r =
        s2.squared()
            .times(
                s2.polynomial(
                    0x1.3333333333303p-1,
                    0x1.b6db6db6fabffp-2,
                    0x1.55555518f264dp-2,
                    0x1.17460a91d4101p-2,
                    0x1.d864a93c9db65p-3,
                    0x1.a7e284a454eefp-3));
    r = r.plus(sl.times(sh.plus(ss)));
    s2 = sh.squared();
    th = number(3).plus(s2).plus(r).upper();
    tl = r.minus(th.minus(3.0).minus(s2));
    u = sh.times(th);
    v = sl.times(th).plus(tl.times(ss));
    Term ph = u.plus(v).upper();
    Term pl = v.minus(ph.minus(u));
    Term zh = ph.times(0x1.ec709ep-1);
    Term zl =
        ph.times(-0x1.e2fe0145b01f5p-28)
            .plus(pl.times(0x1.ec709dc3a03fdp-1))
            .plus(middle.choose(0x1.cfdeb43cfd006p-27, 0));
    Term t = n.toNumber();
    Term dp = middle.choose(0x1.2b8034p-1, 0);
    Term high = zh.plus(zl).plus(dp).plus(t).upper();
    return new Pair(high, zl.minus(high.minus(t).minus(dp).minus(zh)));
  }

  /** 2 to the power y times a logarithm. */
  private static Term exponential(Term y, Pair logarithm) {
    Term y1 = y.upper();
    Term pl = y.minus(y1).times(logarithm.high).plus(y.times(logarithm.low));
    Term ph = y1.times(logarithm.high);
    Term z = pl.plus(ph);
    Term over = z.isGreater(1024.0);
    over = over.or(z.is(1024.0).and(pl.plus(8.0085662595372944372e-17).isGreater(z.minus(ph))));
    Term under = z.isLess(-1075.0);
    under = under.or(z.is(-1075.0).and(pl.isGreater(z.minus(ph)).not()));

    // The nearest whole number, half away from zero; 0 up to a half.
    Term size = z.abs();
    Term bits = size.high();
    Term k = bits.shiftedRight(20).minus(0x3ffL);
    Term up = bits.plus(whole(0x100000).shiftedRight(k.plus(1L)));
    Term k2 = up.shiftedRight(20).minus(0x3ffL);
    Term cut = up.and(whole(0xfffff).shiftedRight(k2).xor(-1L));
    Term n = up.and(0xfffff).or(0x100000).shiftedRight(whole(20).minus(k2));
    Term some = bits.isGreater(0x3fe00000L);
    Term negative = z.isNegative();
    n = some.choose(negative.choose(n.negated(), n), whole(0));
    Term t = cut.shiftedLeft(32).fromBits();
    t = negative.choose(t.negated(), t);
    ph = some.choose(ph.minus(t), ph);

    t = pl.plus(ph).upper();
    Term u = t.times(0x1.62e43p-1);
    Term v =
        pl.minus(t.minus(ph)).times(0x1.62e42fefa39efp-1).plus(t.times(-0x1.05c610ca86c39p-29));
    z = u.plus(v);
    Term w = v.minus(z.minus(u));
    t = z.squared();
    Term t1 =
        z.minus(
            t.times(
                t.polynomial(
                    0x1.555555555553ep-3,
                    -0x1.6c16c16bebd93p-9,
                    0x1.1566aaf25de2cp-14,
                    -0x1.bbd41c5d26bf1p-20,
                    0x1.6376972bea4d0p-25)));
    Term r = z.times(t1).over(t1.minus(2.0)).minus(w.plus(z.times(w)));
    z = number(1).minus(r.minus(z));
    // In two factors where the result is subnormal, of which the second one rounds.
    Term small = z.high().shiftedRight(20).plus(n).isLess(1L);
    Term scaled = z.scaled(small.choose(n.plus(200L), n));
    Term value = small.choose(scaled.times(0x1p-200), scaled);
    value = under.choose(0.0, value);
    return over.choose(INFINITY, value);
  }
}
