package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.nn.GridSampling;
import io.gradus.random.Generator;

/**
 * Turns, moves, scales and shears an image at random, bilinearly.
 *
 * @param degrees most that it is turned, either way
 * @param translate most that it is moved either way, as a part of its width and height
 * @param minScale least scale
 * @param maxScale most scale
 * @param shear most that it is sheared along its width, in degrees either way
 */
public record RandomAffine(
    double degrees, double translate, double minScale, double maxScale, double shear)
    implements Transform {
  private static final double MOST_SHEAR = 89;

  /** Refuses ranges that are none. */
  public RandomAffine {
    Images.checkRange("RandomAffine", "degrees", 0, degrees, 0);
    Images.checkRange("RandomAffine", "translate", translate, 1, 0);
    Images.checkRange("RandomAffine", "scale", minScale, maxScale, Double.MIN_NORMAL);
    Images.checkRange("RandomAffine", "shear", shear, MOST_SHEAR, 0);
  }

  /** A rotation only. */
  public static RandomAffine rotation(double degrees) {
    return new RandomAffine(degrees, 0, 1, 1, 0);
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    Images.checkFloat("RandomAffine", x);
    double angle = Images.uniform(random, -degrees, degrees);
    double right = Math.rint(Images.uniform(random, -translate, translate) * x.size(-1));
    double down = Math.rint(Images.uniform(random, -translate, translate) * x.size(-2));
    double scale = Images.uniform(random, minScale, maxScale);
    double sheared = Images.uniform(random, -shear, shear);
    return new Affine(angle, right, down, scale, sheared, 0, GridSampling.Mode.LINEAR)
        .apply(x, random);
  }
}
