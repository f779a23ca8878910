package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;

/** The brightness of a colour image, with one channel (ITU-R BT.601). */
public record Grayscale() implements Transform {
  /** See {@link Grayscale}. */
  @Override
  public Tensor apply(Tensor x, Generator random) {
    return Images.gray(Images.checkColor("Grayscale", x));
  }
}
