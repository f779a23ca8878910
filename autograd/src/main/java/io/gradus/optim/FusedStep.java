package io.gradus.optim;

import io.gradus.Tensor;
import io.gradus.exec.FusedUpdate;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A step as one pass over a parameter, its gradient and its states.
 *
 * @param <F> what changes the formula; numbers that change from step to step are params instead
 */
final class FusedStep<F extends Record> {
  /** The updated parameter, and behind it the updated states. */
  @FunctionalInterface
  interface Formula<F> {
    List<Expr> apply(F form, Terms in);
  }

  /** What a formula is made of. */
  record Terms(ComputeType type, Expr parameter, Expr gradient, List<Expr> states) {
    /** A number given with the step. */
    Expr number(int i) {
      return Expr.param(i, type);
    }

    /** A number that never changes. */
    Expr constant(double value) {
      return Expr.constant(type, value);
    }

    /** What is kept of the parameter. */
    Expr state(int i) {
      return states.get(i);
    }

    /** The gradient, or its negative. */
    Expr ascent(boolean maximize) {
      return maximize ? StepExpr.neg(gradient) : gradient;
    }

    /** {@code a + w (b - a)}. */
    static Expr lerp(Expr a, Expr b, Expr w) {
      return StepExpr.add(a, StepExpr.mul(w, StepExpr.sub(b, a)));
    }
  }

  private record Key(Record form, ComputeType type, ComputeType gradient, int states) {}

  private final String name;
  private final Formula<F> formula;
  private final Map<Key, Program> programs = new ConcurrentHashMap<>();

  FusedStep(String name, Formula<F> formula) {
    this.name = name;
    this.formula = formula;
  }

  /** Updates the parameter and the states in place. */
  void run(F form, Tensor parameter, Tensor gradient, List<Tensor> states, double... numbers) {
    Key key = new Key(form, parameter.dtype().compute(), gradient.dtype().compute(), states.size());
    Program program = programs.computeIfAbsent(key, k -> build(form, k));
    Tensor[] in = new Tensor[states.size() + 2];
    Tensor[] out = new Tensor[states.size() + 1];
    in[0] = parameter;
    in[1] = gradient;
    out[0] = parameter;
    for (int i = 0; i < states.size(); i++) {
      in[i + 2] = states.get(i);
      out[i + 1] = states.get(i);
    }
    long[] params = new long[numbers.length];
    for (int i = 0; i < params.length; i++) {
      params[i] = Params.of(numbers[i]);
    }
    FusedUpdate.run(name, program, in, out, params);
  }

  private Program build(F form, Key key) {
    ComputeType t = key.type;
    List<ComputeType> inputs = new ArrayList<>(List.of(t, key.gradient));
    List<Expr> states = new ArrayList<>();
    for (int i = 0; i < key.states; i++) {
      inputs.add(t);
      states.add(Expr.input(i + 2, t));
    }
    Expr gradient = Expr.cast(t.dtype(), Expr.input(1, key.gradient));
    Terms terms = new Terms(t, Expr.input(0, t), gradient, Collections.unmodifiableList(states));
    return Program.of(inputs, formula.apply(form, terms));
  }
}
