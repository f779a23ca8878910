package io.gradus.tensor.kernel;

import static io.gradus.tensor.kernel.Terms.abs;
import static io.gradus.tensor.kernel.Terms.add;
import static io.gradus.tensor.kernel.Terms.bits;
import static io.gradus.tensor.kernel.Terms.both;
import static io.gradus.tensor.kernel.Terms.div;
import static io.gradus.tensor.kernel.Terms.either;
import static io.gradus.tensor.kernel.Terms.eq;
import static io.gradus.tensor.kernel.Terms.f32;
import static io.gradus.tensor.kernel.Terms.f64;
import static io.gradus.tensor.kernel.Terms.gt;
import static io.gradus.tensor.kernel.Terms.lt;
import static io.gradus.tensor.kernel.Terms.max;
import static io.gradus.tensor.kernel.Terms.min;
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
import static io.gradus.tensor.kernel.Terms.withSign;
import static io.gradus.tensor.kernel.Terms.x;

import io.gradus.tensor.dtype.ComputeType;

/**
 * {@code f32} functions that are computed in {@code f64} arithmetic and rounded once: those whose
 * conditioning would cost several ulp otherwise. Half as many fit into a vector.
 */
final class WideRecipes {
  private static final double MAGIC = 0x1.8p52;
  private static final double LOG2_E = 1.4426950408889634;
  private static final double HALF_PI = Math.PI / 2;
  private static final long SQRT_HALF = 0x3fe6a09e667f3bcdL;

  private WideRecipes() {}

  /** 2^p for |p| up to 1000, to 35 bits. */
  private static Expr exp2(Expr p) {
    Expr z = add(p, MAGIC);
    Expr r = sub(p, add(z, -MAGIC));
    Expr centre =
        polynomial(
            r,
            0.9999999999616874,
            0.6931471807284938,
            0.24022651198181696,
            0.055504103535360984,
            0.00961802724911946,
            0.0013333922444640708,
            0.00015469292602087007,
            1.520195247779886e-05);
    return mul(centre, number(shl(plus(bits(z), 1023), 52)));
  }

  /** log2 of a positive normal number, to 50 bits. */
  private static Expr log2(Expr a) {
    Expr i = bits(a);
    Expr biased = ushr(plus(i, (1023L << 52) - SQRT_HALF), 52);
    Expr e =
        add(
            number(Expr.of(ScalarOp.OR, biased, num(biased, Double.doubleToRawLongBits(0x1p52)))),
            -(0x1p52 + 1023));
    Expr m = number(sub(i, shl(plus(biased, -1023), 52)));
    Expr t = div(add(m, -1), add(m, 1));
    Expr p =
        polynomial(
            mul(t, t),
            2.885390081777927,
            0.9617966939243139,
            0.5770780172546003,
            0.4121984008291781,
            0.32061646946423983,
            0.2614417470938994,
            0.24294495910095104);
    return Terms.fma(t, p, e);
  }

  static Expr pow() {
    Expr x = x();
    Expr y = Expr.input(1, ComputeType.F32);
    Expr a = f64(abs(x));
    Expr finite = lt(a, Double.POSITIVE_INFINITY);
    Expr logarithm = where(eq(a, 0), Double.NEGATIVE_INFINITY, where(finite, log2(a), a));
    Expr product = max(min(mul(f64(y), logarithm), 200), -200);
    Expr size = f32(exp2(product));

    Expr whole = Expr.of(ScalarOp.EQ, Expr.of(ScalarOp.FLOOR, y), y);
    Expr half = mul(y, 0.5);
    Expr odd = both(whole, Expr.of(ScalarOp.NE, Expr.of(ScalarOp.FLOOR, half), half));
    Expr signed = where(odd, withSign(size, x), size);
    Expr fraction = Expr.of(ScalarOp.NE, Expr.of(ScalarOp.FLOOR, y), y);
    Expr undefined = both(both(lt(x, 0), gt(x, Double.NEGATIVE_INFINITY)), fraction);
    Expr one =
        either(
            either(eq(y, 0), eq(x, 1)), both(eq(abs(x), 1), eq(abs(y), Double.POSITIVE_INFINITY)));
    return where(one, 1, where(undefined, Double.NaN, signed));
  }

  private static Expr exp(Expr a) {
    return exp2(mul(a, LOG2_E));
  }

  static Expr sinh() {
    Expr a = min(f64(abs(x())), 100);
    Expr e = exp(a);
    Expr small =
        mul(
            a,
            polynomial(
                mul(a, a),
                1.000000000045892,
                0.16666666430192437,
                0.008333352600733937,
                0.00019835810684932107,
                2.8185345459258253e-06));
    Expr large = mul(sub(e, div(1, e)), 0.5);
    return withSign(f32(where(lt(a, 1), small, large)), x());
  }

  static Expr cosh() {
    Expr e = exp(min(f64(abs(x())), 100));
    return f32(mul(add(e, div(1, e)), 0.5));
  }

  static Expr atan() {
    Expr a = f64(abs(x()));
    Expr far = gt(a, 1);
    Expr t = where(far, div(1, a), a);
    Expr p =
        mul(
            t,
            polynomial(
                mul(t, t),
                0.9999999999407881,
                -0.333333315673256,
                0.1999991195062373,
                -0.14283979546989659,
                0.11093233165807208,
                -0.08980206137455286,
                0.07245632175853561,
                -0.054277632628339595,
                0.034207961925830435,
                -0.016110526313701364,
                0.004850472266003954,
                -0.0006847122443983844));
    return withSign(f32(where(far, sub(HALF_PI, p), p)), x());
  }

  /**
   * exp(-x²) P(t) / (1 + 2x) with t = (x - 3) / (x + 3) (M. M. Shepherd and J. G. Laframboise,
   * Math. Comp. 36, 1981).
   */
  static Expr erfc() {
    Expr wide = f64(x());
    Expr a = min(abs(wide), 10.18);
    Expr t = div(add(a, -3), add(a, 3));
    Expr p =
        polynomial(
            t,
            1.2530080582662013,
            -0.13562110689706103,
            -0.0475622938724254,
            0.12964520107692684,
            -0.11927365389504331,
            0.06830736722316201,
            -0.02377104667460465,
            0.002533545628809113,
            0.0018942523634760723,
            -0.0007900292162581667,
            -0.000126697222617354,
            0.0001267640067333766,
            3.3122823253188614e-05);
    Expr value = div(mul(exp(neg(mul(a, a))), p), add(mul(a, 2), 1));
    return f32(where(lt(wide, 0), sub(2, value), value));
  }
}
