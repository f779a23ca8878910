package io.gradus.backend.cuda.ptx;

import static io.gradus.backend.cuda.ptx.Term.number;
import static io.gradus.backend.cuda.ptx.Term.whole;

/**
 * What is left of |x| after the nearest multiple of π/2: {@code high + low}, and which multiple.
 *
 * <p>Up to 2^19 π/2 as fdlibm 5.3 does it. Beyond, the product with 2/π is formed in whole numbers
 * from just those binary digits that matter (M. H. Payne and R. N. Hanek, "Radian Reduction for
 * Trigonometric Functions", SIGNUM 18, 1983); there the low part can differ from fdlibm's, and a
 * function's last bit with it.
 *
 * <p>Copyright (C) 1993-2004 by Sun Microsystems, Inc. All rights reserved. Permission to use,
 * copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */
record AngleReduction(Term multiple, Term high, Term low) {
  private static final double[] FIRST = {0x1.921fb544p0, 0x1.0b4611a626331p-34};
  private static final double[] SECOND = {0x1.0b4611a6p-34, 0x1.3198a2e037073p-69};
  private static final double[] THIRD = {0x1.3198a2ep-69, 0x1.b839a252049c1p-104};
  private static final double HALF_PI_LOW = 0x1.1a62633145c07p-54;

  /** Below this |x| the reductions of fdlibm are good enough: the upper half of its bits. */
  private static final int MEDIUM = 0x413921fc;

  /** 64 zeros, then the binary digits of 2/π. */
  private static final long[] DIGITS = {
    0L,
    0xa2f9836e4e441529L,
    0xfc2757d1f534ddc0L,
    0xdb6295993c439041L,
    0xfe5163abdebbc561L,
    0xb7246e3a424dd2e0L,
    0x06492eea09d1921cL,
    0xfe1deb1cb129a73eL,
    0xe88235f52ebb4484L,
    0xe99c7026b45f7e41L,
    0x3991d639835339f4L,
    0x9c845f8bbdf9283bL,
    0x1ff897ffde05980fL,
    0xef2f118b5a0a6d1fL,
    0x6d367ecf27cb09b7L,
    0x4f463f669e5fea2dL,
    0x7527bac7ebe5f17bL,
    0x3d0739f78a5292eaL,
    0x6bfb5fb11f8d5d08L,
    0x56033046fc7b6babL,
    0xf0cfbc209af4361dL
  };

  /** The reduction of a number that is not negative and at least about π/4. */
  static AngleReduction of(Term m) {
    AngleReduction medium = medium(m);
    AngleReduction large = large(m);
    Term isLarge = m.reaches(MEDIUM);
    return new AngleReduction(
        isLarge.choose(large.multiple, medium.multiple),
        isLarge.choose(large.high, medium.high),
        isLarge.choose(large.low, medium.low));
  }

  private static AngleReduction medium(Term m) {
    Term n = m.times(0x1.45f306dc9c883p-1).plus(0.5).toWhole();
    Term fn = n.toNumber();
    Term r1 = m.minus(fn.times(FIRST[0]));
    Term w1 = fn.times(FIRST[1]);
    Term y1 = r1.minus(w1);
    Term w = fn.times(SECOND[0]);
    Term r2 = r1.minus(w);
    Term w2 = fn.times(SECOND[1]).minus(r1.minus(r2).minus(w));
    Term y2 = r2.minus(w2);
    w = fn.times(THIRD[0]);
    Term r3 = r2.minus(w);
    Term w3 = fn.times(THIRD[1]).minus(r2.minus(r3).minus(w));
    Term y3 = r3.minus(w3);

    // Enough where few leading bits cancelled; certainly for small multiples elsewhere than there.
    Term there = fn.times(Math.PI / 2).high().is(m.high());
    Term second = n.isLess(32L).not().or(there).and(cancelled(m, y1).isGreater(16L));
    Term third = second.and(cancelled(m, y2).isGreater(49L));
    Term high = third.choose(y3, second.choose(y2, y1));
    Term r = third.choose(r3, second.choose(r2, r1));
    Term rest = third.choose(w3, second.choose(w2, w1));
    Term low = r.minus(high).minus(rest);

    // Near π/2 itself fdlibm always takes two steps at once.
    Term z = m.minus(FIRST[0]).minus(SECOND[0]);
    Term nearHigh = z.minus(SECOND[1]);
    Term nearLow = z.minus(nearHigh).minus(SECOND[1]);
    Term near = m.high().is(0x3ff921fbL);
    return new AngleReduction(n, near.choose(nearHigh, high), near.choose(nearLow, low));
  }

  private static Term cancelled(Term m, Term y) {
    Term exponent = y.high().shiftedRight(20).and(0x7ff);
    return m.high().shiftedRight(20).minus(exponent);
  }

  /** With 192 binary digits of 2/π, of which the first two say how many quarters are left. */
  private static AngleReduction large(Term m) {
    Term bits = m.bits();
    Term digits = bits.and(0xfffffffffffffL).or(1L << 52);
    // The product with digits from 64 - 2 on is one of whole quarter turns modulo four.
    Term offset = bits.down(52).plus(64L - 1075 - 2);
    Term word = offset.down(6);
    Term shift = offset.and(63);
    Term[] w = new Term[4];
    for (int k = 0; k < w.length; k++) {
      w[k] = digit(word, k);
    }
    Term a0 = joined(w[0], w[1], shift);
    Term a1 = joined(w[1], w[2], shift);
    Term a2 = joined(w[2], w[3], shift);
    Term middle = digits.times(a1);
    Term low = middle.plus(highProduct(digits, a2));
    Term carry = lessUnsigned(low, middle).choose(1L, 0L);
    Term high = digits.times(a0).plus(highProduct(digits, a1)).plus(carry);

    Term quarter = high.plus(1L << 61).down(62);
    Term rest = high.minus(quarter.shiftedLeft(62));
    // Four parts of 32 bits, each exact, summed into two numbers.
    Term p1 = rest.shiftedRight(32).toNumber().times(0x1p96);
    Term p2 = rest.and(0xffffffffL).toNumber().times(0x1p64);
    Term p3 = low.down(32).toNumber().times(0x1p32);
    Term p4 = low.and(0xffffffffL).toNumber();
    Term s = p1.plus(p2);
    Term lost = p1.minus(s).plus(p2);
    Term t = p3.plus(p4);
    Term lostBelow = p3.minus(t).plus(p4);
    Term sum = s.plus(t);
    Term part = s.minus(sum).plus(t);
    Term tail = part.plus(lost).plus(lostBelow);

    double scale = 0x1p-126;
    Term turns = sum.times(scale);
    Term turnsLow = tail.times(scale);
    Term product = turns.times(Math.PI / 2);
    Term error = turns.fused(number(Math.PI / 2), product.negated());
    Term correction = turnsLow.fused(number(Math.PI / 2), turns.fused(number(HALF_PI_LOW), error));
    Term y = product.plus(correction);
    return new AngleReduction(quarter, y, product.minus(y).plus(correction));
  }

  /** A word of the digits, found by halving the table. */
  private static Term digit(Term word, int plus) {
    return digit(word, plus, 0, DIGITS.length);
  }

  private static Term digit(Term word, int plus, int from, int to) {
    if (to - from == 1) {
      return whole(from + plus < DIGITS.length ? DIGITS[from + plus] : 0);
    }
    int middle = (from + to) / 2;
    return word.isLess((long) middle)
        .choose(digit(word, plus, from, middle), digit(word, plus, middle, to));
  }

  private static Term joined(Term a, Term b, Term shift) {
    return a.shiftedLeft(shift).or(b.down(whole(64).minus(shift)));
  }

  private static Term lessUnsigned(Term a, Term b) {
    return a.xor(Long.MIN_VALUE).isLess(b.xor(Long.MIN_VALUE));
  }

  /** The upper 64 bits of a product of numbers without sign. */
  private static Term highProduct(Term a, Term b) {
    Term ah = a.down(32);
    Term al = a.and(0xffffffffL);
    Term bh = b.down(32);
    Term bl = b.and(0xffffffffL);
    Term lowHigh = al.times(bh);
    Term highLow = ah.times(bl);
    Term middle =
        al.times(bl).down(32).plus(lowHigh.and(0xffffffffL)).plus(highLow.and(0xffffffffL));
    return ah.times(bh).plus(lowHigh.down(32)).plus(highLow.down(32)).plus(middle.down(32));
  }
}
