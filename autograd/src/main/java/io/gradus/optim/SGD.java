package io.gradus.optim;

import static io.gradus.optim.StepExpr.*;

import io.gradus.Tensor;
import io.gradus.exec.FusedUpdate;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
      implements Optimizer.Options<Options> {
    /** Refuses negative settings, and Nesterov without momentum. */
    public Options {
      check(lr >= 0, "learning rate", lr);
      check(momentum >= 0, "momentum value", momentum);
      check(weightDecay >= 0, "weight_decay value", weightDecay);
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

    /** With momentum. */
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
      ComputeType type,
      ComputeType gradient,
      boolean momentum,
      boolean first,
      boolean decay,
      boolean nesterov,
      boolean maximize) {}

  private static final Map<Form, Program> PROGRAMS = new ConcurrentHashMap<>();

  /** Plain descent. */
  public SGD(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public SGD(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    boolean first = !state.tensors().containsKey("momentum_buffer");
    Form form =
        new Form(
            parameter.dtype().compute(),
            gradient.dtype().compute(),
            o.momentum != 0,
            first,
            o.weightDecay != 0,
            o.nesterov,
            o.maximize);
    Program program = PROGRAMS.computeIfAbsent(form, SGD::program);
    long[] params = {
      Params.of(o.lr), Params.of(o.momentum), Params.of(1 - o.dampening), Params.of(o.weightDecay)
    };
    if (o.momentum == 0) {
      FusedUpdate.run(
          "SGD", program, new Tensor[] {parameter, gradient}, new Tensor[] {parameter}, params);
    } else {
      Tensor buffer = state.zerosOnce("momentum_buffer", parameter);
      FusedUpdate.run(
          "SGD",
          program,
          new Tensor[] {parameter, gradient, buffer},
          new Tensor[] {parameter, buffer},
          params);
    }
  }

  private static Program program(Form f) {
    ComputeType t = f.type;
    Expr w = in(0, t);
    Expr g = Expr.cast(t.dtype(), in(1, f.gradient));
    if (f.maximize) {
      g = neg(g);
    }
    if (f.decay) {
      g = add(g, mul(p(3, t), w));
    }
    List<ComputeType> inputs = new ArrayList<>(List.of(t, f.gradient));
    if (!f.momentum) {
      return Program.of(inputs, sub(w, mul(p(0, t), g)));
    }
    inputs.add(t);
    // The first step takes the gradient itself as the buffer, without dampening.
    Expr buffer = f.first ? g : add(mul(p(1, t), in(2, t)), mul(p(2, t), g));
    Expr step = f.nesterov ? add(g, mul(p(1, t), buffer)) : buffer;
    return Program.of(
        Collections.unmodifiableList(inputs), List.of(sub(w, mul(p(0, t), step)), buffer));
  }
}
