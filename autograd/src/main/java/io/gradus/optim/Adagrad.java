package io.gradus.optim;

import static io.gradus.optim.StepExpr.*;

import io.gradus.Tensor;
import io.gradus.tensor.kernel.Expr;
import java.util.List;

/**
 * Adagrad: J. Duchi, E. Hazan, Y. Singer, "Adaptive Subgradient Methods for Online Learning and
 * Stochastic Optimization", JMLR 12, 2011.
 */
public final class Adagrad extends Optimizer<Adagrad.Options> {
  /**
   * The settings; start with {@link #of}.
   *
   * @param lr learning rate
   * @param lrDecay decay of the learning rate
   * @param weightDecay strength of the pull to zero
   * @param initialAccumulator what the sums of squares start from
   * @param eps added to the denominator
   * @param maximize climbs instead of descending
   */
  public record Options(
      double lr,
      double lrDecay,
      double weightDecay,
      double initialAccumulator,
      double eps,
      boolean maximize)
      implements Optimizer.Options<Options> {
    /** Refuses settings outside of their ranges. */
    public Options {
      check(lr >= 0, "learning rate", lr, "at least 0");
      check(lrDecay >= 0, "lr_decay value", lrDecay, "at least 0");
      check(weightDecay >= 0, "weight_decay value", weightDecay, "at least 0");
      check(
          initialAccumulator >= 0,
          "initial_accumulator_value value",
          initialAccumulator,
          "at least 0");
      check(eps >= 0, "epsilon value", eps, "at least 0");
    }

    /** A learning rate and the usual settings. */
    public static Options of(double lr) {
      return new Options(lr, 0, 0, 0, 1e-10, false);
    }

    @Override
    public Options lr(double value) {
      return new Options(value, lrDecay, weightDecay, initialAccumulator, eps, maximize);
    }

    /** With decay of the learning rate. */
    public Options lrDecay(double value) {
      return new Options(lr, value, weightDecay, initialAccumulator, eps, maximize);
    }

    /** With weight decay. */
    public Options weightDecay(double value) {
      return new Options(lr, lrDecay, value, initialAccumulator, eps, maximize);
    }

    /** With sums of squares that start from here. */
    public Options initialAccumulator(double value) {
      return new Options(lr, lrDecay, weightDecay, value, eps, maximize);
    }

    /** With this guard against division by zero. */
    public Options eps(double value) {
      return new Options(lr, lrDecay, weightDecay, initialAccumulator, value, maximize);
    }

    /** Climbing instead of descending. */
    public Options maximize(boolean value) {
      return new Options(lr, lrDecay, weightDecay, initialAccumulator, eps, value);
    }
  }

  /** With the usual settings. */
  public Adagrad(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public Adagrad(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
  }

  private record Form(boolean decay, boolean maximize) {}

  private static final FusedStep<Form> STEP = new FusedStep<>("Adagrad", Adagrad::formula);

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    long step = state.advance();
    Tensor sum =
        state
            .tensors()
            .computeIfAbsent("sum", n -> Tensor.fullLike(parameter, o.initialAccumulator));
    STEP.run(
        new Form(o.weightDecay != 0, o.maximize),
        parameter,
        gradient,
        List.of(sum),
        o.lr / (1 + (step - 1) * o.lrDecay),
        o.eps,
        o.weightDecay);
  }

  private static List<Expr> formula(Form f, FusedStep.Terms in) {
    Expr w = in.parameter();
    Expr g = in.ascent(f.maximize);
    if (f.decay) {
      g = add(g, mul(in.number(2), w));
    }
    Expr sum = add(in.state(0), mul(g, g));
    Expr step = mul(in.number(0), div(g, add(sqrt(sum), in.number(1))));
    return List.of(sub(w, step), sum);
  }
}
