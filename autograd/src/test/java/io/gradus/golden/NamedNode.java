package io.gradus.golden;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.graph.Node;
import org.jspecify.annotations.Nullable;

/** A node that has a name and no more, for printing. */
final class NamedNode extends Node {
  private final String name;

  private NamedNode(String name) {
    this.name = name;
  }

  static NamedNode of(String name) {
    return new NamedNode(name);
  }

  /** Makes a tensor a result of this node. */
  void computes(Tensor t) {
    Internals.setHistory(t, this, 0);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  protected @Nullable Tensor[] backward(@Nullable Tensor[] gradients, boolean keep) {
    throw new IllegalStateException("nothing to walk back");
  }
}
