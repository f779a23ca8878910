package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;

/**
 * Exchanges top and bottom of some images.
 *
 * @param probability that an image is flipped
 */
public record RandomVerticalFlip(double probability) implements Transform {
  /** Refuses what is no probability. */
  public RandomVerticalFlip {
    Images.checkProbability("RandomVerticalFlip", probability);
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    Images.check("RandomVerticalFlip", x);
    return random.nextDouble() < probability ? x.flip(-2) : x;
  }
}
