package io.gradus.nn;

import io.gradus.Tensor;

/** Joins a range of dimensions into one; all but the first by default. */
public final class Flatten extends Layer {
  private final int startDim;
  private final int endDim;

  /** All dimensions after the first. */
  public Flatten() {
    this(1, -1);
  }

  /** The dimensions from start to end, both included. */
  public Flatten(int startDim, int endDim) {
    this.startDim = startDim;
    this.endDim = endDim;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.flatten(startDim, endDim);
  }

  @Override
  protected String extraRepr() {
    return "start_dim=%d, end_dim=%d".formatted(startDim, endDim);
  }
}
