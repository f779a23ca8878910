package io.gradus.nn;

import io.gradus.Tensor;
import java.util.Arrays;

/** Splits a dimension into several; one of their sizes may be -1, and follows from the others. */
public final class Unflatten extends Layer {
  private final int dim;
  private final long[] sizes;

  /** A dimension and the sizes that it falls into. */
  public Unflatten(int dim, long... sizes) {
    this.dim = dim;
    this.sizes = sizes.clone();
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.unflatten(dim, sizes);
  }

  @Override
  protected String extraRepr() {
    return "dim=%d, unflattened_size=%s".formatted(dim, Arrays.toString(sizes));
  }
}
