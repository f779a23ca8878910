package io.gradus.tensor.kernel;

import static io.gradus.tensor.kernel.Terms.abs;
import static io.gradus.tensor.kernel.Terms.add;
import static io.gradus.tensor.kernel.Terms.bits;
import static io.gradus.tensor.kernel.Terms.div;
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
import static io.gradus.tensor.kernel.Terms.withSign;
import static io.gradus.tensor.kernel.Terms.x;

/**
 * {@code f32} exponentials and what is made of them.
 *
 * <p>exp(x) = 2^n exp(r) with n the whole number nearest to x log2(e) and r the rest, from ln 2 in
 * two parts (W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980). The
 * polynomials are minimax ones found with Remez' exchange and rounded to {@code f32}.
 */
final class ExponentialRecipes {
  /** Added to a small number, rounds it to a whole one, which stands in the low bits of the sum. */
  private static final double MAGIC = 0x1.8p23;

  private static final int MAGIC_BITS = Float.floatToRawIntBits((float) MAGIC);
  private static final double LOG2_E = (float) 1.4426950408889634;
  private static final double LN2_HIGH = 0x1.62e4p-1;
  private static final double LN2_LOW = (float) (0.6931471805599453 - LN2_HIGH);

  private ExponentialRecipes() {}

  /** exp(r) - 1 for |r| up to ln(2) / 2, accurate relative to exp(r). */
  private static Expr expm1Centre(Expr r) {
    Expr q =
        polynomial(r, 0x1.fffffcp-2, 0x1.555482p-3, 0x1.555826p-5, 0x1.12449ap-7, 0x1.6afeb8p-10);
    return fma(mul(r, r), q, r);
  }

  private static Expr rest(Expr x, Expr n) {
    return fma(n, -LN2_LOW, fma(n, -LN2_HIGH, x));
  }

  /**
   * (1 + m) 2^n in two exact factors, so that only the last product is rounded; z is n + MAGIC, of
   * which nothing is left once its bits are shifted to where an exponent stands.
   */
  private static Expr scale(Expr m, Expr z) {
    Expr half = shr(bits(z), 1);
    Expr factor = power(half);
    return mul(fma(m, factor, factor), power(sub(bits(z), half)));
  }

  /** 2^n of a whole number from -126 to 127, to which a multiple of 512 may have been added. */
  private static Expr power(Expr n) {
    return number(shl(plus(n, 127), 23));
  }

  /** 2^n for n = z - MAGIC where that is a normal number. */
  private static Expr powerOf(Expr z) {
    return number(shl(plus(bits(z), 127L - MAGIC_BITS), 23));
  }

  /** Bits of exp for finite numbers; what lies beyond the limits is garbage. */
  private static Expr unlimitedExp(Expr x) {
    Expr z = fma(x, LOG2_E, MAGIC);
    return scale(expm1Centre(rest(x, add(z, -MAGIC))), z);
  }

  private static Expr limited(Expr x, double low, double high, Expr value) {
    return where(gt(x, high), Double.POSITIVE_INFINITY, where(lt(x, low), 0, value));
  }

  static Expr exp() {
    return limited(x(), -103.98, 88.73, unlimitedExp(x()));
  }

  static Expr exp2() {
    Expr z = add(x(), MAGIC);
    Expr r = mul(sub(x(), add(z, -MAGIC)), (float) 0.6931471805599453);
    return limited(x(), -150.1, 128.1, scale(expm1Centre(r), z));
  }

  /** 2^(n-1) (exp(r) - 1) + (2^(n-1) - 1/2), doubled: 2^n alone would overflow too early. */
  static Expr expm1() {
    Expr x = x();
    Expr z = fma(x, LOG2_E, MAGIC);
    Expr r = rest(x, add(z, -MAGIC));
    Expr q =
        polynomial(
            r, 0.5, 0x1.555554p-3, 0x1.5554aap-5, 0x1.11119p-7, 0x1.6d78dap-10, 0x1.a03198p-13);
    Expr m = fma(mul(r, r), q, r);
    Expr half = number(shl(plus(bits(z), 126L - MAGIC_BITS), 23));
    Expr value = mul(fma(half, m, add(half, -0.5)), 2);
    Expr limited = where(gt(x, 88.73), Double.POSITIVE_INFINITY, where(lt(x, -17.5), -1, value));
    // Keeps the sign of zero and the digits of the smallest numbers.
    return where(lt(abs(x), 0x1p-30), x, limited);
  }

  /** e / (1 + e) or 1 / (1 + e) with e = exp(-|x|), which cannot overflow. */
  static Expr sigmoid() {
    Expr x = x();
    Expr m = Terms.neg(abs(x));
    Expr e = where(lt(m, -103.98), 0, unlimitedExp(m));
    return div(where(lt(x, 0), e, num(x, 1.0)), add(e, 1));
  }

  /** The smaller one, in fewer instructions than a minimum that knows the sign of zero. */
  private static Expr atMost(Expr x, double most) {
    return where(gt(x, most), most, x);
  }

  static Expr tanh() {
    Expr m = abs(x());
    Expr s = mul(m, m);
    Expr small =
        fma(
            mul(
                s,
                polynomial(
                    s, -0x1.55553ep-2, 0x1.1109bep-3, -0x1.b89abcp-5, 0x1.54c3ep-6, -0x1.82885p-8)),
            m,
            m);
    Expr twice = mul(atMost(m, 10), 2);
    Expr z = fma(twice, LOG2_E, MAGIC);
    Expr power = powerOf(z);
    Expr e = fma(expm1Centre(rest(twice, add(z, -MAGIC))), power, power);
    Expr large = sub(1, div(2, add(e, 1)));
    return withSign(where(lt(m, 0.6), small, large), x());
  }

  /**
   * x p(x²) up to 3.77, from where on erf is 1 but for 1.7 units in the last place: one minimax
   * polynomial of degree 15, found by least squares weighted after C. L. Lawson (1961), for all
   * numbers.
   *
   * <p>Its powers are products of x² less 0, 2.125 or 11.75 (Newton's form), chosen by trial so
   * that no partial sum is large beside what it is added to. Four cubics do not wait for each other
   * as Horner's steps would. x / 4 apart makes p(x²) smaller, and with it what rounding takes.
   */
  static Expr erf() {
    Expr x = x();
    Expr s = mul(x, x);
    Expr u = add(s, -2.125);
    Expr v = add(s, -11.75);
    Expr w = mul(u, v);
    Expr q = mul(w, w);
    Expr p = cubic(0x1.385932p-41, -0x1.bbf538p-45, 0x1.1939cep-49, -0x1.0dba2ap-54, s, s, v);
    p = fma(p, q, cubic(0x1.37ebp-26, -0x1.17551ep-30, 0x1.e2d416p-35, -0x1.50babep-38, s, v, v));
    p = fma(p, q, cubic(0x1.a7aa66p-13, -0x1.37c97p-15, 0x1.9402b6p-19, -0x1.b2d6dap-24, s, s, u));
    p = fma(p, q, cubic(0x1.55d95cp-5, -0x1.ea7b76p-5, 0x1.08b532p-8, -0x1.50718ep-11, v, s, v));
    Expr one = withSign(num(x, 1.0), x);
    return where(gt(s, 3.77 * 3.77), one, fma(x, p, mul(x, 0.25)));
  }

  /** a + x (b + y (c + z d)). */
  private static Expr cubic(double a, double b, double c, double d, Expr x, Expr y, Expr z) {
    return fma(fma(fma(z, d, c), y, num(y, b)), x, num(x, a));
  }

  static Expr rsqrt() {
    return div(1, Expr.of(ScalarOp.SQRT, x()));
  }
}
