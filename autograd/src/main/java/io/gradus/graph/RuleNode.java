package io.gradus.graph;

import io.gradus.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A node whose rule is written with public tensor methods, and so is differentiable itself.
 *
 * <pre>{@code
 * RuleNode.record("MmBackward0", result, List.of(a, b), saved(a, b), (g, s, needs) -> ...)
 * }</pre>
 */
public final class RuleNode extends Node {
  /** The gradients of the operands from that of the result. */
  @FunctionalInterface
  public interface Rule {
    /**
     * The gradients, one an operand, null for none.
     *
     * @param gradient of the only result
     * @param saved what was saved, in the same order
     * @param needs which operands take a gradient; the others may be left null
     */
    @Nullable Tensor[] apply(Tensor gradient, Tensor[] saved, boolean[] needs);
  }

  /** As {@link Rule} for several results, whose gradients may be missing. */
  @FunctionalInterface
  public interface MultiRule {
    /** The gradients of the operands, one each, null for none. */
    @Nullable Tensor[] apply(@Nullable Tensor[] gradients, Tensor[] saved, boolean[] needs);
  }

  private final String name;
  private final int outputs;
  private final SavedTensor[] saved;
  private final MultiRule rule;

  RuleNode(String name, @Nullable Edge[] next, int outputs, SavedTensor[] saved, MultiRule rule) {
    super(next);
    this.name = name;
    this.outputs = outputs;
    this.saved = saved;
    this.rule = rule;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  protected @Nullable Tensor[] backward(@Nullable Tensor[] gradients, boolean keep) {
    Tensor[] values = new Tensor[saved.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = saved[i].unpack(this);
    }
    @Nullable Edge[] next = next();
    boolean[] needs = new boolean[next.length];
    for (int i = 0; i < needs.length; i++) {
      needs[i] = next[i] != null;
    }
    return rule.apply(gradients, values, needs);
  }

  @Override
  protected void release() {
    for (SavedTensor s : saved) {
      s.clear();
    }
  }
}
