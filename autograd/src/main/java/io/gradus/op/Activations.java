package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/**
 * Nonlinearities of neural networks, beyond {@link Bounds#RELU}, {@link Functions#TANH} and {@link
 * Functions#SIGMOID}.
 *
 * <p>Numbers are settings, in the order of PyTorch's functions. Where a branch that is not taken
 * could be infinite, its argument is replaced first, or its derivative would turn 0 into NaN.
 */
public final class Activations {
  private static final double SELU_ALPHA = 1.6732632423543772848170429916717;
  private static final double SELU_SCALE = 1.0507009873554804934193349852946;

  private interface Body {
    Expr of(Expr a, Expr[] p);
  }

  /** a, or slope a below 0. */
  public static final MapOp LEAKY_RELU =
      of("leaky_relu", "LeakyReluBackward0", 1, (a, p) -> where(gt(a, zero(a)), a, times(a, p[0])));

  /** a, or w a below 0, for a tensor of weights w. */
  public static final MapOp PRELU =
      MapOp.of(
              "prelu",
              "PreluKernelBackward0",
              2,
              0,
              TypeRule.PROMOTE,
              (in, p, t) -> where(gt(in[0], zero(in[0])), in[0], times(in[1], in[0])))
          .floating();

  /** a, or alpha (exp(a) - 1) up to 0. */
  public static final MapOp ELU =
      of("elu", "EluBackward0", 1, (a, p) -> where(gt(a, zero(a)), a, times(p[0], bend(a))));

  /** {@link #ELU} with the scales of self-normalising networks. */
  public static final MapOp SELU =
      of(
          "selu",
          "EluBackward0",
          0,
          (a, p) ->
              where(gt(a, zero(a)), times(a, SELU_SCALE), times(bend(a), SELU_SCALE * SELU_ALPHA)));

  /** a, or alpha (exp(a / alpha) - 1) up to 0. */
  public static final MapOp CELU =
      of(
          "celu",
          "EluBackward0",
          1,
          (a, p) -> where(gt(a, zero(a)), a, times(p[0], bend(over(a, p[0])))));

  /** a times the probability that a normal number is below a. */
  public static final MapOp GELU =
      of(
          "gelu",
          "GeluBackward0",
          0,
          (a, p) -> times(times(a, 0.5), plus(Expr.of(ScalarOp.ERF, times(a, Math.sqrt(0.5))), 1)));

  /** {@link #GELU} approximated with tanh. */
  public static final MapOp GELU_TANH =
      of(
          "gelu",
          "GeluBackward0",
          0,
          (a, p) -> {
            Expr cube = times(times(a, a), a);
            Expr inner = times(plus(a, times(cube, 0.044715)), Math.sqrt(2 / Math.PI));
            return times(times(a, 0.5), plus(Expr.of(ScalarOp.TANH, inner), 1));
          });

  /** a sigmoid(a). */
  public static final MapOp SILU =
      of("silu", "SiluBackward0", 0, (a, p) -> times(a, Expr.of(ScalarOp.SIGMOID, a)));

  /** a tanh(log(1 + exp(a))). */
  public static final MapOp MISH =
      of("mish", "MishBackward0", 0, (a, p) -> times(a, Expr.of(ScalarOp.TANH, soft(a))));

  /** log(1 + exp(beta a)) / beta, and a itself where beta a is above a threshold. */
  public static final MapOp SOFTPLUS =
      of(
          "softplus",
          "SoftplusBackward0",
          2,
          (a, p) -> {
            Expr x = times(a, p[0]);
            Expr straight = gt(x, p[1]);
            return where(straight, a, over(soft(where(straight, zero(x), x)), p[0]));
          });

  /** a / (1 + |a|). */
  public static final MapOp SOFTSIGN =
      MapOp.of(
              "softsign",
              "DivBackward0",
              1,
              0,
              TypeRule.FLOAT,
              (in, p, t) -> over(in[0], plus(abs(in[0]), 1)))
          .unimplemented(Category.BOOL);

  /** a moved toward 0 by lambda, 0 within. */
  public static final MapOp SOFTSHRINK =
      of(
          "softshrink",
          "SoftshrinkBackward0",
          1,
          (a, p) ->
              where(
                  gt(a, p[0]),
                  minus(a, p[0]),
                  where(lt(a, neg(p[0])), plus(a, p[0]), where(isNan(a), a, zero(a)))));

  /** a, or 0 within lambda. */
  public static final MapOp HARDSHRINK =
      of("hardshrink", "HardshrinkBackward0", 1, (a, p) -> where(le(abs(a), p[0]), zero(a), a));

  /** a - tanh(a). */
  public static final MapOp TANHSHRINK =
      MapOp.of(
              "tanhshrink",
              "SubBackward0",
              1,
              0,
              TypeRule.FLOAT,
              (in, p, t) -> minus(in[0], Expr.of(ScalarOp.TANH, in[0])))
          .unimplemented(Category.BOOL);

  /** a between two numbers; no gradient at them. */
  public static final MapOp HARDTANH =
      MapOp.of(
              "hardtanh",
              "HardtanhBackward0",
              1,
              2,
              TypeRule.PROMOTE,
              (in, p, t) -> where(le(in[0], p[0]), p[0], where(ge(in[0], p[1]), p[1], in[0])))
          .settings(2)
          .bounded()
          .refusing(Category.BOOL, "Bool inputs not supported for hardtanh");

  /** (a + 3) / 6 between 0 and 1. */
  public static final MapOp HARDSIGMOID =
      of(
          "hardsigmoid",
          "HardsigmoidBackward0",
          0,
          (a, p) ->
              where(
                  le(a, k(a, -3)),
                  zero(a),
                  where(ge(a, k(a, 3)), one(a), over(plus(a, 3), k(a, 6)))));

  /** a times {@link #HARDSIGMOID}. */
  public static final MapOp HARDSWISH =
      of(
          "hardswish",
          "HardswishBackward0",
          0,
          (a, p) ->
              where(
                  le(a, k(a, -3)),
                  zero(a),
                  where(ge(a, k(a, 3)), a, over(times(a, plus(a, 3)), k(a, 6)))));

  /** log(sigmoid(a)). */
  public static final MapOp LOGSIGMOID =
      of("log_sigmoid", "LogSigmoidBackward0", 0, (a, p) -> neg(soft(neg(a))));

  /** a above a threshold, else a value. */
  public static final MapOp THRESHOLD =
      MapOp.of(
              "threshold",
              "ThresholdBackward0",
              1,
              2,
              TypeRule.PROMOTE,
              (in, p, t) -> where(le(in[0], p[0]), p[1], in[0]))
          .settings(2)
          .bounded()
          .unimplemented(Category.BOOL);

  private Activations() {}

  private static MapOp of(String name, String gradName, int settings, Body body) {
    return MapOp.of(name, gradName, 1, settings, TypeRule.PROMOTE, (in, p, t) -> body.of(in[0], p))
        .settings(settings)
        .floating();
  }

  /** exp(a) - 1 up to 0, and 0 above. */
  private static Expr bend(Expr a) {
    return Expr.of(ScalarOp.EXPM1, where(gt(a, zero(a)), zero(a), a));
  }

  /** log(1 + exp(a)) without overflow. */
  private static Expr soft(Expr a) {
    // Conditions instead of a maximum and |a|, which have no slope at 0.
    Expr above = gt(a, zero(a));
    return plus(where(above, a, zero(a)), log1p(exp(where(above, neg(a), a))));
  }
}
