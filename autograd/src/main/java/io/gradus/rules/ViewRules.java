package io.gradus.rules;

import io.gradus.Tensor;
import io.gradus.exec.Counts;
import io.gradus.exec.Executor;
import io.gradus.exec.Views;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.ViewOp;

/** The gradient of what a view was made from. */
public final class ViewRules {
  private ViewRules() {}

  /**
   * The gradient of the operand of a view.
   *
   * @param g of the view
   * @param in layout of the operand
   */
  public static Tensor backward(ViewOp op, Tensor g, Layout in) {
    return switch (op) {
      case ViewOp.Permute p -> Views.view(g, p.inverse());
      case ViewOp.Expand e -> g.sumToSize(in.shape().toArray());
      case ViewOp.Unsqueeze u -> g.reshape(in.shape().toArray());
      case ViewOp.Squeeze s -> g.reshape(in.shape().toArray());
      case ViewOp.View v -> g.reshape(in.shape().toArray());
      case ViewOp.Select s -> embed(g, op, in.shape());
      case ViewOp.Narrow n -> embed(g, op, in.shape());
      case ViewOp.Diagonal d -> embed(g, op, in.shape());
      case ViewOp.Unfold u -> spread(g, u.apply(Layout.of(in.shape())), Layout.of(in.shape()));
      case ViewOp.AsStrided a -> spread(g, a.layout(), in);
    };
  }

  /** Zeros of a shape with {@code g} in the place that the view shows; linear in g. */
  private static Tensor embed(Tensor g, ViewOp op, Shape shape) {
    Tensor all = Executor.full(shape, g.dtype(), g.device(), 0L);
    try (GradMode.Scope _ = GradMode.noGrad()) {
      Views.view(all, op).copy_(g);
    }
    return Record.rule(
        "Embed" + Character.toUpperCase(op.name().charAt(0)) + op.name().substring(1) + "Backward",
        all,
        g,
        (gg, saved, needs) -> new Tensor[] {Views.view(gg, op)});
  }

  /**
   * The gradient of memory that a view shows more than once: what falls on one element is added; an
   * element that the operand itself shows more than once shares its gradient evenly.
   *
   * @param view layout of {@code g} over the storage
   * @param operand layout of the result over the same storage
   */
  private static Tensor spread(Tensor g, Layout view, Layout operand) {
    long first = Math.min(view.offset(), operand.offset());
    long size = Math.max(view.end(), operand.end()) - first;
    Tensor from = positions(view, first, g);
    Tensor to = positions(operand, first, g);
    Tensor memory =
        Executor.full(Shape.of(size), g.dtype(), g.device(), 0L)
            .indexAdd(0, from, g.reshape(view.numel()));
    if (!operand.isNonOverlappingAndDense()) {
      Tensor ones = Executor.full(Shape.of(operand.numel()), g.dtype(), g.device(), 1L);
      Tensor shown =
          Executor.full(Shape.of(size), g.dtype(), g.device(), 0L)
              .indexAdd(0, to, ones)
              .clampMin(1);
      memory = memory.div(shown);
    }
    return memory.indexSelect(0, to).reshape(operand.shape().toArray());
  }

  private static Tensor positions(Layout layout, long first, Tensor like) {
    int n = Counts.of("view", layout.numel());
    long[] at = new long[n];
    for (int i = 0; i < n; i++) {
      at[i] = layout.at(i) - first;
    }
    return Tensor.tensor(at).to(like.device());
  }
}
