package io.gradus.op;

import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Sums, products, quotients and copies. */
public final class Arithmetic {
  private static final String BOOL_SUB =
      "Subtraction, the `-` operator, with two bool tensors is not supported; use logicalXor";
  private static final String BOOL_NEG =
      "Negation, the `-` operator, on a bool tensor is not supported; use logicalNot";

  /** a + b. */
  public static final MapOp ADD =
      MapOp.of("add", "AddBackward0", 2, 0, TypeRule.PROMOTE, (in, p, t) -> plus(in[0], in[1]));

  /** a + number. */
  public static final MapOp ADD_NUMBER =
      MapOp.of("add", "AddBackward0", 1, 1, TypeRule.PROMOTE, (in, p, t) -> plus(in[0], p[0]));

  /** a + alpha b. */
  public static final MapOp ADD_SCALED =
      MapOp.of(
          "add",
          "AddBackward0",
          2,
          1,
          TypeRule.PROMOTE,
          (in, p, t) -> plus(in[0], times(p[0], in[1])));

  /** a - b. */
  public static final MapOp SUB =
      MapOp.of(
              "sub",
              "SubBackward0",
              2,
              0,
              TypeRule.PROMOTE,
              (in, p, t) -> Expr.of(ScalarOp.SUB, in[0], in[1]))
          .refusing(Category.BOOL, BOOL_SUB);

  /** a - number. */
  public static final MapOp SUB_NUMBER =
      MapOp.of(
              "sub",
              "SubBackward0",
              1,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> Expr.of(ScalarOp.SUB, in[0], p[0]))
          .refusing(Category.BOOL, BOOL_SUB);

  /** number - a. */
  public static final MapOp RSUB_NUMBER =
      MapOp.of(
              "rsub",
              "RsubBackward1",
              1,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> Expr.of(ScalarOp.SUB, p[0], in[0]))
          .refusing(Category.BOOL, BOOL_SUB);

  /** a * b. */
  public static final MapOp MUL =
      MapOp.of("mul", "MulBackward0", 2, 0, TypeRule.PROMOTE, (in, p, t) -> times(in[0], in[1]));

  /** a * number. */
  public static final MapOp MUL_NUMBER =
      MapOp.of("mul", "MulBackward0", 1, 1, TypeRule.PROMOTE, (in, p, t) -> times(in[0], p[0]));

  /** a / b. */
  public static final MapOp DIV =
      MapOp.of(
          "div",
          "DivBackward0",
          2,
          0,
          TypeRule.FLOAT,
          (in, p, t) -> Expr.of(ScalarOp.DIV, in[0], in[1]));

  /** a / number. */
  public static final MapOp DIV_NUMBER =
      MapOp.of(
          "div",
          "DivBackward0",
          1,
          1,
          TypeRule.FLOAT,
          (in, p, t) -> Expr.of(ScalarOp.DIV, in[0], p[0]));

  /** number / a. */
  public static final MapOp RDIV_NUMBER =
      MapOp.of(
          "reciprocal",
          "MulBackward0",
          1,
          1,
          TypeRule.FLOAT,
          (in, p, t) -> Expr.of(ScalarOp.DIV, p[0], in[0]));

  /** -a. */
  public static final MapOp NEG =
      MapOp.of(
              "neg",
              "NegBackward0",
              1,
              0,
              TypeRule.PROMOTE,
              (in, p, t) -> Expr.of(ScalarOp.NEG, in[0]))
          .refusing(Category.BOOL, BOOL_NEG);

  /** a itself, as new memory. */
  public static final MapOp CLONE =
      MapOp.of("clone", "CloneBackward0", 1, 0, TypeRule.PROMOTE, (in, p, t) -> in[0]);

  /** a in another dtype. */
  public static final MapOp CONVERT =
      MapOp.of("to", "ToCopyBackward0", 1, 0, TypeRule.PROMOTE, (in, p, t) -> in[0]);

  /** a into existing memory. */
  public static final MapOp COPY =
      MapOp.of("copy_", "CopyBackwards", 1, 0, TypeRule.PROMOTE, (in, p, t) -> in[0]);

  private Arithmetic() {}

  private static Expr plus(Expr a, Expr b) {
    return Expr.of(ScalarOp.ADD, a, b);
  }

  private static Expr times(Expr a, Expr b) {
    return Expr.of(ScalarOp.MUL, a, b);
  }
}
