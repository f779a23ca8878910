package io.gradus.optim;

import static io.gradus.optim.StepExpr.*;

import io.gradus.Tensor;
import io.gradus.tensor.kernel.Expr;
import java.util.List;

/**
 * Adamax, Adam with the infinity norm: D. P. Kingma, J. Ba, "Adam: A Method for Stochastic
 * Optimization", ICLR 2015, section 7.1.
 */
public final class Adamax extends Optimizer<Adamax.Options> {
  /**
   * The settings; start with {@link #of}.
   *
   * @param lr learning rate
   * @param beta1 decay of the mean of the gradients
   * @param beta2 decay of the largest gradient
   * @param eps added to the denominator
   * @param weightDecay strength of the pull to zero
   * @param maximize climbs instead of descending
   */
  public record Options(
      double lr, double beta1, double beta2, double eps, double weightDecay, boolean maximize)
      implements MomentumOptions<Options> {
    /** Refuses settings outside of their ranges. */
    public Options {
      check(lr >= 0, "learning rate", lr, "at least 0");
      checkBetas(beta1, beta2);
      check(eps >= 0, "epsilon value", eps, "at least 0");
      check(weightDecay >= 0, "weight_decay value", weightDecay, "at least 0");
    }

    /** A learning rate and the usual settings. */
    public static Options of(double lr) {
      return new Options(lr, 0.9, 0.999, 1e-8, 0, false);
    }

    @Override
    public Options lr(double value) {
      return new Options(value, beta1, beta2, eps, weightDecay, maximize);
    }

    @Override
    public double momentum() {
      return beta1;
    }

    @Override
    public Options momentum(double value) {
      return new Options(lr, value, beta2, eps, weightDecay, maximize);
    }

    /** With these decays. */
    public Options betas(double first, double second) {
      return new Options(lr, first, second, eps, weightDecay, maximize);
    }

    /** With this guard against division by zero. */
    public Options eps(double value) {
      return new Options(lr, beta1, beta2, value, weightDecay, maximize);
    }

    /** With weight decay. */
    public Options weightDecay(double value) {
      return new Options(lr, beta1, beta2, eps, value, maximize);
    }

    /** Climbing instead of descending. */
    public Options maximize(boolean value) {
      return new Options(lr, beta1, beta2, eps, weightDecay, value);
    }
  }

  /** With the usual settings. */
  public Adamax(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public Adamax(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
  }

  private record Form(boolean decay, boolean maximize) {}

  private static final FusedStep<Form> STEP = new FusedStep<>("Adamax", Adamax::formula);

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    long step = state.advance();
    STEP.run(
        new Form(o.weightDecay != 0, o.maximize),
        parameter,
        gradient,
        List.of(state.zerosOnce("exp_avg", parameter), state.zerosOnce("exp_inf", parameter)),
        o.lr / (1 - Math.pow(o.beta1, step)),
        1 - o.beta1,
        o.beta2,
        o.eps,
        o.weightDecay);
  }

  private static List<Expr> formula(Form f, FusedStep.Terms in) {
    Expr w = in.parameter();
    Expr g = in.ascent(f.maximize);
    if (f.decay) {
      g = add(g, mul(in.number(4), w));
    }
    Expr mean = FusedStep.Terms.lerp(in.state(0), g, in.number(1));
    Expr largest = max(mul(in.state(1), in.number(2)), add(abs(g), in.number(3)));
    return List.of(sub(w, mul(in.number(0), div(mean, largest))), mean, largest);
  }
}
