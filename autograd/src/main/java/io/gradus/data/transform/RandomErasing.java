package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;

/**
 * Fills a random rectangle of some images with a value.
 *
 * <p>Source: Z. Zhong et al., "Random Erasing Data Augmentation", AAAI 2020, algorithm 1.
 *
 * @param probability that an image loses a rectangle
 * @param minArea least part of the image's area
 * @param maxArea most of it
 * @param minRatio least height of the rectangle for its width
 * @param maxRatio most of it
 * @param value what the rectangle is filled with
 */
public record RandomErasing(
    double probability,
    double minArea,
    double maxArea,
    double minRatio,
    double maxRatio,
    double value)
    implements Transform {
  private static final int TRIES = 10;

  /** Refuses what is no probability or range. */
  public RandomErasing {
    Images.checkProbability("RandomErasing", probability);
    Images.checkRange("RandomErasing", "area", minArea, maxArea, 0);
    Images.checkRange("RandomErasing", "ratio", minRatio, maxRatio, Double.MIN_NORMAL);
  }

  /** From 2 % to 33 % of the area, set to 0. */
  public RandomErasing(double probability) {
    this(probability, 0.02, 0.33, 0.3, 3.3, 0);
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    Images.check("RandomErasing", x);
    if (random.nextDouble() >= probability) {
      return x;
    }
    int rows = Images.height(x);
    int columns = Images.width(x);
    for (int i = 0; i < TRIES; i++) {
      double area = (double) rows * columns * Images.uniform(random, minArea, maxArea);
      double ratio = Math.exp(Images.uniform(random, Math.log(minRatio), Math.log(maxRatio)));
      long h = Math.round(Math.sqrt(area * ratio));
      long w = Math.round(Math.sqrt(area / ratio));
      if (h < rows && w < columns) {
        int top = random.nextInt((int) (rows - h + 1));
        int left = random.nextInt((int) (columns - w + 1));
        Tensor y = x.detach().clone();
        Images.crop(y, top, left, h, w).fill_(value);
        return y;
      }
    }
    return x;
  }
}
