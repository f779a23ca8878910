package io.gradus.tensor.kernel;

import static io.gradus.tensor.kernel.Terms.add;
import static io.gradus.tensor.kernel.Terms.and;
import static io.gradus.tensor.kernel.Terms.f32;
import static io.gradus.tensor.kernel.Terms.fma;
import static io.gradus.tensor.kernel.Terms.i64;
import static io.gradus.tensor.kernel.Terms.mul;
import static io.gradus.tensor.kernel.Terms.plus;
import static io.gradus.tensor.kernel.Terms.ushr;

import io.gradus.tensor.dtype.ComputeType;
import java.util.List;

/**
 * Normally distributed {@code f32} numbers, in one place so that a backend can tell their program
 * from others: equal programs are the same object. A backend may run it as it runs any other.
 */
public final class NormalNumbers {
  /**
   * Numbers along one axis. Params: seed, stream, mean, deviation, and the distance from one number
   * to the next in those of the stream.
   */
  public static final Program LINE = Program.of(List.of(), line());

  private NormalNumbers() {}

  /**
   * A standard normal number from two random words, after G. E. P. Box and M. E. Muller, "A Note on
   * the Generation of Random Normal Deviates", Ann. Math. Statist. 29, 1958; the cosine only.
   */
  public static Expr of(Expr first, Expr second) {
    Expr radius = fma(f32(and(i64(first), 0xffffffffL)), 0x1p-32, 0x1p-33);
    Expr turn = mul(f32(ushr(second, 8)), 0x1p-24);
    Expr length = Expr.of(ScalarOp.SQRT, mul(Expr.of(ScalarOp.LOG, radius), -2));
    return mul(length, Expr.of(ScalarOp.COS, mul(turn, 2 * Math.PI)));
  }

  private static Expr line() {
    Expr at = mul(Expr.index(0), Expr.param(4, ComputeType.I64));
    Expr pair = add(at, at);
    Expr standard = of(word(pair), word(plus(pair, 1)));
    Expr wide = mul(standard, Expr.param(3, ComputeType.F32));
    return add(wide, Expr.param(2, ComputeType.F32));
  }

  private static Expr word(Expr index) {
    return Expr.of(
        ScalarOp.PHILOX, index, Expr.param(0, ComputeType.I64), Expr.param(1, ComputeType.I64));
  }
}
