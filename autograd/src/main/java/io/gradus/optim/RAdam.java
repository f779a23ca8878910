package io.gradus.optim;

import static io.gradus.optim.StepExpr.*;

import io.gradus.Tensor;
import io.gradus.tensor.kernel.Expr;
import java.util.List;

/** RAdam: L. Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", ICLR 2020. */
public final class RAdam extends Optimizer<RAdam.Options> {
  /**
   * The settings; start with {@link #of}.
   *
   * @param lr learning rate
   * @param beta1 decay of the mean of the gradients
   * @param beta2 decay of the mean of their squares
   * @param eps added to the denominator
   * @param weightDecay strength of the pull to zero
   * @param decoupled weight decay as in AdamW
   * @param maximize climbs instead of descending
   */
  public record Options(
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupled,
      boolean maximize)
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
      return new Options(lr, 0.9, 0.999, 1e-8, 0, false, false);
    }

    @Override
    public Options lr(double value) {
      return new Options(value, beta1, beta2, eps, weightDecay, decoupled, maximize);
    }

    @Override
    public double momentum() {
      return beta1;
    }

    @Override
    public Options momentum(double value) {
      return new Options(lr, value, beta2, eps, weightDecay, decoupled, maximize);
    }

    /** With these decays. */
    public Options betas(double first, double second) {
      return new Options(lr, first, second, eps, weightDecay, decoupled, maximize);
    }

    /** With this guard against division by zero. */
    public Options eps(double value) {
      return new Options(lr, beta1, beta2, value, weightDecay, decoupled, maximize);
    }

    /** With weight decay. */
    public Options weightDecay(double value) {
      return new Options(lr, beta1, beta2, eps, value, decoupled, maximize);
    }

    /** With weight decay that does not pass through the moments. */
    public Options decoupled(boolean value) {
      return new Options(lr, beta1, beta2, eps, weightDecay, value, maximize);
    }

    /** Climbing instead of descending. */
    public Options maximize(boolean value) {
      return new Options(lr, beta1, beta2, eps, weightDecay, decoupled, value);
    }
  }

  /** With the usual settings. */
  public RAdam(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public RAdam(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
  }

  private record Form(boolean decay, boolean decoupled, boolean rectified, boolean maximize) {}

  /** The length of the approximated average from which on its variance is tractable. */
  private static final double TRACTABLE = 5;

  private static final FusedStep<Form> STEP = new FusedStep<>("RAdam", RAdam::formula);

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    long step = state.advance();
    double power = Math.pow(o.beta2, step);
    double longest = 2 / (1 - o.beta2) - 1;
    double length = longest - 2 * step * power / (1 - power);
    boolean rectified = length > TRACTABLE;
    double rectification =
        rectified
            ? Math.sqrt(
                (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))
            : 1;
    STEP.run(
        new Form(o.weightDecay != 0, o.decoupled, rectified, o.maximize),
        parameter,
        gradient,
        List.of(state.zerosOnce("exp_avg", parameter), state.zerosOnce("exp_avg_sq", parameter)),
        1 - o.beta1,
        o.beta2,
        1 - o.beta2,
        1 - Math.pow(o.beta1, step),
        o.lr,
        Math.sqrt(1 - power),
        o.eps,
        rectification,
        o.decoupled ? 1 - o.lr * o.weightDecay : o.weightDecay);
  }

  private static List<Expr> formula(Form f, FusedStep.Terms in) {
    Expr w = in.parameter();
    Expr g = in.ascent(f.maximize);
    if (f.decay && f.decoupled) {
      w = mul(w, in.number(8));
    } else if (f.decay) {
      g = add(g, mul(in.number(8), w));
    }
    Expr mean = FusedStep.Terms.lerp(in.state(0), g, in.number(0));
    Expr square = add(mul(in.number(1), in.state(1)), mul(in.number(2), mul(g, g)));
    Expr step = mul(div(mean, in.number(3)), in.number(4));
    if (f.rectified) {
      Expr adaptive = div(in.number(5), add(sqrt(square), in.number(6)));
      step = mul(mul(step, adaptive), in.number(7));
    }
    return List.of(sub(w, step), mean, square);
  }
}
