package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Truth values and bits. */
public final class Logic {
  /** Whether both are not 0. */
  public static final MapOp LOGICAL_AND = logical("logical_and", ScalarOp.AND);

  /** Whether either is not 0. */
  public static final MapOp LOGICAL_OR = logical("logical_or", ScalarOp.OR);

  /** Whether exactly one is not 0. */
  public static final MapOp LOGICAL_XOR = logical("logical_xor", ScalarOp.XOR);

  /** Whether it is 0. */
  public static final MapOp LOGICAL_NOT =
      MapOp.of("logical_not", "", 1, 0, TypeRule.BOOL, (in, p, t) -> eq(in[0], zero(in[0])));

  /** Bits set in both. */
  public static final MapOp AND = bitwise("bitwise_and", ScalarOp.AND);

  /** Bits set in both, of a number. */
  public static final MapOp AND_NUMBER = bitwiseNumber("bitwise_and", ScalarOp.AND);

  /** Bits set in either. */
  public static final MapOp OR = bitwise("bitwise_or", ScalarOp.OR);

  /** Bits set in either, of a number. */
  public static final MapOp OR_NUMBER = bitwiseNumber("bitwise_or", ScalarOp.OR);

  /** Bits set in exactly one. */
  public static final MapOp XOR = bitwise("bitwise_xor", ScalarOp.XOR);

  /** Bits set in exactly one, of a number. */
  public static final MapOp XOR_NUMBER = bitwiseNumber("bitwise_xor", ScalarOp.XOR);

  /** Bits not set; for bool, not. */
  public static final MapOp NOT =
      MapOp.of(
              "bitwise_not",
              "",
              1,
              0,
              TypeRule.PROMOTE,
              (in, p, t) ->
                  t.category() == Category.BOOL
                      ? eq(in[0], zero(in[0]))
                      : Expr.of(ScalarOp.NOT, in[0]))
          .unimplemented(Category.FLOAT);

  /** Bits moved up. */
  public static final MapOp SHL = shift("lshift", ScalarOp.SHL);

  /** Bits moved up by a number. */
  public static final MapOp SHL_NUMBER = shiftNumber("lshift", ScalarOp.SHL);

  /** Bits moved down, keeping the sign. */
  public static final MapOp SHR = shift("rshift", ScalarOp.SHR);

  /** Bits moved down by a number, keeping the sign. */
  public static final MapOp SHR_NUMBER = shiftNumber("rshift", ScalarOp.SHR);

  private Logic() {}

  private static MapOp logical(String name, ScalarOp op) {
    return MapOp.of(
        name,
        "",
        2,
        0,
        TypeRule.BOOL,
        (in, p, t) -> Expr.of(op, ne(in[0], zero(in[0])), ne(in[1], zero(in[1]))));
  }

  private static MapOp bitwise(String name, ScalarOp op) {
    return MapOp.of(name, "", 2, 0, TypeRule.PROMOTE, (in, p, t) -> Expr.of(op, in[0], in[1]))
        .unimplemented(Category.FLOAT);
  }

  private static MapOp bitwiseNumber(String name, ScalarOp op) {
    return MapOp.of(name, "", 1, 1, TypeRule.PROMOTE, (in, p, t) -> Expr.of(op, in[0], p[0]))
        .unimplemented(Category.FLOAT);
  }

  private static MapOp shift(String name, ScalarOp op) {
    return bitwise(name, op).unimplemented(Category.BOOL);
  }

  private static MapOp shiftNumber(String name, ScalarOp op) {
    return bitwiseNumber(name, op).unimplemented(Category.BOOL);
  }
}
