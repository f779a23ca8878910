package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Sums, products, powers and copies. */
public final class Arithmetic {
  private static final String BOOL_SUB =
      "Subtraction, the `-` operator, with a bool tensor is not supported; use logicalXor or"
          + " logicalNot";

  /** a + b. */
  public static final MapOp ADD = binary("add", "AddBackward0", ScalarOp.ADD);

  /** a + number. */
  public static final MapOp ADD_NUMBER =
      number("add", "AddBackward0", ScalarOp.ADD).roundingNumbers();

  /** a + alpha b. */
  public static final MapOp ADD_SCALED =
      MapOp.of(
              "add",
              "AddBackward0",
              2,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> plus(in[0], times(p[0], in[1])))
          .settings(1);

  /** a - b. */
  public static final MapOp SUB =
      binary("sub", "SubBackward0", ScalarOp.SUB)
          .refusing(Category.BOOL, BOOL_SUB)
          .refusingBoolOperands(BOOL_SUB);

  /** a - number. */
  public static final MapOp SUB_NUMBER =
      number("sub", "SubBackward0", ScalarOp.SUB).refusingBoolOperands(BOOL_SUB).roundingNumbers();

  /** a - alpha b. */
  public static final MapOp SUB_SCALED =
      MapOp.of(
              "sub",
              "SubBackward0",
              2,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> minus(in[0], times(p[0], in[1])))
          .settings(1)
          .refusingBoolOperands(BOOL_SUB);

  /** number - a. */
  public static final MapOp RSUB_NUMBER =
      MapOp.of("rsub", "RsubBackward1", 1, 1, TypeRule.PROMOTE, (in, p, t) -> minus(p[0], in[0]))
          .refusingBoolOperands(BOOL_SUB)
          .roundingNumbers();

  /** a * b. */
  public static final MapOp MUL = binary("mul", "MulBackward0", ScalarOp.MUL);

  /** a * number. */
  public static final MapOp MUL_NUMBER = number("mul", "MulBackward0", ScalarOp.MUL);

  /** -a. */
  public static final MapOp NEG =
      unary("neg", "NegBackward0", ScalarOp.NEG)
          .refusing(
              Category.BOOL,
              "Negation, the `-` operator, on a bool tensor is not supported; use logicalNot");

  /** |a|. */
  public static final MapOp ABS =
      unary("abs", "AbsBackward0", ScalarOp.ABS).unimplemented(Category.BOOL);

  /** 0, or pi below 0; NaN stays. */
  public static final MapOp ANGLE =
      MapOp.of(
          "angle",
          "AngleBackward0",
          1,
          0,
          TypeRule.FLOAT,
          (in, p, t) ->
              where(
                  lt(in[0], zero(in[0])),
                  k(in[0], Math.PI),
                  // Rounded down NaN is NaN, without a gradient.
                  where(isNan(in[0]), Expr.of(ScalarOp.FLOOR, in[0]), zero(in[0]))));

  /** a itself. */
  public static final MapOp POSITIVE =
      MapOp.of("positive", "AliasBackward0", 1, 0, TypeRule.PROMOTE, (in, p, t) -> in[0])
          .refusing(Category.BOOL, "The `+` operator, on a bool tensor is not supported");

  /** -1, 0 or 1; 0 for NaN. */
  public static final MapOp SIGN = signOf("sign", "SignBackward0");

  /** As {@link #SIGN}: the numbers here are real. */
  public static final MapOp SGN = signOf("sgn", "SgnBackward0");

  /** a to the power b. */
  public static final MapOp POW =
      binary("pow", "PowBackward1", ScalarOp.POW).unimplemented(Category.BOOL);

  /** a to the power of a number. */
  public static final MapOp POW_NUMBER =
      number("pow", "PowBackward0", ScalarOp.POW).unimplemented(Category.BOOL).roundingNumbers();

  /** A number to the power a. */
  public static final MapOp RPOW_NUMBER =
      MapOp.of(
              "pow",
              "PowBackward2",
              1,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> Expr.of(ScalarOp.POW, p[0], in[0]))
          .unimplemented(Category.BOOL);

  /** a squared: the power 2, at the cost of a product. */
  public static final MapOp SQUARE =
      MapOp.of("square", "PowBackward0", 1, 0, TypeRule.PROMOTE, (in, p, t) -> times(in[0], in[0]));

  /** a + value b c. */
  public static final MapOp ADDCMUL =
      MapOp.of(
              "addcmul",
              "AddcmulBackward0",
              3,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> plus(in[0], times(times(p[0], in[1]), in[2])))
          .settings(1)
          .unimplemented(Category.BOOL);

  /** a + value b / c. */
  public static final MapOp ADDCDIV =
      MapOp.of(
              "addcdiv",
              "AddcdivBackward0",
              3,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> plus(in[0], over(times(p[0], in[1]), in[2])))
          .settings(1)
          .floating();

  /** From a to b by a weight. */
  public static final MapOp LERP =
      MapOp.of(
              "lerp",
              "LerpBackward1",
              3,
              0,
              TypeRule.PROMOTE,
              (in, p, t) -> between(in[0], in[1], in[2]))
          .floating();

  /** From a to b by a number. */
  public static final MapOp LERP_NUMBER =
      MapOp.of(
              "lerp",
              "LerpBackward0",
              2,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> between(in[0], in[1], p[0]))
          .settings(1)
          .floating();

  /** sqrt(a² + b²) without overflow on the way. */
  public static final MapOp HYPOT =
      MapOp.of("hypot", "HypotBackward0", 2, 0, TypeRule.PROMOTE, (in, p, t) -> hypot(in[0], in[1]))
          .floating();

  /** Magnitude of a with the sign of b. */
  public static final MapOp COPYSIGN =
      MapOp.of(
          "copysign",
          "CopysignBackward0",
          2,
          0,
          TypeRule.FLOAT,
          (in, p, t) -> Expr.of(ScalarOp.COPYSIGN, in[0], in[1]));

  /** Magnitude of a with the sign of a number. */
  public static final MapOp COPYSIGN_NUMBER =
      MapOp.of(
          "copysign",
          "CopysignBackward1",
          1,
          1,
          TypeRule.FLOAT,
          (in, p, t) -> Expr.of(ScalarOp.COPYSIGN, in[0], p[0]));

  /** The next number after a in the direction of b. */
  public static final MapOp NEXTAFTER =
      MapOp.of(
              "nextafter",
              "NextafterBackward0",
              2,
              0,
              TypeRule.PROMOTE,
              (in, p, t) -> Neighbours.next(in[0], in[1], t))
          .floating();

  /** 0 below 0, 1 above, b at 0. */
  public static final MapOp HEAVISIDE =
      MapOp.of(
          "heaviside",
          "HeavisideBackward0",
          2,
          0,
          TypeRule.PROMOTE,
          (in, p, t) ->
              where(
                  eq(in[0], zero(in[0])),
                  in[1],
                  where(gt(in[0], zero(in[0])), one(in[0]), zero(in[0]))));

  /** a itself, as new memory. */
  public static final MapOp CLONE =
      MapOp.of("clone", "CloneBackward0", 1, 0, TypeRule.PROMOTE, (in, p, t) -> in[0]);

  /** a in another dtype. */
  public static final MapOp CONVERT =
      MapOp.of("to", "ToCopyBackward0", 1, 0, TypeRule.PROMOTE, (in, p, t) -> in[0]);

  /** One element into existing memory. */
  public static final MapOp FILL =
      MapOp.of("fill_", "FillBackward3", 1, 0, TypeRule.PROMOTE, (in, p, t) -> in[0]);

  /** a into existing memory. */
  public static final MapOp COPY =
      MapOp.of("copy_", "CopyBackwards", 1, 0, TypeRule.PROMOTE, (in, p, t) -> in[0]);

  private Arithmetic() {}

  private static MapOp unary(String name, String gradName, ScalarOp op) {
    return MapOp.of(name, gradName, 1, 0, TypeRule.PROMOTE, (in, p, t) -> Expr.of(op, in[0]));
  }

  private static MapOp binary(String name, String gradName, ScalarOp op) {
    return MapOp.of(
        name, gradName, 2, 0, TypeRule.PROMOTE, (in, p, t) -> Expr.of(op, in[0], in[1]));
  }

  private static MapOp number(String name, String gradName, ScalarOp op) {
    return MapOp.of(name, gradName, 1, 1, TypeRule.PROMOTE, (in, p, t) -> Expr.of(op, in[0], p[0]));
  }

  private static MapOp signOf(String name, String gradName) {
    return MapOp.of(
        name,
        gradName,
        1,
        0,
        TypeRule.PROMOTE,
        (in, p, t) -> {
          Expr sign = Expr.of(ScalarOp.SIGN, in[0]);
          return t.isFloating() ? where(isNan(in[0]), zero(in[0]), sign) : sign;
        });
  }

  /** From the nearer end, so that a weight of 1 gives exactly b. */
  private static Expr between(Expr a, Expr b, Expr w) {
    Expr d = minus(b, a);
    return where(lt(abs(w), k(w, 0.5)), plus(a, times(w, d)), minus(b, times(d, minus(one(w), w))));
  }

  /** IEEE 754: infinite where an operand is, even if the other is NaN. */
  private static Expr hypot(Expr a, Expr b) {
    Expr infinite = or(eq(abs(a), Double.POSITIVE_INFINITY), eq(abs(b), Double.POSITIVE_INFINITY));
    return where(infinite, k(a, Double.POSITIVE_INFINITY), length(a, b));
  }

  private static Expr length(Expr a, Expr b) {
    if (a.type() == ComputeType.F32) {
      Expr x = Expr.cast(ComputeType.F64.dtype(), a);
      Expr y = Expr.cast(ComputeType.F64.dtype(), b);
      return Expr.cast(
          ComputeType.F32.dtype(), Expr.of(ScalarOp.SQRT, plus(times(x, x), times(y, y))));
    }
    // Scaled by the larger one; a power of two would be exact, but costs more than it gains. Which
    // one is larger is a condition and not a maximum, whose slope would be shared by equals.
    Expr first = ge(abs(a), abs(b));
    Expr large = where(first, a, b);
    Expr small = where(first, b, a);
    Expr none = eq(large, 0);
    Expr unscaled = or(none, eq(abs(large), Double.POSITIVE_INFINITY));
    Expr q = over(where(unscaled, zero(small), small), where(unscaled, one(large), large));
    Expr scaled = times(abs(large), sqrt(plus(times(q, q), 1)));
    // NaN has no larger one; at 0 there is no slope: sqrt finds NaN for it, as PyTorch does.
    Expr odd = or(none, or(isNan(a), isNan(b)));
    Expr x = where(odd, a, one(a));
    Expr y = where(odd, b, one(b));
    return where(odd, sqrt(plus(times(x, x), times(y, y))), scaled);
  }
}
