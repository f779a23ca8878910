package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Neighbouring numbers of the half formats, which kernels compute as {@code f32}. */
final class Neighbours {
  private Neighbours() {}

  /** The number after {@code a} toward {@code b} that {@code t} can hold. */
  static Expr next(Expr a, Expr b, DType t) {
    return switch (t) {
      case F32, F64 -> Expr.of(ScalarOp.NEXTAFTER, a, b);
      // bf16 is the upper half of f32: its neighbours are 2^16 patterns away.
      case BF16 -> step(a, b, integer(1 << 16), 0x1p-133);
      // Below 2^-14 f16 is spaced evenly; above, its patterns are 2^13 apart.
      case F16 -> {
        Expr even = plus(a, where(gt(b, a), k(a, 0x1p-24), k(a, -0x1p-24)));
        Expr moved = step(a, b, integer(1 << 13), 0x1p-24);
        Expr toward = or(le(abs(a), k(a, 0x1p-14 - 0x1p-24)), isNan(a));
        Expr boundary = and(eq(abs(a), 0x1p-14), lt(abs(even), abs(a)));
        Expr top = and(eq(abs(a), 65504), gt(abs(moved), abs(a)));
        Expr infinite = Expr.of(ScalarOp.COPYSIGN, k(a, Double.POSITIVE_INFINITY), a);
        Expr fromInfinity = and(eq(abs(a), Double.POSITIVE_INFINITY), ne(a, b));
        Expr r = where(or(toward, boundary), even, where(top, infinite, moved));
        r = where(fromInfinity, Expr.of(ScalarOp.COPYSIGN, k(a, 65504), a), r);
        yield where(eq(a, b), b, where(isNan(b), b, r));
      }
      case U8, I8, I16, I32, I64, BOOL ->
          throw new IllegalArgumentException("no neighbours in " + t);
    };
  }

  private static Expr integer(long value) {
    return Expr.constant(ComputeType.I32, value);
  }

  private static Expr step(Expr a, Expr b, Expr patterns, double smallest) {
    Expr bits = Expr.of(ScalarOp.TO_BITS, a);
    Expr away = eq(gt(b, a), gt(a, zero(a)));
    Expr moved = where(away, plus(bits, patterns), minus(bits, patterns));
    Expr fromZero = where(gt(b, a), k(a, smallest), k(a, -smallest));
    Expr r = where(eq(a, 0), fromZero, Expr.of(ScalarOp.FROM_BITS, moved));
    return where(eq(a, b), b, where(isNan(b), b, where(isNan(a), a, r)));
  }
}
