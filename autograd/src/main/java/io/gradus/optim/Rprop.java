package io.gradus.optim;

import static io.gradus.optim.StepExpr.*;

import io.gradus.Tensor;
import io.gradus.tensor.kernel.Expr;
import java.util.List;

/**
 * Resilient propagation: M. Riedmiller, H. Braun, "A direct adaptive method for faster
 * backpropagation learning: The RPROP algorithm", ICNN 1993; without backtracking of weights.
 */
public final class Rprop extends Optimizer<Rprop.Options> {
  /**
   * The settings; start with {@link #of}.
   *
   * @param lr learning rate
   * @param etaMinus factor where the sign of the gradient changed
   * @param etaPlus factor where it stayed
   * @param minStep smallest step
   * @param maxStep largest step
   * @param maximize climbs instead of descending
   */
  public record Options(
      double lr, double etaMinus, double etaPlus, double minStep, double maxStep, boolean maximize)
      implements Optimizer.Options<Options> {
    /** Refuses settings outside of their ranges. */
    public Options {
      check(lr >= 0, "learning rate", lr, "at least 0");
      check(
          0 < etaMinus && etaMinus < 1 && 1 < etaPlus,
          "eta values",
          etaMinus,
          "eta minus between 0 and 1, eta plus greater than 1");
    }

    /** A learning rate and the usual settings. */
    public static Options of(double lr) {
      return new Options(lr, 0.5, 1.2, 1e-6, 50, false);
    }

    @Override
    public Options lr(double value) {
      return new Options(value, etaMinus, etaPlus, minStep, maxStep, maximize);
    }

    /** With these factors of the step sizes. */
    public Options etas(double minus, double plus) {
      return new Options(lr, minus, plus, minStep, maxStep, maximize);
    }

    /** With these bounds of the step sizes. */
    public Options stepSizes(double min, double max) {
      return new Options(lr, etaMinus, etaPlus, min, max, maximize);
    }

    /** Climbing instead of descending. */
    public Options maximize(boolean value) {
      return new Options(lr, etaMinus, etaPlus, minStep, maxStep, value);
    }
  }

  /** With the usual settings. */
  public Rprop(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public Rprop(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
  }

  private record Form(boolean maximize) {}

  private static final FusedStep<Form> STEP = new FusedStep<>("Rprop", Rprop::formula);

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    state.advance();
    Tensor previous = state.zerosOnce("prev", parameter);
    Tensor sizes =
        state.tensors().computeIfAbsent("step_size", n -> Tensor.fullLike(parameter, o.lr));
    STEP.run(
        new Form(o.maximize),
        parameter,
        gradient,
        List.of(previous, sizes),
        o.etaMinus,
        o.etaPlus,
        o.minStep,
        o.maxStep);
  }

  private static List<Expr> formula(Form f, FusedStep.Terms in) {
    Expr zero = in.constant(0);
    Expr g = in.ascent(f.maximize);
    Expr agreement = mul(g, in.state(0));
    Expr turned = less(agreement, zero);
    Expr factor =
        where(turned, in.number(0), where(less(zero, agreement), in.number(1), in.constant(1)));
    Expr size = min(max(mul(in.state(1), factor), in.number(2)), in.number(3));
    // Where the sign changed, no step is taken, and none is compared with next time.
    Expr followed = where(turned, zero, g);
    return List.of(sub(in.parameter(), mul(sign(followed), size)), followed, size);
  }
}
