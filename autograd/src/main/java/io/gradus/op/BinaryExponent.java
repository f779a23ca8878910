package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Mantissa and exponent from the bits of {@code f64}, which holds all other floats exactly. */
public final class BinaryExponent {
  private static final ConcurrentHashMap<DType, MapProgram> SPLIT = new ConcurrentHashMap<>();

  private BinaryExponent() {}

  /** The program of a floating dtype: the mantissa in that dtype, then the exponent as i32. */
  public static MapProgram split(DType dtype) {
    return SPLIT.computeIfAbsent(dtype, BinaryExponent::build);
  }

  private static MapProgram build(DType dtype) {
    Expr a = Expr.input(0, dtype.compute());
    Expr x = wide(a);
    Expr plain = or(eq(x, 0), or(isNan(x), eq(abs(x), Double.POSITIVE_INFINITY)));
    // Below the normal range there are no exponent bits: 2^54 times as much is within.
    Expr below = and(lt(abs(x), k(x, Double.MIN_NORMAL)), ne(x, zero(x)));
    Expr raised = times(x, where(below, k(x, 0x1p54), one(x)));
    Expr bits = Expr.of(ScalarOp.TO_BITS, raised);
    Expr field = and(Expr.of(ScalarOp.USHR, bits, integer(52)), integer(0x7ff));
    Expr biased = where(plain, integer(1022), field);
    // 2^(1024 - e) has such bits for every e; a quarter of the product is the mantissa.
    Expr power =
        Expr.of(
            ScalarOp.FROM_BITS, Expr.of(ScalarOp.SHL, minus(integer(2047), biased), integer(52)));
    Expr mantissa = times(times(raised, power), 0.25);
    Expr exponent = minus(biased, where(below, integer(1022 + 54), integer(1022)));
    Program program =
        Program.of(
            List.of(dtype.compute()),
            List.of(Expr.cast(dtype.compute().dtype(), mantissa), Expr.cast(DType.I32, exponent)));
    return new MapProgram("FrexpBackward0", program, List.of(dtype, DType.I32));
  }

  private static Expr integer(long value) {
    return Expr.constant(ComputeType.I64, value);
  }
}
