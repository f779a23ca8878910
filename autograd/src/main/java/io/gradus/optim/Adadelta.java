package io.gradus.optim;

import static io.gradus.optim.StepExpr.*;

import io.gradus.Tensor;
import io.gradus.tensor.kernel.Expr;
import java.util.List;

/** Adadelta: M. D. Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012. */
public final class Adadelta extends Optimizer<Adadelta.Options> {
  /**
   * The settings; start with {@link #of}.
   *
   * @param lr learning rate
   * @param rho decay of the mean squares
   * @param eps added to the denominator
   * @param weightDecay strength of the pull to zero
   * @param maximize climbs instead of descending
   */
  public record Options(double lr, double rho, double eps, double weightDecay, boolean maximize)
      implements Optimizer.Options<Options> {
    /** Refuses settings outside of their ranges. */
    public Options {
      check(lr >= 0, "learning rate", lr, "at least 0");
      check(rho >= 0 && rho <= 1, "rho value", rho, "from 0 to 1");
      check(eps >= 0, "epsilon value", eps, "at least 0");
      check(weightDecay >= 0, "weight_decay value", weightDecay, "at least 0");
    }

    /** A learning rate and the usual settings. */
    public static Options of(double lr) {
      return new Options(lr, 0.9, 1e-6, 0, false);
    }

    @Override
    public Options lr(double value) {
      return new Options(value, rho, eps, weightDecay, maximize);
    }

    /** With another decay of the mean squares. */
    public Options rho(double value) {
      return new Options(lr, value, eps, weightDecay, maximize);
    }

    /** With this guard against division by zero. */
    public Options eps(double value) {
      return new Options(lr, rho, value, weightDecay, maximize);
    }

    /** With weight decay. */
    public Options weightDecay(double value) {
      return new Options(lr, rho, eps, value, maximize);
    }

    /** Climbing instead of descending. */
    public Options maximize(boolean value) {
      return new Options(lr, rho, eps, weightDecay, value);
    }
  }

  /** With the usual settings. */
  public Adadelta(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public Adadelta(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
  }

  private record Form(boolean decay, boolean maximize) {}

  private static final FusedStep<Form> STEP = new FusedStep<>("Adadelta", Adadelta::formula);

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    state.advance();
    STEP.run(
        new Form(o.weightDecay != 0, o.maximize),
        parameter,
        gradient,
        List.of(state.zerosOnce("square_avg", parameter), state.zerosOnce("acc_delta", parameter)),
        o.lr,
        o.rho,
        1 - o.rho,
        o.eps,
        o.weightDecay);
  }

  private static List<Expr> formula(Form f, FusedStep.Terms in) {
    Expr w = in.parameter();
    Expr g = in.ascent(f.maximize);
    if (f.decay) {
      g = add(g, mul(in.number(4), w));
    }
    Expr square = add(mul(in.number(1), in.state(0)), mul(in.number(2), mul(g, g)));
    Expr deviation = sqrt(add(square, in.number(3)));
    Expr delta = mul(div(sqrt(add(in.state(1), in.number(3))), deviation), g);
    Expr deltas = add(mul(in.number(1), in.state(1)), mul(in.number(2), mul(delta, delta)));
    return List.of(sub(w, mul(in.number(0), delta)), square, deltas);
  }
}
