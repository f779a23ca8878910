package io.gradus.graph;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.exec.Views;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.ViewOp;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history of a tensor after one of its views was written in place: outside the view the
 * gradient passes, inside it goes through the node of the write.
 */
public final class CopySlices extends Node {
  private final Node write;
  private final List<ViewOp> steps;
  private final Layout layout;

  /**
   * Wraps the node of a write to a view.
   *
   * @param base the edge of the base before the write
   * @param layout of the base
   * @param steps from the base to the written view
   * @param write its edge 0 belongs to the view itself
   */
  public CopySlices(@Nullable Edge base, Layout layout, List<ViewOp> steps, Node write) {
    super(withBase(base, write));
    this.write = write;
    this.layout = layout;
    this.steps = steps;
  }

  private static @Nullable Edge[] withBase(@Nullable Edge base, Node write) {
    @Nullable Edge[] next = write.next().clone();
    next[0] = base;
    return next;
  }

  @Override
  public String name() {
    return "CopySlices";
  }

  @Override
  protected @Nullable Tensor[] backward(@Nullable Tensor[] gradients, boolean keep) {
    Tensor g = gradients[0];
    if (g == null) {
      return new Tensor[next().length];
    }
    Tensor all = copy(g);
    Tensor part = Views.replay(all, steps);
    @Nullable Tensor[] results = write.backward(new Tensor[] {part.clone()}, keep).clone();
    if (next()[0] != null) {
      Tensor through = results[0];
      if (through == null) {
        part.zero_();
      } else {
        part.copy_(through);
      }
      results[0] = all;
    }
    return results;
  }

  /** A copy, in the layout of the base where steps name places in memory. */
  private Tensor copy(Tensor g) {
    Layout given = Internals.operand(g).layout();
    boolean free =
        steps.stream().noneMatch(s -> s instanceof ViewOp.AsStrided)
            || layout.isNonOverlappingAndDense()
                && layout.offset() == 0
                && Arrays.equals(layout.strides(), given.strides());
    if (free) {
      return g.clone();
    }
    long extent = layout.offset() + 1;
    for (int d = 0; d < layout.rank(); d++) {
      extent += Math.max(0, (layout.size(d) - 1) * layout.stride(d));
    }
    return g.newZeros(extent)
        .asStrided(layout.shape().toArray(), layout.strides(), layout.offset())
        .copy_(g);
  }

  @Override
  protected void release() {
    write.release();
  }
}
