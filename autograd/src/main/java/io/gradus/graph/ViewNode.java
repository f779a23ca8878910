package io.gradus.graph;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.rules.ViewRules;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.ViewOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record of one or more reinterpretations of memory. */
public final class ViewNode extends Node {
  private final String name;
  private final List<ViewOp> steps;
  private final List<Layout> layouts;

  /**
   * A node that undoes views.
   *
   * @param operand layout of the tensor that the first step was applied to
   */
  public ViewNode(String name, Layout operand, List<ViewOp> steps, @Nullable Edge edge) {
    super(new Edge[] {edge});
    this.name = name;
    this.steps = steps;
    this.layouts = new ArrayList<>();
    Layout at = operand;
    for (ViewOp step : steps) {
      layouts.add(at);
      at = step.apply(at);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  protected @Nullable Tensor[] backward(@Nullable Tensor[] gradients, boolean keep) {
    Tensor arrived = gradients[0];
    if (arrived == null) {
      return new Tensor[] {null};
    }
    Tensor g = arrived;
    for (int i = steps.size() - 1; i >= 0; i--) {
      g = ViewRules.backward(steps.get(i), g, layouts.get(i));
    }
    return new Tensor[] {g == arrived || Internals.isShared(arrived) ? g : Internals.alone(g)};
  }
}
