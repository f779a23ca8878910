package io.gradus.optim;

import static io.gradus.optim.StepExpr.*;

import io.gradus.Tensor;
import io.gradus.tensor.kernel.Expr;
import java.util.ArrayList;
import java.util.List;

/** The step that Adam and AdamW share. */
final class AdamStep {
  private record Form(boolean decay, boolean decoupled, boolean amsgrad, boolean maximize) {}

  private static final FusedStep<Form> STEP = new FusedStep<>("Adam", AdamStep::formula);

  private AdamStep() {}

  static void run(
      Tensor parameter, Tensor gradient, ParameterState state, AdamOptions o, boolean decoupled) {
    long step = state.advance();
    List<Tensor> states = new ArrayList<>(3);
    states.add(state.zerosOnce("exp_avg", parameter));
    states.add(state.zerosOnce("exp_avg_sq", parameter));
    if (o.amsgrad()) {
      states.add(state.zerosOnce("max_exp_avg_sq", parameter));
    }
    STEP.run(
        new Form(o.weightDecay() != 0, decoupled, o.amsgrad(), o.maximize()),
        parameter,
        gradient,
        states,
        o.beta2(),
        1 - o.beta1(),
        1 - o.beta2(),
        o.lr() / (1 - Math.pow(o.beta1(), step)),
        Math.sqrt(1 - Math.pow(o.beta2(), step)),
        o.eps(),
        decoupled ? 1 - o.lr() * o.weightDecay() : o.weightDecay());
  }

  private static List<Expr> formula(Form f, FusedStep.Terms in) {
    Expr w = in.parameter();
    Expr g = in.ascent(f.maximize);
    if (f.decay) {
      if (f.decoupled) {
        w = mul(w, in.number(6));
      } else {
        g = add(g, mul(in.number(6), w));
      }
    }
    Expr mean = FusedStep.Terms.lerp(in.state(0), g, in.number(1));
    Expr square = add(mul(in.number(0), in.state(1)), mul(in.number(2), mul(g, g)));
    Expr largest = f.amsgrad ? max(in.state(2), square) : square;
    Expr denominator = add(div(sqrt(largest), in.number(4)), in.number(5));
    Expr updated = sub(w, mul(in.number(3), div(mean, denominator)));
    return f.amsgrad ? List.of(updated, mean, square, largest) : List.of(updated, mean, square);
  }
}
