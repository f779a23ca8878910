package io.gradus.tensor.kernel;

import static io.gradus.tensor.kernel.Terms.abs;
import static io.gradus.tensor.kernel.Terms.add;
import static io.gradus.tensor.kernel.Terms.and;
import static io.gradus.tensor.kernel.Terms.bits;
import static io.gradus.tensor.kernel.Terms.div;
import static io.gradus.tensor.kernel.Terms.f32;
import static io.gradus.tensor.kernel.Terms.f64;
import static io.gradus.tensor.kernel.Terms.fma;
import static io.gradus.tensor.kernel.Terms.gt;
import static io.gradus.tensor.kernel.Terms.i64;
import static io.gradus.tensor.kernel.Terms.lt;
import static io.gradus.tensor.kernel.Terms.mul;
import static io.gradus.tensor.kernel.Terms.neg;
import static io.gradus.tensor.kernel.Terms.num;
import static io.gradus.tensor.kernel.Terms.number;
import static io.gradus.tensor.kernel.Terms.plus;
import static io.gradus.tensor.kernel.Terms.polynomial;
import static io.gradus.tensor.kernel.Terms.shl;
import static io.gradus.tensor.kernel.Terms.sub;
import static io.gradus.tensor.kernel.Terms.ushr;
import static io.gradus.tensor.kernel.Terms.where;
import static io.gradus.tensor.kernel.Terms.x;

/**
 * {@code f32} sine, cosine and tangent.
 *
 * <p>Up to {@link #LIMIT} the nearest multiple of π/2 is taken off in three fused steps (W. J. Cody
 * and W. Waite, 1980). Beyond, the product with 2/π is formed in whole numbers from just those
 * binary digits that matter (M. H. Payne and R. N. Hanek, "Radian Reduction for Trigonometric
 * Functions", SIGNUM 18, 1983), as the first argument of a {@code where} that hardly any number
 * needs.
 */
final class TrigonometricRecipes {
  private static final double LIMIT = 0x1p15;
  private static final double MAGIC = 0x1.8p23;
  private static final double WIDE_MAGIC = 0x1.8p52;
  private static final double TWO_OVER_PI = 0.6366197723675814;
  private static final double HALF_PI_1 = 0x1.921fb6p0;
  private static final double HALF_PI_2 = -0x1.777a5cp-25;
  private static final double HALF_PI_3 = -0x1.ee59dap-50;
  private static final double WIDE_HALF_PI_LOW = 6.123233995736766e-17;

  /** 16 zeros, then the binary digits of 2/π. */
  private static final long[] DIGITS = {
    0x0000a2f9836e4e44L, 0x1529fc2757d1f534L, 0xddc0db6295993c43L, 0x9041fe5163abdebbL
  };

  private TrigonometricRecipes() {}

  static Expr sin() {
    Expr m = abs(x());
    Expr z = fma(m, (float) TWO_OVER_PI, MAGIC);
    Expr r = narrowRest(m, add(z, -MAGIC));
    Expr fast = flip(quarter(r, bits(z)), and(bits(z), 2));
    return choose(m, signed(f32(wideSine(m, 0)), m), signed(fast, m));
  }

  static Expr cos() {
    Expr m = abs(x());
    Expr z = fma(m, (float) TWO_OVER_PI, MAGIC);
    Expr r = narrowRest(m, add(z, -MAGIC));
    Expr q = plus(bits(z), 1);
    return choose(m, f32(wideSine(m, 1)), flip(quarter(r, q), and(q, 2)));
  }

  private static Expr choose(Expr m, Expr slow, Expr fast) {
    // The difference is NaN for an infinity and for NaN, else 0.
    return where(gt(m, LIMIT), add(slow, sub(m, m)), fast);
  }

  private static Expr narrowRest(Expr m, Expr n) {
    return fma(n, -HALF_PI_3, fma(n, -HALF_PI_2, fma(n, -HALF_PI_1, m)));
  }

  /** sin(r), or cos(r) where q is odd. */
  private static Expr quarter(Expr r, Expr q) {
    Expr s = mul(r, r);
    Expr sine = fma(mul(s, polynomial(s, -0x1.555546p-3, 0x1.110776p-7, -0x1.9952d8p-13)), r, r);
    Expr cosine =
        fma(
            mul(s, s),
            polynomial(s, 0x1.55554ap-5, -0x1.6c0c28p-10, 0x1.99e80cp-16),
            fma(s, -0.5, 1));
    return where(and(q, 1), cosine, sine);
  }

  /** The number negated where two is 2 (and not where it is 0). */
  private static Expr flip(Expr value, Expr two) {
    return number(Expr.of(ScalarOp.XOR, bits(value), shl(two, 30)));
  }

  /** An odd function's value at x from that at |x|. */
  private static Expr signed(Expr value, Expr m) {
    return number(Expr.of(ScalarOp.XOR, bits(value), Expr.of(ScalarOp.XOR, bits(x()), bits(m))));
  }

  /** Sine of large |x| plus that many quarter turns. */
  private static Expr wideSine(Expr m, long quarters) {
    Expr turns = turns(m);
    Expr q = plus(nearestQuarter(turns), quarters);
    Expr r = wideRest(turns);
    Expr value = where(narrow(and(q, 1)), wideCosine(r), wideSine(r));
    return where(narrow(and(q, 2)), neg(value), value);
  }

  private static Expr narrow(Expr wholeNumber) {
    return Expr.cast(io.gradus.tensor.dtype.DType.I32, wholeNumber);
  }

  /** The fraction of |x| / 2π, in units of 2^-64. */
  private static Expr turns(Expr m) {
    Expr i = bits(m);
    Expr digits = i64(plus(and(i, 0x7fffff), 0x800000));
    Expr offset = plus(i64(ushr(i, 23)), 16 - 150 - 2);
    Expr later = ushr(offset, 6);
    Expr shift = and(offset, 63);
    Expr back = sub(num(shift, 64L), shift);
    Expr[] word = new Expr[3];
    for (int k = 0; k < 3; k++) {
      word[k] = where(narrow(later), num(shift, DIGITS[k + 1]), num(shift, DIGITS[k]));
    }
    Expr high = join(word[0], word[1], shift, back);
    Expr low = ushr(join(word[1], word[2], shift, back), 32);
    return add(mul(digits, high), ushr(mul(digits, low), 32));
  }

  private static Expr join(Expr a, Expr b, Expr shift, Expr back) {
    return Expr.of(ScalarOp.OR, Expr.of(ScalarOp.SHL, a, shift), Expr.of(ScalarOp.USHR, b, back));
  }

  private static Expr nearestQuarter(Expr turns) {
    return ushr(plus(turns, 1L << 61), 62);
  }

  private static Expr wideRest(Expr turns) {
    Expr rest = sub(turns, shl(nearestQuarter(turns), 62));
    return mul(f64(rest), Math.PI / 2 * 0x1p-62);
  }

  private static Expr wideSine(Expr r) {
    Expr s = mul(r, r);
    return mul(
        r,
        polynomial(
            s,
            0.9999999999953998,
            -0.16666666630144553,
            0.008333328661605197,
            -0.00019839169855421712,
            2.717074939634157e-06));
  }

  private static Expr wideCosine(Expr r) {
    return polynomial(
        mul(r, r),
        0.9999999999999337,
        -0.4999999999926556,
        0.041666666532783184,
        -0.0013888879885714592,
        2.4798833953403793e-05,
        -2.7167233834789333e-07);
  }

  /** In {@code f64}: the quotient of two {@code f32} polynomials would be 2 ulp off. */
  static Expr tan() {
    Expr m = abs(x());
    Expr wide = f64(m);
    Expr z = fma(wide, TWO_OVER_PI, WIDE_MAGIC);
    Expr n = add(z, -WIDE_MAGIC);
    Expr r = fma(n, -WIDE_HALF_PI_LOW, fma(n, -Math.PI / 2, wide));
    Expr odd = gt(number64(and(bits(z), 1)), 0);
    Expr turns = turns(m);
    Expr slow = ratio(wideRest(turns), narrow(and(nearestQuarter(turns), 1)));
    Expr fast = f32(ratio(r, odd));
    // The smallest numbers are their own tangents.
    Expr signed = signed(where(lt(m, 0x1p-14), m, fast), m);
    return choose(m, signed(f32(slow), m), signed);
  }

  /** A number that is positive exactly where the given bits are not 0. */
  private static Expr number64(Expr bits) {
    return number(shl(bits, 61));
  }

  private static Expr ratio(Expr r, Expr odd) {
    Expr sine = wideSine(r);
    Expr cosine = wideCosine(r);
    return div(where(odd, neg(cosine), sine), where(odd, sine, cosine));
  }
}
