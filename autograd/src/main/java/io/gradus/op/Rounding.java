package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** To whole numbers, and tests of bits; whole numbers stay as they are. */
public final class Rounding {
  /** Down. */
  public static final MapOp FLOOR = of("floor", "FloorBackward0", ScalarOp.FLOOR);

  /** Up. */
  public static final MapOp CEIL = of("ceil", "CeilBackward0", ScalarOp.CEIL);

  /** To the nearest, ties to even. */
  public static final MapOp ROUND = of("round", "RoundBackward0", ScalarOp.ROUND);

  /** Toward zero. */
  public static final MapOp TRUNC = of("trunc", "TruncBackward0", ScalarOp.TRUNC);

  /** What {@link #TRUNC} takes away. */
  public static final MapOp FRAC =
      MapOp.of(
              "frac",
              "FracBackward0",
              1,
              0,
              TypeRule.PROMOTE,
              (in, p, t) -> minus(in[0], Expr.of(ScalarOp.TRUNC, in[0])))
          .floating();

  /** To a multiple of 1 / number: decimals after the point. */
  public static final MapOp ROUND_FRACTION =
      MapOp.of(
              "round",
              "RoundBackward1",
              1,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> over(Expr.of(ScalarOp.ROUND, times(in[0], p[0])), p[0]))
          .settings(1)
          .floating();

  /** To a multiple of a number: decimals before the point. */
  public static final MapOp ROUND_MULTIPLE =
      MapOp.of(
              "round",
              "RoundBackward1",
              1,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> times(Expr.of(ScalarOp.ROUND, over(in[0], p[0])), p[0]))
          .settings(1)
          .floating();

  /** Whether the sign bit is set, as in -0. */
  public static final MapOp SIGNBIT =
      MapOp.of("signbit", "", 1, 0, TypeRule.BOOL, (in, p, t) -> signbit(in[0], t));

  private Rounding() {}

  private static MapOp of(String name, String gradName, ScalarOp op) {
    return MapOp.of(
            name,
            gradName,
            1,
            0,
            TypeRule.PROMOTE,
            (in, p, t) -> t.isFloating() ? Expr.of(op, in[0]) : in[0])
        .unimplemented(Category.BOOL);
  }

  private static Expr signbit(Expr a, DType t) {
    if (!t.isFloating()) {
      return lt(a, zero(a));
    }
    Expr bits = Expr.of(ScalarOp.TO_BITS, a);
    return lt(bits, zero(bits));
  }
}
