package io.gradus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How {@link Autograd#grad(List, List, GradOptions)} works.
 *
 * @param gradOutputs gradients of the outputs; null for ones
 * @param retainGraph keeps what was saved; null for the value of createGraph
 * @param createGraph makes the gradients differentiable
 * @param allowUnused gives null for an input that the outputs do not depend on
 * @param materializeGrads gives zeros instead
 */
public record GradOptions(
    @Nullable List<? extends @Nullable Tensor> gradOutputs,
    @Nullable Boolean retainGraph,
    boolean createGraph,
    boolean allowUnused,
    boolean materializeGrads) {
  /** Nothing special. */
  public static final GradOptions DEFAULT = new GradOptions(null, null, false, false, false);

  /** With gradients of the outputs. */
  public GradOptions gradOutputs(List<? extends @Nullable Tensor> gradients) {
    return new GradOptions(gradients, retainGraph, createGraph, allowUnused, materializeGrads);
  }

  /** With this flag. */
  public GradOptions retainGraph(boolean flag) {
    return new GradOptions(gradOutputs, flag, createGraph, allowUnused, materializeGrads);
  }

  /** With this flag. */
  public GradOptions createGraph(boolean flag) {
    return new GradOptions(gradOutputs, retainGraph, flag, allowUnused, materializeGrads);
  }

  /** With this flag. */
  public GradOptions allowUnused(boolean flag) {
    return new GradOptions(gradOutputs, retainGraph, createGraph, flag, materializeGrads);
  }

  /** With this flag. */
  public GradOptions materializeGrads(boolean flag) {
    return new GradOptions(gradOutputs, retainGraph, createGraph, allowUnused, flag);
  }
}
