package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;

/**
 * Exchanges left and right of some images.
 *
 * @param probability that an image is flipped
 */
public record RandomHorizontalFlip(double probability) implements Transform {
  /** Refuses what is no probability. */
  public RandomHorizontalFlip {
    Images.checkProbability("RandomHorizontalFlip", probability);
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    Images.check("RandomHorizontalFlip", x);
    return random.nextDouble() < probability ? x.flip(-1) : x;
  }
}
