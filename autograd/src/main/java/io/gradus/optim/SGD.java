package io.gradus.optim;

import static io.gradus.optim.StepExpr.*;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.kernel.Expr;
import java.util.List;

/**
 * Stochastic gradient descent with momentum, Nesterov's variant and weight decay.
 *
 * <p>Momentum as in I. Sutskever et al., "On the importance of initialization and momentum in deep
 * learning", ICML 2013, in PyTorch's form: {@code b = momentum b + (1 - dampening) g; p -= lr b}.
 */
public final class SGD extends Optimizer<SGD.Options> {
  /** The settings; start with {@link #of}. */
  public record Options(
      double lr,
      double momentum,
      double dampening,
      double weightDecay,
      boolean nesterov,
      boolean maximize)
      implements MomentumOptions<Options> {
    /** Refuses negative settings, and Nesterov without momentum. */
    public Options {
      check(lr >= 0, "learning rate", lr, "at least 0");
      check(momentum >= 0, "momentum value", momentum, "at least 0");
      check(weightDecay >= 0, "weight_decay value", weightDecay, "at least 0");
      if (nesterov && (momentum <= 0 || dampening != 0)) {
        throw new InvalidArgumentException(
            "[SGD] Nesterov momentum requires a momentum and zero dampening");
      }
    }

    /** A learning rate, nothing else. */
    public static Options of(double lr) {
      return new Options(lr, 0, 0, 0, false, false);
    }

    @Override
    public Options lr(double value) {
      return new Options(value, momentum, dampening, weightDecay, nesterov, maximize);
    }

    @Override
    public Options momentum(double value) {
      return new Options(lr, value, dampening, weightDecay, nesterov, maximize);
    }

    /** With dampening of the momentum. */
    public Options dampening(double value) {
      return new Options(lr, momentum, value, weightDecay, nesterov, maximize);
    }

    /** With weight decay. */
    public Options weightDecay(double value) {
      return new Options(lr, momentum, dampening, value, nesterov, maximize);
    }

    /** With Nesterov's variant of momentum. */
    public Options nesterov(boolean value) {
      return new Options(lr, momentum, dampening, weightDecay, value, maximize);
    }

    /** Climbing instead of descending. */
    public Options maximize(boolean value) {
      return new Options(lr, momentum, dampening, weightDecay, nesterov, value);
    }
  }

  private record Form(
      boolean momentum, boolean first, boolean decay, boolean nesterov, boolean maximize) {}

  private static final FusedStep<Form> STEP = new FusedStep<>("SGD", SGD::formula);

  /** Plain descent. */
  public SGD(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public SGD(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
  }

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    boolean first = !state.tensors().containsKey("momentum_buffer");
    List<Tensor> states =
        o.momentum == 0 ? List.of() : List.of(state.zerosOnce("momentum_buffer", parameter));
    STEP.run(
        new Form(o.momentum != 0, first, o.weightDecay != 0, o.nesterov, o.maximize),
        parameter,
        gradient,
        states,
        o.lr,
        o.momentum,
        1 - o.dampening,
        o.weightDecay);
  }

  private static List<Expr> formula(Form f, FusedStep.Terms in) {
    Expr w = in.parameter();
    Expr g = in.ascent(f.maximize);
    if (f.decay) {
      g = add(g, mul(in.number(3), w));
    }
    if (!f.momentum) {
      return List.of(sub(w, mul(in.number(0), g)));
    }
    // The first step takes the gradient itself as the buffer, without dampening.
    Expr buffer = f.first ? g : add(mul(in.number(1), in.state(0)), mul(in.number(2), g));
    Expr step = f.nesterov ? add(g, mul(in.number(1), buffer)) : buffer;
    return List.of(sub(w, mul(in.number(0), step)), buffer);
  }
}
