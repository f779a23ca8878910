package io.gradus.tensor.kernel;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;

/** Short names for building recipes. Constants take the type of the expression beside them. */
final class Terms {
  private Terms() {}

  static Expr num(Expr like, double value) {
    return Expr.constant(like.type(), value);
  }

  static Expr num(Expr like, long value) {
    return Expr.constant(like.type(), value);
  }

  static Expr add(Expr a, Expr b) {
    return Expr.of(ScalarOp.ADD, a, b);
  }

  static Expr add(Expr a, double b) {
    return add(a, num(a, b));
  }

  static Expr plus(Expr a, long b) {
    return add(a, num(a, b));
  }

  static Expr sub(Expr a, Expr b) {
    return Expr.of(ScalarOp.SUB, a, b);
  }

  static Expr sub(double a, Expr b) {
    return sub(num(b, a), b);
  }

  static Expr mul(Expr a, Expr b) {
    return Expr.of(ScalarOp.MUL, a, b);
  }

  static Expr mul(Expr a, double b) {
    return mul(a, num(a, b));
  }

  static Expr div(Expr a, Expr b) {
    return Expr.of(ScalarOp.DIV, a, b);
  }

  static Expr div(double a, Expr b) {
    return div(num(b, a), b);
  }

  static Expr fma(Expr a, Expr b, Expr c) {
    return Expr.of(ScalarOp.FMA, a, b, c);
  }

  static Expr fma(Expr a, double b, Expr c) {
    return fma(a, num(a, b), c);
  }

  static Expr fma(Expr a, double b, double c) {
    return fma(a, num(a, b), num(a, c));
  }

  static Expr abs(Expr a) {
    return Expr.of(ScalarOp.ABS, a);
  }

  static Expr neg(Expr a) {
    return Expr.of(ScalarOp.NEG, a);
  }

  static Expr min(Expr a, double b) {
    return Expr.of(ScalarOp.MIN, a, num(a, b));
  }

  static Expr max(Expr a, double b) {
    return Expr.of(ScalarOp.MAX, a, num(a, b));
  }

  static Expr withSign(Expr magnitude, Expr sign) {
    return Expr.of(ScalarOp.COPYSIGN, magnitude, sign);
  }

  static Expr lt(Expr a, double b) {
    return Expr.of(ScalarOp.LT, a, num(a, b));
  }

  static Expr gt(Expr a, double b) {
    return Expr.of(ScalarOp.GT, a, num(a, b));
  }

  static Expr eq(Expr a, double b) {
    return Expr.of(ScalarOp.EQ, a, num(a, b));
  }

  static Expr both(Expr a, Expr b) {
    return Expr.of(ScalarOp.AND, a, b);
  }

  static Expr either(Expr a, Expr b) {
    return Expr.of(ScalarOp.OR, a, b);
  }

  static Expr where(Expr condition, Expr a, Expr b) {
    return Expr.where(condition, a, b);
  }

  static Expr where(Expr condition, double a, Expr b) {
    return Expr.where(condition, num(b, a), b);
  }

  static Expr bits(Expr a) {
    return Expr.of(ScalarOp.TO_BITS, a);
  }

  static Expr number(Expr a) {
    return Expr.of(ScalarOp.FROM_BITS, a);
  }

  static Expr and(Expr a, long b) {
    return Expr.of(ScalarOp.AND, a, num(a, b));
  }

  static Expr shl(Expr a, long b) {
    return Expr.of(ScalarOp.SHL, a, num(a, b));
  }

  static Expr shr(Expr a, long b) {
    return Expr.of(ScalarOp.SHR, a, num(a, b));
  }

  static Expr ushr(Expr a, long b) {
    return Expr.of(ScalarOp.USHR, a, num(a, b));
  }

  static Expr f32(Expr a) {
    return Expr.cast(DType.F32, a);
  }

  static Expr f64(Expr a) {
    return Expr.cast(DType.F64, a);
  }

  static Expr i64(Expr a) {
    return Expr.cast(DType.I64, a);
  }

  /** The sum of {@code c[k] x^k} by Horner's rule with fused steps. */
  static Expr polynomial(Expr x, double... c) {
    Expr sum = num(x, c[c.length - 1]);
    for (int k = c.length - 2; k >= 0; k--) {
      sum = fma(sum, x, num(x, c[k]));
    }
    return sum;
  }

  /** Input 0 of an {@code f32} recipe. */
  static Expr x() {
    return Expr.input(0, ComputeType.F32);
  }
}
