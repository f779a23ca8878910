package io.gradus.optim;

import static io.gradus.optim.StepExpr.*;

import io.gradus.Tensor;
import io.gradus.tensor.kernel.Expr;
import java.util.List;

/**
 * Averaged stochastic gradient descent: B. T. Polyak, A. B. Juditsky, "Acceleration of Stochastic
 * Approximation by Averaging", SIAM J. Control Optim. 30, 1992. The average is the state {@code
 * ax}.
 */
public final class ASGD extends Optimizer<ASGD.Options> {
  /**
   * The settings; start with {@link #of}.
   *
   * @param lr learning rate
   * @param lambd decay of the weights
   * @param alpha power of the decay of the learning rate
   * @param t0 step at which averaging starts
   * @param weightDecay strength of the pull to zero
   * @param maximize climbs instead of descending
   */
  public record Options(
      double lr, double lambd, double alpha, double t0, double weightDecay, boolean maximize)
      implements Optimizer.Options<Options> {
    /** Refuses settings outside of their ranges. */
    public Options {
      check(lr >= 0, "learning rate", lr, "at least 0");
      check(Double.isFinite(alpha), "alpha value", alpha, "finite");
      check(weightDecay >= 0, "weight_decay value", weightDecay, "at least 0");
    }

    /** A learning rate and the usual settings. */
    public static Options of(double lr) {
      return new Options(lr, 1e-4, 0.75, 1e6, 0, false);
    }

    @Override
    public Options lr(double value) {
      return new Options(value, lambd, alpha, t0, weightDecay, maximize);
    }

    /** With another decay of the weights. */
    public Options lambd(double value) {
      return new Options(lr, value, alpha, t0, weightDecay, maximize);
    }

    /** With another power of the decay of the learning rate. */
    public Options alpha(double value) {
      return new Options(lr, lambd, value, t0, weightDecay, maximize);
    }

    /** With another step at which averaging starts. */
    public Options t0(double value) {
      return new Options(lr, lambd, alpha, value, weightDecay, maximize);
    }

    /** With weight decay. */
    public Options weightDecay(double value) {
      return new Options(lr, lambd, alpha, t0, value, maximize);
    }

    /** Climbing instead of descending. */
    public Options maximize(boolean value) {
      return new Options(lr, lambd, alpha, t0, weightDecay, value);
    }
  }

  /** With the usual settings. */
  public ASGD(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public ASGD(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
  }

  private record Form(boolean decay, boolean averaging, boolean maximize) {}

  private static final FusedStep<Form> STEP = new FusedStep<>("ASGD", ASGD::formula);

  @Override
  protected long[] stateShape(String name, Tensor parameter) {
    return name.equals("ax") ? super.stateShape(name, parameter) : new long[0];
  }

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    long step = state.advance();
    // Both are f32 numbers, as PyTorch keeps them: the steps depend on how they are rounded.
    Tensor eta = state.number("eta", o.lr);
    Tensor mu = state.number("mu", 1);
    double rate = eta.item().doubleValue();
    double share = mu.item().doubleValue();
    STEP.run(
        new Form(o.weightDecay != 0, share != 1, o.maximize),
        parameter,
        gradient,
        List.of(state.zerosOnce("ax", parameter)),
        1 - o.lambd * rate,
        rate,
        share,
        o.weightDecay);
    eta.fill_(o.lr / Math.pow(1 + o.lambd * o.lr * step, o.alpha));
    mu.fill_(1 / Math.max(1, step - o.t0));
  }

  private static List<Expr> formula(Form f, FusedStep.Terms in) {
    Expr w = in.parameter();
    Expr g = in.ascent(f.maximize);
    if (f.decay) {
      g = add(g, mul(in.number(3), w));
    }
    Expr updated = sub(mul(w, in.number(0)), mul(in.number(1), g));
    Expr average =
        f.averaging ? add(in.state(0), mul(sub(updated, in.state(0)), in.number(2))) : updated;
    return List.of(updated, average);
  }
}
