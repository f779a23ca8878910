package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.tensor.error.ShapeException;

/** {@link Softmax} over the channels of [batch, channels, h, w] or [channels, h, w]. */
public final class Softmax2d extends Layer {
  /** The layer. */
  public Softmax2d() {}

  @Override
  public Tensor forward(Tensor x) {
    return softmax(x);
  }

  private static Tensor softmax(Tensor x) {
    if (x.dim() != 3 && x.dim() != 4) {
      throw new ShapeException(
          "[Softmax2d] expected input to be 3D or 4D, but got shape " + x.shape());
    }
    return x.softmax(-3);
  }
}
