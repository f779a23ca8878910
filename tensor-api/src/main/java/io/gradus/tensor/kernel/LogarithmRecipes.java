package io.gradus.tensor.kernel;

import static io.gradus.tensor.kernel.Terms.abs;
import static io.gradus.tensor.kernel.Terms.add;
import static io.gradus.tensor.kernel.Terms.bits;
import static io.gradus.tensor.kernel.Terms.both;
import static io.gradus.tensor.kernel.Terms.eq;
import static io.gradus.tensor.kernel.Terms.f32;
import static io.gradus.tensor.kernel.Terms.fma;
import static io.gradus.tensor.kernel.Terms.gt;
import static io.gradus.tensor.kernel.Terms.lt;
import static io.gradus.tensor.kernel.Terms.mul;
import static io.gradus.tensor.kernel.Terms.num;
import static io.gradus.tensor.kernel.Terms.number;
import static io.gradus.tensor.kernel.Terms.plus;
import static io.gradus.tensor.kernel.Terms.polynomial;
import static io.gradus.tensor.kernel.Terms.shl;
import static io.gradus.tensor.kernel.Terms.shr;
import static io.gradus.tensor.kernel.Terms.sub;
import static io.gradus.tensor.kernel.Terms.where;
import static io.gradus.tensor.kernel.Terms.x;

/**
 * {@code f32} logarithms: x = 2^e (1 + f) with f from -1/3 to 1/3, and a minimax polynomial for
 * log(1 + f) found with Remez' exchange.
 */
final class LogarithmRecipes {
  private static final long TWO_THIRDS = Float.floatToRawIntBits(2f / 3);
  private static final double LN2 = 0.6931471805599453;
  private static final double LN2_HIGH = 0x1.62e4p-1;
  private static final double LOG10_2 = 0.3010299956639812;
  private static final double LOG10_2_HIGH = 0x1.344p-2;
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LOG10_E = 0.4342944819032518;

  private LogarithmRecipes() {}

  /** A positive number taken apart; subnormal ones are scaled up first. */
  private record Parts(Expr exponent, Expr fraction) {
    static Parts of(Expr x) {
      Expr tiny = lt(x, Float.MIN_NORMAL);
      Expr normal = where(tiny, mul(x, 0x1p23), x);
      Expr i = bits(normal);
      Expr e = shr(plus(i, -TWO_THIRDS), 23);
      Expr f = add(number(sub(i, shl(e, 23))), -1);
      Expr shifted = where(tiny, num(e, -23L), num(e, 0L));
      return new Parts(f32(add(e, shifted)), f);
    }
  }

  /** log(1 + f) - f. */
  private static Expr tail(Expr f) {
    Expr p =
        polynomial(
            f,
            -0.5,
            0x1.555506p-2,
            -0x1.fffeeep-3,
            0x1.99d02p-3,
            -0x1.559e06p-3,
            0x1.1ed76ap-3,
            -0x1.f30c04p-4,
            0x1.1e65e8p-3,
            -0x1.080f5p-3);
    return mul(mul(f, f), p);
  }

  /** The value for positive finite numbers, else what a logarithm is. */
  private static Expr limited(Expr x, Expr value) {
    Expr beyond = where(eq(x, 0), Double.NEGATIVE_INFINITY, where(lt(x, 0), Double.NaN, x));
    return where(both(gt(x, 0), lt(x, Double.POSITIVE_INFINITY)), value, beyond);
  }

  static Expr log() {
    Parts parts = Parts.of(x());
    Expr e = parts.exponent;
    Expr low = fma(e, (float) (LN2 - LN2_HIGH), tail(parts.fraction));
    return limited(x(), fma(e, LN2_HIGH, add(parts.fraction, low)));
  }

  static Expr log2() {
    return limited(x(), scaled(1, 0, LOG2_E));
  }

  static Expr log10() {
    return limited(x(), scaled(LOG10_2_HIGH, LOG10_2 - LOG10_2_HIGH, LOG10_E));
  }

  /** e times a number in two parts plus the logarithm of 1 + f times a factor. */
  private static Expr scaled(double high, double low, double factor) {
    Parts parts = Parts.of(x());
    float factorHigh = (float) factor;
    Expr f = parts.fraction;
    Expr rest = fma(f, (float) (factor - factorHigh), mul(tail(f), factorHigh));
    if (low != 0) {
      rest = fma(parts.exponent, (float) low, rest);
    }
    Expr sum = fma(f, factorHigh, rest);
    return high == 1 ? add(parts.exponent, sum) : fma(parts.exponent, high, sum);
  }

  /** The exponent is that of 1 + x, the fraction is made from x itself. */
  static Expr log1p() {
    Expr x = x();
    Expr e = shr(plus(bits(add(x, 1)), -TWO_THIRDS), 23);
    // 4 / 2^e, since 1 / 2^e can be subnormal.
    Expr s = number(shl(sub(num(e, 129L), e), 23));
    Expr quarter = mul(x, 0.25);
    Expr offset = fma(s, 0.25, -1);
    Expr f = fma(quarter, s, offset);
    // What rounding took from f, to first order of the logarithm.
    Expr lost = fma(quarter, s, sub(offset, f));
    Expr k = f32(e);
    Expr low = fma(k, (float) (LN2 - LN2_HIGH), add(tail(f), lost));
    Expr value = fma(k, LN2_HIGH, add(f, low));
    Expr beyond = where(eq(x, -1), Double.NEGATIVE_INFINITY, where(lt(x, -1), Double.NaN, x));
    Expr limited = where(both(gt(x, -1), lt(x, Double.POSITIVE_INFINITY)), value, beyond);
    return where(lt(abs(x), 0x1p-30), x, limited);
  }
}
