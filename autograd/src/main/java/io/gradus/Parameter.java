package io.gradus;

import io.gradus.graph.VersionCounter;

/** A leaf tensor that a module trains: it requires grad from the start. */
public final class Parameter extends Tensor {
  /** Shares the memory of a tensor, without its history. */
  public Parameter(Tensor data) {
    this(data, true);
  }

  /** As {@link #Parameter(Tensor)}; a frozen parameter does not require grad. */
  public Parameter(Tensor data, boolean requiresGrad) {
    super(Internals.lasting(data).data, new VersionCounter());
    requiresGrad_(requiresGrad);
  }
}
