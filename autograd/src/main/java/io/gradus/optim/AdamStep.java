package io.gradus.optim;

import static io.gradus.optim.StepExpr.*;

import io.gradus.Tensor;
import io.gradus.exec.FusedUpdate;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The step that Adam and AdamW share. */
final class AdamStep {
  private record Form(
      ComputeType type,
      ComputeType gradient,
      boolean decay,
      boolean decoupled,
      boolean amsgrad,
      boolean maximize) {}

  private static final Map<Form, Program> PROGRAMS = new ConcurrentHashMap<>();

  private AdamStep() {}

  static void run(
      Tensor parameter, Tensor gradient, ParameterState state, AdamOptions o, boolean decoupled) {
    Form form =
        new Form(
            parameter.dtype().compute(),
            gradient.dtype().compute(),
            o.weightDecay() != 0,
            decoupled,
            o.amsgrad(),
            o.maximize());
    Program program = PROGRAMS.computeIfAbsent(form, AdamStep::program);
    long step = state.advance();
    double correction1 = 1 - Math.pow(o.beta1(), step);
    double correction2 = 1 - Math.pow(o.beta2(), step);
    long[] params = {
      Params.of(o.beta2()),
      Params.of(1 - o.beta1()),
      Params.of(1 - o.beta2()),
      Params.of(o.lr() / correction1),
      Params.of(Math.sqrt(correction2)),
      Params.of(o.eps()),
      Params.of(decoupled ? 1 - o.lr() * o.weightDecay() : o.weightDecay())
    };
    Tensor mean = state.zerosOnce("exp_avg", parameter);
    Tensor square = state.zerosOnce("exp_avg_sq", parameter);
    if (o.amsgrad()) {
      Tensor largest = state.zerosOnce("max_exp_avg_sq", parameter);
      FusedUpdate.run(
          "Adam",
          program,
          new Tensor[] {parameter, gradient, mean, square, largest},
          new Tensor[] {parameter, mean, square, largest},
          params);
    } else {
      FusedUpdate.run(
          "Adam",
          program,
          new Tensor[] {parameter, gradient, mean, square},
          new Tensor[] {parameter, mean, square},
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
      if (f.decoupled) {
        w = mul(w, p(6, t));
      } else {
        g = add(g, mul(p(6, t), w));
      }
    }
    // lerp, as PyTorch: m + (1 - beta1)(g - m)
    Expr mean = add(in(2, t), mul(p(1, t), sub(g, in(2, t))));
    Expr square = add(mul(p(0, t), in(3, t)), mul(p(2, t), mul(g, g)));
    Expr largest = f.amsgrad ? max(in(4, t), square) : square;
    Expr denominator = add(div(sqrt(largest), p(4, t)), p(5, t));
    Expr updated = sub(w, mul(p(3, t), div(mean, denominator)));
    List<ComputeType> inputs = new ArrayList<>(List.of(t, f.gradient, t, t));
    List<Expr> outputs = new ArrayList<>(List.of(updated, mean, square));
    if (f.amsgrad) {
      inputs.add(t);
      outputs.add(largest);
    }
    return Program.of(inputs, outputs);
  }
}
