package io.gradus.optim;

import static io.gradus.optim.StepExpr.*;

import io.gradus.Tensor;
import io.gradus.tensor.kernel.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * RMSprop: T. Tieleman, G. Hinton, Coursera lecture 6.5, 2012; centred as in A. Graves, "Generating
 * Sequences With Recurrent Neural Networks", 2013.
 */
public final class RMSprop extends Optimizer<RMSprop.Options> {
  /**
   * The settings; start with {@link #of}.
   *
   * @param lr learning rate
   * @param alpha decay of the mean squares
   * @param eps added to the denominator
   * @param weightDecay strength of the pull to zero
   * @param momentum share of the last step
   * @param centered divides by the standard deviation
   * @param maximize climbs instead of descending
   */
  public record Options(
      double lr,
      double alpha,
      double eps,
      double weightDecay,
      double momentum,
      boolean centered,
      boolean maximize)
      implements MomentumOptions<Options> {
    /** Refuses settings outside of their ranges. */
    public Options {
      check(lr >= 0, "learning rate", lr, "at least 0");
      check(alpha >= 0, "alpha value", alpha, "at least 0");
      check(eps >= 0, "epsilon value", eps, "at least 0");
      check(weightDecay >= 0, "weight_decay value", weightDecay, "at least 0");
      check(momentum >= 0, "momentum value", momentum, "at least 0");
    }

    /** A learning rate and the usual settings. */
    public static Options of(double lr) {
      return new Options(lr, 0.99, 1e-8, 0, 0, false, false);
    }

    @Override
    public Options lr(double value) {
      return new Options(value, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /** With another decay of the mean squares. */
    public Options alpha(double value) {
      return new Options(lr, value, eps, weightDecay, momentum, centered, maximize);
    }

    /** With this guard against division by zero. */
    public Options eps(double value) {
      return new Options(lr, alpha, value, weightDecay, momentum, centered, maximize);
    }

    /** With weight decay. */
    public Options weightDecay(double value) {
      return new Options(lr, alpha, eps, value, momentum, centered, maximize);
    }

    @Override
    public Options momentum(double value) {
      return new Options(lr, alpha, eps, weightDecay, value, centered, maximize);
    }

    /** With or without division by the standard deviation instead of the root mean square. */
    public Options centered(boolean value) {
      return new Options(lr, alpha, eps, weightDecay, momentum, value, maximize);
    }

    /** Climbing instead of descending. */
    public Options maximize(boolean value) {
      return new Options(lr, alpha, eps, weightDecay, momentum, centered, value);
    }
  }

  /** With the usual settings. */
  public RMSprop(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public RMSprop(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
  }

  private record Form(boolean decay, boolean momentum, boolean centered, boolean maximize) {}

  private static final FusedStep<Form> STEP = new FusedStep<>("RMSprop", RMSprop::formula);

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    state.advance();
    List<Tensor> states = new ArrayList<>(3);
    states.add(state.zerosOnce("square_avg", parameter));
    if (o.momentum > 0) {
      states.add(state.zerosOnce("momentum_buffer", parameter));
    }
    if (o.centered) {
      states.add(state.zerosOnce("grad_avg", parameter));
    }
    STEP.run(
        new Form(o.weightDecay != 0, o.momentum > 0, o.centered, o.maximize),
        parameter,
        gradient,
        states,
        o.lr,
        o.alpha,
        1 - o.alpha,
        o.eps,
        o.momentum,
        o.weightDecay);
  }

  private static List<Expr> formula(Form f, FusedStep.Terms in) {
    Expr w = in.parameter();
    Expr g = in.ascent(f.maximize);
    if (f.decay) {
      g = add(g, mul(in.number(5), w));
    }
    Expr square = add(mul(in.number(1), in.state(0)), mul(in.number(2), mul(g, g)));
    List<Expr> updated = new ArrayList<>(List.of(square));
    Expr variance = square;
    Expr mean = null;
    if (f.centered) {
      mean = FusedStep.Terms.lerp(in.state(f.momentum ? 2 : 1), g, in.number(2));
      variance = sub(square, mul(mean, mean));
    }
    Expr step = div(g, add(sqrt(variance), in.number(3)));
    if (f.momentum) {
      step = add(mul(in.number(4), in.state(1)), step);
      updated.add(step);
    }
    if (mean != null) {
      updated.add(mean);
    }
    updated.addFirst(sub(w, mul(in.number(0), step)));
    return updated;
  }
}
