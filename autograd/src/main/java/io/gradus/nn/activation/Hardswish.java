package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Layer;

/**
 * {@code x min(max(0, x + 3), 6) / 6}, elementwise.
 *
 * <p>A. Howard et al., "Searching for MobileNetV3", 2019.
 */
public final class Hardswish extends Layer {
  /** The layer. */
  public Hardswish() {}

  @Override
  public Tensor forward(Tensor x) {
    return x.hardswish();
  }
}
