package io.gradus.optim;

import static io.gradus.optim.StepExpr.*;

import io.gradus.Tensor;
import io.gradus.tensor.kernel.Expr;
import java.util.List;

/**
 * NAdam, Adam with Nesterov's momentum: T. Dozat, "Incorporating Nesterov Momentum into Adam", ICLR
 * workshop 2016.
 */
public final class NAdam extends Optimizer<NAdam.Options> {
  /**
   * The settings; start with {@link #of}.
   *
   * @param lr learning rate
   * @param beta1 decay of the mean of the gradients
   * @param beta2 decay of the mean of their squares
   * @param eps added to the denominator
   * @param weightDecay strength of the pull to zero
   * @param momentumDecay decay of the momentum
   * @param decoupled weight decay as in AdamW
   * @param maximize climbs instead of descending
   */
  public record Options(
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      double momentumDecay,
      boolean decoupled,
      boolean maximize)
      implements MomentumOptions<Options> {
    /** Refuses settings outside of their ranges. */
    public Options {
      check(lr >= 0, "learning rate", lr, "at least 0");
      checkBetas(beta1, beta2);
      check(eps >= 0, "epsilon value", eps, "at least 0");
      check(weightDecay >= 0, "weight_decay value", weightDecay, "at least 0");
      check(momentumDecay >= 0, "momentum_decay value", momentumDecay, "at least 0");
    }

    /** A learning rate and the usual settings. */
    public static Options of(double lr) {
      return new Options(lr, 0.9, 0.999, 1e-8, 0, 0.004, false, false);
    }

    @Override
    public Options lr(double value) {
      return new Options(value, beta1, beta2, eps, weightDecay, momentumDecay, decoupled, maximize);
    }

    @Override
    public double momentum() {
      return beta1;
    }

    @Override
    public Options momentum(double value) {
      return new Options(lr, value, beta2, eps, weightDecay, momentumDecay, decoupled, maximize);
    }

    /** With these decays. */
    public Options betas(double first, double second) {
      return new Options(lr, first, second, eps, weightDecay, momentumDecay, decoupled, maximize);
    }

    /** With this guard against division by zero. */
    public Options eps(double value) {
      return new Options(lr, beta1, beta2, value, weightDecay, momentumDecay, decoupled, maximize);
    }

    /** With weight decay. */
    public Options weightDecay(double value) {
      return new Options(lr, beta1, beta2, eps, value, momentumDecay, decoupled, maximize);
    }

    /** With decay of the momentum. */
    public Options momentumDecay(double value) {
      return new Options(lr, beta1, beta2, eps, weightDecay, value, decoupled, maximize);
    }

    /** With weight decay that does not pass through the moments. */
    public Options decoupled(boolean value) {
      return new Options(lr, beta1, beta2, eps, weightDecay, momentumDecay, value, maximize);
    }

    /** Climbing instead of descending. */
    public Options maximize(boolean value) {
      return new Options(lr, beta1, beta2, eps, weightDecay, momentumDecay, decoupled, value);
    }
  }

  /** With the usual settings. */
  public NAdam(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public NAdam(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
  }

  private record Form(boolean decay, boolean decoupled, boolean maximize) {}

  private static final FusedStep<Form> STEP = new FusedStep<>("NAdam", NAdam::formula);

  @Override
  protected long[] stateShape(String name, Tensor parameter) {
    return name.equals("mu_product") ? new long[0] : super.stateShape(name, parameter);
  }

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    long step = state.advance();
    double mu = momentum(o, step);
    double next = momentum(o, step + 1);
    // An f32 number, as PyTorch keeps it: the steps depend on how it is rounded.
    Tensor product = state.number("mu_product", 1);
    product.mul_(mu);
    double products = product.item().doubleValue();
    STEP.run(
        new Form(o.weightDecay != 0, o.decoupled, o.maximize),
        parameter,
        gradient,
        List.of(state.zerosOnce("exp_avg", parameter), state.zerosOnce("exp_avg_sq", parameter)),
        1 - o.beta1,
        o.beta2,
        1 - o.beta2,
        1 - Math.pow(o.beta2, step),
        o.eps,
        -o.lr * (1 - mu) / (1 - products),
        -o.lr * next / (1 - products * next),
        o.decoupled ? 1 - o.lr * o.weightDecay : o.weightDecay);
  }

  private static double momentum(Options o, long step) {
    return o.beta1 * (1 - 0.5 * Math.pow(0.96, step * o.momentumDecay));
  }

  private static List<Expr> formula(Form f, FusedStep.Terms in) {
    Expr w = in.parameter();
    Expr g = in.ascent(f.maximize);
    if (f.decay && f.decoupled) {
      w = mul(w, in.number(7));
    } else if (f.decay) {
      g = add(g, mul(in.number(7), w));
    }
    Expr mean = FusedStep.Terms.lerp(in.state(0), g, in.number(0));
    Expr square = add(mul(in.number(1), in.state(1)), mul(in.number(2), mul(g, g)));
    Expr denominator = add(sqrt(div(square, in.number(3))), in.number(4));
    w = add(w, mul(in.number(5), div(g, denominator)));
    w = add(w, mul(in.number(6), div(mean, denominator)));
    return List.of(w, mean, square);
  }
}
