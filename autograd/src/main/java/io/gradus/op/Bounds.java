package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** The smaller, the larger, and clamps: what is outside the bounds gets no gradient. */
public final class Bounds {
  /** The larger one of a and 0; NaN stays. */
  public static final MapOp RELU =
      MapOp.of(
              "relu",
              "ReluBackward0",
              1,
              0,
              TypeRule.PROMOTE,
              (in, p, t) -> where(le(in[0], zero(in[0])), zero(in[0]), in[0]))
          .refusing(Category.BOOL, "Boolean inputs not supported for relu");

  /** The larger one; NaN if either is; the gradient is shared where they tie. */
  public static final MapOp MAXIMUM = pair("maximum", "MaximumBackward0", ScalarOp.MAX);

  /** The smaller one; NaN if either is; the gradient is shared where they tie. */
  public static final MapOp MINIMUM = pair("minimum", "MinimumBackward0", ScalarOp.MIN);

  /** The larger one; the other if one is NaN. */
  public static final MapOp FMAX = known("fmax", "FmaxBackward0", ScalarOp.FMAX, ScalarOp.MAX);

  /** The smaller one; the other if one is NaN. */
  public static final MapOp FMIN = known("fmin", "FminBackward0", ScalarOp.FMIN, ScalarOp.MIN);

  /** Not below a number. */
  public static final MapOp CLAMP_MIN =
      MapOp.of(
              "clamp_min",
              "ClampMinBackward0",
              1,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> notBelow(in[0], p[0]))
          .bounded();

  /** Not above a number. */
  public static final MapOp CLAMP_MAX =
      MapOp.of(
              "clamp_max",
              "ClampMaxBackward0",
              1,
              1,
              TypeRule.PROMOTE,
              (in, p, t) -> notAbove(in[0], p[0]))
          .bounded();

  /** Between two numbers; the upper one where they cross. */
  public static final MapOp CLAMP =
      MapOp.of(
              "clamp",
              "ClampBackward1",
              1,
              2,
              TypeRule.PROMOTE,
              (in, p, t) -> notAbove(notBelow(in[0], p[0]), p[1]))
          .bounded();

  /** Not below b. */
  public static final MapOp CLAMP_MIN_TENSOR =
      MapOp.of(
          "clamp_min",
          "ClampMinBackward1",
          2,
          0,
          TypeRule.PROMOTE,
          (in, p, t) -> notBelow(in[0], in[1]));

  /** Not above b. */
  public static final MapOp CLAMP_MAX_TENSOR =
      MapOp.of(
          "clamp_max",
          "ClampMaxBackward1",
          2,
          0,
          TypeRule.PROMOTE,
          (in, p, t) -> notAbove(in[0], in[1]));

  /** Between b and c; c where they cross. */
  public static final MapOp CLAMP_TENSOR =
      MapOp.of(
          "clamp",
          "ClampBackward0",
          3,
          0,
          TypeRule.PROMOTE,
          (in, p, t) -> notAbove(notBelow(in[0], in[1]), in[2]));

  /** Numbers in the place of NaN, inf and -inf. */
  public static final MapOp NAN_TO_NUM =
      MapOp.of(
              "nan_to_num",
              "NanToNumBackward0",
              1,
              3,
              TypeRule.PROMOTE,
              (in, p, t) ->
                  !t.isFloating()
                      ? in[0]
                      : where(
                          isNan(in[0]),
                          p[0],
                          where(
                              eq(in[0], Double.POSITIVE_INFINITY),
                              p[1],
                              where(eq(in[0], Double.NEGATIVE_INFINITY), p[2], in[0]))))
          .settings(3);

  /** a where the condition holds, else b. */
  public static final MapOp WHERE =
      MapOp.conditional(
          "where", "WhereBackward0", 3, 0, 1, (in, p, t) -> where(in[2], in[0], in[1]));

  /** a where the condition holds, else a number. */
  public static final MapOp WHERE_ELSE =
      MapOp.conditional(
          "where", "WhereBackward0", 2, 1, 1, (in, p, t) -> where(in[1], in[0], p[0]));

  /** A number where the condition holds, else a. */
  public static final MapOp WHERE_THEN =
      MapOp.conditional(
          "where", "WhereBackward0", 2, 1, 1, (in, p, t) -> where(in[1], p[0], in[0]));

  /** One number where the condition holds, else another. */
  public static final MapOp WHERE_NUMBERS =
      MapOp.conditional("where", "", 1, 2, 1, (in, p, t) -> where(in[0], p[0], p[1]));

  /** a number where the mask holds, else a. */
  public static final MapOp MASKED_FILL =
      MapOp.conditional(
              "masked_fill",
              "MaskedFillBackward0",
              2,
              1,
              1,
              (in, p, t) -> where(in[1], p[0], in[0]))
          .settings(1)
          .bounded();

  /** b, of 0 dimensions, where the mask holds, else a. */
  public static final MapOp MASKED_FILL_TENSOR =
      MapOp.conditional(
          "masked_fill", "MaskedFillBackward1", 3, 0, 1, (in, p, t) -> where(in[2], in[1], in[0]));

  private Bounds() {}

  private static MapOp pair(String name, String gradName, ScalarOp op) {
    return MapOp.of(
        name, gradName, 2, 0, TypeRule.PROMOTE, (in, p, t) -> Expr.of(op, in[0], in[1]));
  }

  private static MapOp known(String name, String gradName, ScalarOp floating, ScalarOp whole) {
    return MapOp.of(
        name,
        gradName,
        2,
        0,
        TypeRule.PROMOTE,
        (in, p, t) -> Expr.of(t.isFloating() ? floating : whole, in[0], in[1]));
  }

  private static Expr notBelow(Expr a, Expr low) {
    Expr outside = lt(a, low);
    return where(low.type().isFloating() ? or(outside, isNan(low)) : outside, low, a);
  }

  private static Expr notAbove(Expr a, Expr high) {
    Expr outside = gt(a, high);
    return where(high.type().isFloating() ? or(outside, isNan(high)) : outside, high, a);
  }

  /** The largest finite number of a floating dtype. */
  public static double largest(DType dtype) {
    return switch (dtype) {
      case F32 -> Float.MAX_VALUE;
      case F64 -> Double.MAX_VALUE;
      case F16 -> 65504;
      case BF16 -> 0x1.FEp127;
      case U8, I8, I16, I32, I64, BOOL -> dtype.maxInteger();
    };
  }
}
