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
   * @param operation its name, such as {@code fill_}
   */
  ForgetNode(String operation) {
    super(new Edge[] {null});
    String bare = operation.substring(0, operation.length() - 1);
    this.name = Character.toUpperCase(bare.charAt(0)) + bare.substring(1) + "Backward0";
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  protected @Nullable Tensor[] backward(@Nullable Tensor[] gradients, boolean keep) {
    return new Tensor[1];
  }
}
