package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;

/**
 * Changes brightness, contrast, saturation and hue of an image in [0, 1] at random, in random
 * order.
 *
 * @param brightness factors are from 1 less this, at least 0, to 1 more
 * @param contrast as brightness
 * @param saturation as brightness
 * @param hue most turn of the colour circle either way, to 0.5
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue)
    implements Transform {
  private static final double HALF_CIRCLE = 0.5;
  private static final int CHANGES = 4;

  /** Refuses negative numbers and hues above 0.5. */
  public ColorJitter {
    Images.checkRange("ColorJitter", "brightness", 0, brightness, 0);
    Images.checkRange("ColorJitter", "contrast", 0, contrast, 0);
    Images.checkRange("ColorJitter", "saturation", 0, saturation, 0);
    Images.checkRange("ColorJitter", "hue", hue, HALF_CIRCLE, 0);
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    Images.checkColor("ColorJitter", x);
    int[] order = {0, 1, 2, 3};
    for (int i = CHANGES - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    double bright = factor(random, brightness);
    double contrasting = factor(random, contrast);
    double saturated = factor(random, saturation);
    double turn = Images.uniform(random, -hue, hue);
    Tensor y = x;
    for (int change : order) {
      y =
          switch (change) {
            case 0 -> brightness == 0 ? y : Color.brightness(y, bright);
            case 1 -> contrast == 0 ? y : Color.contrast(y, contrasting);
            case 2 -> saturation == 0 ? y : Color.saturation(y, saturated);
            default -> hue == 0 ? y : Color.hue(y, turn);
          };
    }
    return y;
  }

  private static double factor(Generator random, double most) {
    return Images.uniform(random, Math.max(0, 1 - most), 1 + most);
  }
}
