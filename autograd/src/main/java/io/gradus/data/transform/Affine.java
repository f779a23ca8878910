package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.nn.GridSampling;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;

/**
 * Turns an image about its middle, shears, scales and then moves it; what comes from outside is 0.
 *
 * @param degrees clockwise
 * @param right how far it is moved, in elements
 * @param down how far it is moved, in elements
 * @param scale 1 for none
 * @param shearX in degrees
 * @param shearY in degrees
 * @param mode how elements between others are made
 */
public record Affine(
    double degrees,
    double right,
    double down,
    double scale,
    double shearX,
    double shearY,
    GridSampling.Mode mode)
    implements Transform {
  /** Refuses scales that are not positive. */
  public Affine {
    if (!(scale > 0)) {
      throw new InvalidArgumentException("[Affine] scale must be positive: " + scale);
    }
  }

  /** A rotation counter-clockwise, bilinear. */
  public static Affine rotation(double degrees) {
    return new Affine(-degrees, 0, 0, 1, 0, 0, GridSampling.Mode.LINEAR);
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    Images.checkFloat("Affine", x);
    long h = x.size(-2);
    long w = x.size(-1);
    double[] m = inverse();
    Tensor theta =
        Tensor.tensor(
                m[0],
                m[1] * h / w,
                -2 * (m[0] * right + m[1] * down) / w,
                m[2] * w / h,
                m[3],
                -2 * (m[2] * right + m[3] * down) / h)
            .to(x.dtype())
            .to(x.device())
            .view(1, 2, 3);
    Tensor batch = x.reshape(1, -1, h, w);
    Tensor grid = GridSampling.affineGrid(theta, new long[] {1, 1, h, w}, false);
    return GridSampling.gridSample(batch, grid, mode, GridSampling.Padding.ZEROS, false)
        .reshape(x.shape().toArray());
  }

  /** From places of the result to places of the image: the inverse of rotation, shear and scale. */
  private double[] inverse() {
    double rot = Math.toRadians(degrees);
    double sx = Math.toRadians(shearX);
    double sy = Math.toRadians(shearY);
    double a = Math.cos(rot - sy) / Math.cos(sy);
    double b = -a * Math.tan(sx) - Math.sin(rot);
    double c = Math.sin(rot - sy) / Math.cos(sy);
    double d = -c * Math.tan(sx) + Math.cos(rot);
    return new double[] {d / scale, -b / scale, -c / scale, a / scale};
  }
}
