package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.graph.Edge;
import io.gradus.graph.Node;
import org.jspecify.annotations.Nullable;

/** After an operation that overwrites a tensor: nothing of the old contents matters. */
final class ForgetNode extends Node {
  private final String name;

  /**
   * The node of an in-place operation.
   *
   * @param name such as {@code FillBackward2}
   * @param old edge of what was overwritten, which gets zeros
   */
  ForgetNode(String name, @Nullable Edge old) {
    super(new Edge[] {old});
    this.name = name;
  }

  /** The node of an operation such as {@code uniform_}. */
  static ForgetNode of(String operation, @Nullable Edge old) {
    String bare = operation.substring(0, operation.length() - 1);
    return new ForgetNode(
        Character.toUpperCase(bare.charAt(0)) + bare.substring(1) + "Backward0", old);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  protected @Nullable Tensor[] backward(@Nullable Tensor[] gradients, boolean keep) {
    Tensor g = gradients[0];
    return new Tensor[] {
      g == null || next()[0] == null ? null : Executor.full(g.shape(), g.dtype(), g.device(), 0L)
    };
  }
}
