package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.graph.AnomalyMode;
import io.gradus.graph.BackwardEngine;
import io.gradus.graph.Edge;
import io.gradus.graph.GradMode;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gradients of several tensors at once. */
public final class Autograd {
  private Autograd() {}

  /**
   * Adds the gradients of the leaves that {@code tensors} depend on to their {@code grad}.
   *
   * @param gradTensors one a tensor; null for ones, which only one-element tensors may leave out
   * @param retainGraph null for the value of createGraph
   * @param inputs accumulate only into these; null for all leaves
   */
  public static void backward(
      List<Tensor> tensors,
      @Nullable List<? extends @Nullable Tensor> gradTensors,
      @Nullable Boolean retainGraph,
      boolean createGraph,
      @Nullable List<Tensor> inputs) {
    List<Edge> roots = roots(tensors);
    List<Tensor> gradients = gradients(tensors, gradTensors);
    List<Edge> at = null;
    if (inputs != null) {
      if (inputs.isEmpty()) {
        throw new InvalidArgumentException(
            "[backward] `inputs` argument to backward() cannot be empty.");
      }
      at = edges(inputs);
      for (Tensor t : inputs) {
        if (!t.isLeaf()) {
          t.retainGrad();
        }
      }
    }
    BackwardEngine.backward(
        roots, gradients, retainGraph == null ? createGraph : retainGraph, createGraph, at);
  }

  /** {@link #backward(List, List, Boolean, boolean, List)} with the usual settings. */
  public static void backward(List<Tensor> tensors, @Nullable List<Tensor> gradTensors) {
    backward(tensors, gradTensors, null, false, null);
  }

  /** The gradients of {@code inputs}, which must all be used; see the long form. */
  public static List<Tensor> grad(List<Tensor> outputs, List<Tensor> inputs) {
    return present(grad(outputs, inputs, GradOptions.DEFAULT));
  }

  /** The gradient of one output with respect to one input. */
  public static Tensor grad(Tensor output, Tensor input) {
    return grad(List.of(output), List.of(input)).get(0);
  }

  /** As {@link #grad(Tensor, Tensor)} with a differentiable result. */
  public static Tensor gradWithGraph(Tensor output, Tensor input) {
    return present(grad(List.of(output), List.of(input), GradOptions.DEFAULT.createGraph(true)))
        .get(0);
  }

  private static List<Tensor> present(List<@Nullable Tensor> gradients) {
    List<Tensor> all = new ArrayList<>();
    for (Tensor g : gradients) {
      if (g != null) {
        all.add(g);
      }
    }
    return all;
  }

  /**
   * The gradients of the sum of {@code outputs} with respect to {@code inputs}; no {@code grad}
   * changes.
   *
   * @return one an input; null where {@code allowUnused} and the outputs do not depend on it
   * @throws AutogradException for an unused input otherwise
   */
  public static List<@Nullable Tensor> grad(
      List<Tensor> outputs, List<Tensor> inputs, GradOptions options) {
    if (inputs.isEmpty()) {
      throw new InvalidArgumentException("[grad] requires non-empty inputs.");
    }
    List<Edge> roots = roots(outputs);
    List<Tensor> gradients = gradients(outputs, options.gradOutputs());
    @Nullable Tensor[] found =
        BackwardEngine.grad(
            roots,
            gradients,
            options.retainGraph() == null ? options.createGraph() : options.retainGraph(),
            options.createGraph(),
            edges(inputs));
    List<@Nullable Tensor> result = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      Tensor g = found[i];
      Tensor input = inputs.get(i);
      if (g == null && options.materializeGrads()) {
        g = Executor.full(input.shape(), input.dtype(), input.device(), 0L);
      } else if (g == null && !options.allowUnused()) {
        throw new AutogradException(
            "[grad] One of the differentiated Tensors appears to not have been used in the graph:"
                + " input "
                + i
                + " of shape "
                + input.shape()
                + ". Set allowUnused=true if this is the desired behavior.");
      }
      result.add(g);
    }
    return result;
  }

  /** Computes something without recording history. */
  public static <T> T noGrad(Supplier<T> body) {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      return body.get();
    }
  }

  /** Runs something without recording history. */
  public static void noGrad(Runnable body) {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      body.run();
    }
  }

  /** Computes something with history, also inside {@link #noGrad(Supplier)}. */
  public static <T> T enableGrad(Supplier<T> body) {
    try (GradMode.Scope _ = GradMode.enableGrad()) {
      return body.get();
    }
  }

  /** Runs something with history, also inside {@link #noGrad(Runnable)}. */
  public static void enableGrad(Runnable body) {
    try (GradMode.Scope _ = GradMode.enableGrad()) {
      body.run();
    }
  }

  /** As {@link #noGrad(Supplier)}, for results that will never take part in autograd. */
  public static <T> T inferenceMode(Supplier<T> body) {
    try (GradMode.Scope _ = GradMode.inferenceMode()) {
      return body.get();
    }
  }

  /** As {@link #noGrad(Runnable)}, for tensors that will never take part in autograd. */
  public static void inferenceMode(Runnable body) {
    try (GradMode.Scope _ = GradMode.inferenceMode()) {
      body.run();
    }
  }

  /** Whether operations on this thread record history. */
  public static boolean isGradEnabled() {
    return GradMode.isEnabled();
  }

  /**
   * Computes something while every recorded operation remembers where it ran, and backward refuses
   * NaN with the forward operation and the line of the user's code that called it.
   */
  public static <T> T anomalyMode(Supplier<T> body) {
    try (AnomalyMode.Scope _ = AnomalyMode.on()) {
      return body.get();
    }
  }

  /** {@link #anomalyMode(Supplier)} without a result. */
  public static void anomalyMode(Runnable body) {
    try (AnomalyMode.Scope _ = AnomalyMode.on()) {
      body.run();
    }
  }

  /**
   * Computes something without keeping its intermediate values: backward computes them again, with
   * the same random numbers, so that dropout leaves out the same elements.
   *
   * @param function does the same whenever it runs; it may run again in backward
   */
  public static <T> T checkpoint(Supplier<T> function) {
    return Checkpoint.run(function);
  }

  private static List<Edge> roots(List<Tensor> tensors) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      Tensor t = tensors.get(i);
      Edge e = t.requiresGrad() ? Internals.edge(t) : null;
      if (e == null) {
        throw new AutogradException(
            "[backward] element %d of tensors does not require grad and does not have a grad_fn: shape %s, dtype %s; no operand required grad, or it was computed inside noGrad."
                .formatted(i, t.shape(), t.dtype()));
      }
      edges.add(e);
    }
    return edges;
  }

  private static List<Edge> edges(List<Tensor> inputs) {
    List<Edge> edges = new ArrayList<>();
    for (Tensor t : inputs) {
      Edge e = t.requiresGrad() ? Internals.edge(t) : null;
      if (e == null) {
        throw new AutogradException(
            "[grad] One of the differentiated Tensors does not require grad: shape " + t.shape());
      }
      edges.add(e);
    }
    return edges;
  }

  private static List<Tensor> gradients(
      List<Tensor> tensors, @Nullable List<? extends @Nullable Tensor> given) {
    if (given != null && given.size() != tensors.size()) {
      throw new InvalidArgumentException(
          "[backward] got %d tensors and %d gradients".formatted(tensors.size(), given.size()));
    }
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      Tensor t = tensors.get(i);
      Tensor g = given == null ? null : given.get(i);
      if (g == null) {
        if (t.numel() != 1) {
          throw new AutogradException(
              "[backward] grad can be implicitly created only for scalar outputs: shape "
                  + t.shape()
                  + "; reduce it (sum, mean) or pass a gradient of that shape");
        }
        g = Executor.full(t.shape(), t.dtype(), t.device(), 1L);
      } else if (!g.shape().equals(t.shape())) {
        throw new ShapeException(
            "[backward] Mismatch in shape: grad_output[%d] has a shape of %s and output[%d] has a shape of %s."
                .formatted(i, g.shape(), i, t.shape()));
      }
      gradients.add(g.dtype() == t.dtype() ? g : g.to(t.dtype()));
    }
    return gradients;
  }
}
