package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Comparisons and tests; the results are bool. */
public final class Comparisons {
  /** a = b. */
  public static final MapOp EQ = binary("eq", ScalarOp.EQ);

  /** a = number. */
  public static final MapOp EQ_NUMBER = number("eq", ScalarOp.EQ);

  /** a differs from b. */
  public static final MapOp NE = binary("ne", ScalarOp.NE);

  /** a differs from number. */
  public static final MapOp NE_NUMBER = number("ne", ScalarOp.NE);

  /** a &lt; b. */
  public static final MapOp LT = binary("lt", ScalarOp.LT);

  /** a &lt; number. */
  public static final MapOp LT_NUMBER = number("lt", ScalarOp.LT);

  /** a &lt;= b. */
  public static final MapOp LE = binary("le", ScalarOp.LE);

  /** a &lt;= number. */
  public static final MapOp LE_NUMBER = number("le", ScalarOp.LE);

  /** a &gt; b. */
  public static final MapOp GT = binary("gt", ScalarOp.GT);

  /** a &gt; number. */
  public static final MapOp GT_NUMBER = number("gt", ScalarOp.GT);

  /** a &gt;= b. */
  public static final MapOp GE = binary("ge", ScalarOp.GE);

  /** a &gt;= number. */
  public static final MapOp GE_NUMBER = number("ge", ScalarOp.GE);

  /** Whether a is NaN. */
  public static final MapOp ISNAN =
      MapOp.of("isnan", "", 1, 0, TypeRule.BOOL, (in, p, t) -> isNan(in[0]));

  /** Whether a is inf or -inf. */
  public static final MapOp ISINF = test("isinf", a -> eq(abs(a), Double.POSITIVE_INFINITY), false);

  /** Whether a is neither infinite nor NaN. */
  public static final MapOp ISFINITE =
      test("isfinite", a -> lt(abs(a), k(a, Double.POSITIVE_INFINITY)), true);

  /** Whether a is inf. */
  public static final MapOp ISPOSINF =
      test("isposinf", a -> eq(a, Double.POSITIVE_INFINITY), false);

  /** Whether a is -inf. */
  public static final MapOp ISNEGINF =
      test("isneginf", a -> eq(a, Double.NEGATIVE_INFINITY), false);

  /** True. */
  public static final MapOp ISREAL =
      MapOp.of("isreal", "", 1, 0, TypeRule.BOOL, (in, p, t) -> constant(true));

  /** Whether |a - b| is at most atol + rtol |b| for numbers (rtol, atol); floating operands. */
  public static final MapOp ISCLOSE =
      MapOp.of("isclose", "", 2, 2, TypeRule.BOOL, (in, p, t) -> close(in, p)).settings(2);

  /** As {@link #ISCLOSE}, and NaN is close to NaN. */
  public static final MapOp ISCLOSE_NAN =
      MapOp.of(
              "isclose",
              "",
              2,
              2,
              TypeRule.BOOL,
              (in, p, t) -> or(close(in, p), and(isNan(in[0]), isNan(in[1]))))
          .settings(2);

  private interface Test {
    Expr of(Expr a);
  }

  private Comparisons() {}

  private static MapOp binary(String name, ScalarOp op) {
    return MapOp.of(name, "", 2, 0, TypeRule.BOOL, (in, p, t) -> Expr.of(op, in[0], in[1]));
  }

  private static MapOp number(String name, ScalarOp op) {
    return MapOp.of(name, "", 1, 1, TypeRule.BOOL, (in, p, t) -> Expr.of(op, in[0], p[0]));
  }

  private static Expr close(Expr[] in, Expr[] p) {
    Expr apart = abs(minus(in[0], in[1]));
    Expr allowed = plus(p[1], abs(times(p[0], in[1])));
    Expr finite = lt(apart, k(apart, Double.POSITIVE_INFINITY));
    return or(eq(in[0], in[1]), and(finite, le(apart, allowed)));
  }

  private static MapOp test(String name, Test body, boolean whole) {
    return MapOp.of(
        name,
        "",
        1,
        0,
        TypeRule.BOOL,
        (in, p, t) -> t.isFloating() ? body.of(in[0]) : constant(whole));
  }

  private static Expr constant(boolean value) {
    return Expr.constant(ComputeType.I32, value ? 1L : 0L);
  }
}
