package io.gradus.optim;

import io.gradus.Tensor;
import io.gradus.TensorScope;
import io.gradus.graph.GradMode;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory BFGS: J. Nocedal, "Updating Quasi-Newton Matrices with Limited Storage", Math.
 * Comp. 35, 1980, with the stopping rules of PyTorch's.
 *
 * <p>A step evaluates the loss many times, so that it needs a closure which clears the gradients,
 * computes the loss, and calls backward. All parameters are one vector: there is one group.
 */
public final class LBFGS extends Optimizer<LBFGS.Options> {
  /** How far to go along a direction. */
  public enum LineSearch {
    /** By the learning rate. */
    NONE,
    /** Until the strong Wolfe conditions hold. */
    STRONG_WOLFE
  }

  /**
   * The settings; start with {@link #of}.
   *
   * @param lr learning rate
   * @param maxIterations most directions in one step
   * @param maxEvaluations most evaluations of the loss in one step
   * @param toleranceGrad stops where no gradient is larger
   * @param toleranceChange stops where loss or parameters change less
   * @param historySize number of differences that are remembered
   * @param lineSearch how far to go
   */
  public record Options(
      double lr,
      int maxIterations,
      int maxEvaluations,
      double toleranceGrad,
      double toleranceChange,
      int historySize,
      LineSearch lineSearch)
      implements Optimizer.Options<Options> {
    /** Refuses settings outside of their ranges. */
    public Options {
      check(lr >= 0, "learning rate", lr, "at least 0");
      check(historySize > 0, "history size", historySize, "greater than 0");
    }

    /** A learning rate and the usual settings. */
    public static Options of(double lr) {
      return new Options(lr, 20, 25, 1e-7, 1e-9, 100, LineSearch.NONE);
    }

    @Override
    public Options lr(double value) {
      return new Options(
          value,
          maxIterations,
          maxEvaluations,
          toleranceGrad,
          toleranceChange,
          historySize,
          lineSearch);
    }

    /** With at most so many directions, and a quarter more evaluations, in one step. */
    public Options maxIterations(int value) {
      return new Options(
          lr, value, value * 5 / 4, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /** With at most so many evaluations of the loss in one step. */
    public Options maxEvaluations(int value) {
      return new Options(
          lr, maxIterations, value, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /** With other tolerances of gradients, and of changes. */
    public Options tolerances(double grad, double change) {
      return new Options(lr, maxIterations, maxEvaluations, grad, change, historySize, lineSearch);
    }

    /** With this many differences remembered. */
    public Options historySize(int value) {
      return new Options(
          lr, maxIterations, maxEvaluations, toleranceGrad, toleranceChange, value, lineSearch);
    }

    /** With a line search. */
    public Options lineSearch(LineSearch value) {
      return new Options(
          lr, maxIterations, maxEvaluations, toleranceGrad, toleranceChange, historySize, value);
    }
  }

  private final List<Tensor> parameters;

  /** With the usual settings. */
  public LBFGS(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public LBFGS(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
    this.parameters = List.copyOf(parameters);
  }

  @Override
  public boolean needsClosure() {
    return true;
  }

  /** Always fails: a step needs the loss as a closure. */
  @Override
  public void step() {
    throw new InvalidArgumentException(
        "[LBFGS] a step evaluates the loss several times: call step(closure), where the closure"
            + " clears the gradients, computes the loss, and calls backward");
  }

  /** All is kept of all parameters together, one behind the other. */
  @Override
  protected long[] stateShape(String name, Tensor parameter) {
    return new long[] {parameters.stream().mapToLong(Tensor::numel).sum()};
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    step();
  }

  @Override
  public Tensor step(Supplier<Tensor> closure) {
    if (groups().size() != 1) {
      throw new InvalidArgumentException(
          "[LBFGS] LBFGS doesn't support per-parameter options (parameter groups): it has "
              + groups().size());
    }
    Supplier<Tensor> loss =
        () -> {
          try (GradMode.Scope _ = GradMode.enableGrad()) {
            return closure.get();
          }
        };
    try (GradMode.Scope _ = GradMode.noGrad();
        TensorScope _ = TensorScope.none()) {
      return iterate(loss);
    }
  }

  private Tensor iterate(Supplier<Tensor> closure) {
    Options o = groups().get(0).options();
    Tensor first = closure.get();
    double loss = first.item().doubleValue();
    Tensor gradient = gradient();
    if (largest(gradient) <= o.toleranceGrad) {
      return first;
    }
    CurvatureHistory history = new CurvatureHistory(stateOf(parameters.get(0)), o.historySize);
    int evaluations = 1;
    for (int n = 1; n <= o.maxIterations; n++) {
      boolean start = history.advance() == 1;
      Tensor d = history.direction(gradient);
      double length =
          start ? Math.min(1, 1 / gradient.abs().sum().item().doubleValue()) * o.lr : o.lr;
      double slope = gradient.dot(d).item().doubleValue();
      double before = loss;
      history.remember(gradient, d, length);
      if (slope > -o.toleranceChange) {
        break;
      }
      if (o.lineSearch == LineSearch.STRONG_WOLFE) {
        StrongWolfe search =
            new StrongWolfe(
                t -> probe(closure, d, t), d, o.toleranceChange, o.maxEvaluations - evaluations);
        StrongWolfe.Point found = search.from(length, loss, gradient, slope);
        length = found.t();
        history.remember(gradient, d, length);
        move(d, length);
        loss = found.loss();
        gradient = found.gradient();
        evaluations += search.evaluations();
      } else {
        move(d, length);
        if (n != o.maxIterations) {
          loss = closure.get().item().doubleValue();
          gradient = gradient();
          evaluations++;
        }
      }
      if (evaluations >= o.maxEvaluations
          || largest(gradient) <= o.toleranceGrad
          || largest(d) * Math.abs(length) <= o.toleranceChange
          || Math.abs(loss - before) < o.toleranceChange) {
        break;
      }
    }
    return first;
  }

  /** Loss and gradient at a distance along a direction; the parameters come back. */
  private StrongWolfe.Point probe(Supplier<Tensor> closure, Tensor d, double t) {
    List<Tensor> here = new ArrayList<>();
    for (Tensor p : parameters) {
      here.add(p.detach().clone());
    }
    try {
      move(d, t);
      double loss = closure.get().item().doubleValue();
      Tensor gradient = gradient();
      return new StrongWolfe.Point(t, loss, gradient, gradient.dot(d).item().doubleValue());
    } finally {
      for (int i = 0; i < here.size(); i++) {
        parameters.get(i).copy_(here.get(i));
      }
    }
  }

  private void move(Tensor d, double t) {
    long offset = 0;
    for (Tensor p : parameters) {
      p.add_(d.narrow(0, offset, p.numel()).viewAs(p), t);
      offset += p.numel();
    }
  }

  /** All gradients as one vector; zeros where there is none. */
  private Tensor gradient() {
    List<Tensor> all = new ArrayList<>();
    for (Tensor p : parameters) {
      @Nullable Tensor g = p.grad();
      all.add(g == null ? Tensor.zerosLike(p).reshape(-1) : g.detach().reshape(-1));
    }
    return Tensor.cat(all, 0);
  }

  private static double largest(Tensor t) {
    return t.abs().max().item().doubleValue();
  }
}
