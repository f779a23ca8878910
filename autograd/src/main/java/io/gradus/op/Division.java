package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Quotients and remainders, with the roundings that PyTorch gives them. */
public final class Division {
  private interface Quotient {
    Expr of(Expr a, Expr b, DType t);
  }

  /** a / b. */
  public static final MapOp DIV =
      binary("div", "DivBackward0", TypeRule.FLOAT, (a, b, t) -> over(a, b));

  /** a / number. */
  public static final MapOp DIV_NUMBER =
      number("div", "DivBackward0", TypeRule.FLOAT, (a, b, t) -> over(a, b));

  /** number / a. */
  public static final MapOp RDIV_NUMBER =
      MapOp.of("div", "MulBackward0", 1, 1, TypeRule.FLOAT, (in, p, t) -> over(p[0], in[0]));

  /** 1 / a. */
  public static final MapOp RECIPROCAL =
      MapOp.of(
          "reciprocal",
          "ReciprocalBackward0",
          1,
          0,
          TypeRule.FLOAT,
          (in, p, t) -> over(one(in[0]), in[0]));

  /** a / b rounded down. */
  public static final MapOp FLOOR = whole("div_floor", "DivBackward1", Division::floor);

  /** a / number rounded down. */
  public static final MapOp FLOOR_NUMBER =
      wholeNumber("div_floor", "DivBackward1", Division::floor);

  /** number / a rounded down. */
  public static final MapOp RFLOOR_NUMBER =
      MapOp.of(
              "div_floor",
              "DivBackward1",
              1,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> floor(p[0], in[0], t))
          .dividingNumber()
          .unimplemented(Category.BOOL);

  /** a / b rounded toward zero. */
  public static final MapOp TRUNC = whole("div_trunc", "DivBackward1", Division::trunc);

  /** a / number rounded toward zero. */
  public static final MapOp TRUNC_NUMBER =
      wholeNumber("div_trunc", "DivBackward1", Division::trunc);

  /** What {@link #FLOOR} leaves; has the sign of the divisor. */
  public static final MapOp REMAINDER =
      whole("remainder", "RemainderBackward1", Division::remainder);

  /** What {@link #FLOOR_NUMBER} leaves. */
  public static final MapOp REMAINDER_NUMBER =
      wholeNumber("remainder", "RemainderBackward0", Division::remainder);

  /** What {@link #TRUNC} leaves; has the sign of the dividend. */
  public static final MapOp FMOD =
      whole("fmod", "FmodBackward1", (a, b, t) -> Expr.of(ScalarOp.FMOD, a, b));

  /** What {@link #TRUNC_NUMBER} leaves. */
  public static final MapOp FMOD_NUMBER =
      wholeNumber("fmod", "FmodBackward0", (a, b, t) -> Expr.of(ScalarOp.FMOD, a, b));

  private Division() {}

  private static MapOp binary(String name, String gradName, TypeRule rule, Quotient q) {
    return MapOp.of(name, gradName, 2, 0, rule, (in, p, t) -> q.of(in[0], in[1], t));
  }

  private static MapOp number(String name, String gradName, TypeRule rule, Quotient q) {
    return MapOp.of(name, gradName, 1, 1, rule, (in, p, t) -> q.of(in[0], p[0], t));
  }

  private static MapOp whole(String name, String gradName, Quotient q) {
    return binary(name, gradName, TypeRule.PROMOTE, q).dividing().unimplemented(Category.BOOL);
  }

  private static MapOp wholeNumber(String name, String gradName, Quotient q) {
    return number(name, gradName, TypeRule.PROMOTE, q).dividing().unimplemented(Category.BOOL);
  }

  private static Expr trunc(Expr a, Expr b, DType t) {
    // The quotient of halves is a half before it is truncated, as in PyTorch.
    return a.type().isFloating()
        ? Expr.of(ScalarOp.TRUNC, Expr.cast(t, over(a, b)))
        : Expr.of(ScalarOp.IDIV, a, b);
  }

  /** Whether a remainder points away from the divisor. */
  private static Expr wrongSign(Expr rest, Expr b) {
    return and(ne(rest, zero(rest)), xor(lt(b, zero(b)), lt(rest, zero(rest))));
  }

  private static Expr remainder(Expr a, Expr b, DType t) {
    Expr rest = Expr.of(ScalarOp.FMOD, a, b);
    return where(wrongSign(rest, b), plus(rest, b), rest);
  }

  /** As Python: exact where the quotient is, and never off by one from rounding. */
  private static Expr floor(Expr a, Expr b, DType t) {
    if (!a.type().isFloating()) {
      Expr q = Expr.of(ScalarOp.IDIV, a, b);
      Expr rest = minus(a, times(q, b));
      return where(wrongSign(rest, b), minus(q, one(q)), q);
    }
    Expr rest = Expr.of(ScalarOp.FMOD, a, b);
    Expr exact = over(minus(a, rest), b);
    Expr q = where(wrongSign(rest, b), minus(exact, one(exact)), exact);
    Expr down = Expr.of(ScalarOp.FLOOR, q);
    Expr near = where(gt(minus(q, down), k(q, 0.5)), plus(down, 1), down);
    Expr signed = Expr.of(ScalarOp.COPYSIGN, zero(a), over(a, b));
    // Rounding has no slope; the detour through FLOOR keeps derivation from finding one.
    Expr unbounded = Expr.of(ScalarOp.FLOOR, over(a, b));
    return where(eq(b, 0), unbounded, where(eq(q, 0), signed, Expr.of(ScalarOp.FLOOR, near)));
  }

  /** The operation that {@code div} with a rounding mode is. */
  public static MapOp rounded(boolean down, boolean byNumber) {
    return down ? byNumber ? FLOOR_NUMBER : FLOOR : byNumber ? TRUNC_NUMBER : TRUNC;
  }

  /** Greatest common divisors by Euclid, one step: (a, b) to (b, a mod b), or (a, 0) at the end. */
  public static final MapOp EUCLID_REST =
      MapOp.of(
          "gcd",
          "",
          2,
          0,
          TypeRule.PROMOTE,
          (in, p, t) -> {
            Expr end = eq(in[1], zero(in[1]));
            Expr rest = Expr.of(ScalarOp.FMOD, in[0], where(end, one(in[1]), in[1]));
            return where(end, zero(rest), rest);
          });
}
