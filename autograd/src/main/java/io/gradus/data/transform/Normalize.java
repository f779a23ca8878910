package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;

/** Subtracts a mean from each channel of an image and divides by a standard deviation. */
public final class Normalize implements Transform {
  private final double[] mean;
  private final double[] std;

  /** One number of each for each channel, or for all. */
  public Normalize(double[] mean, double[] std) {
    if (mean.length == 0
        || mean.length != std.length
        || Arrays.stream(std).anyMatch(s -> !(s > 0))) {
      throw new InvalidArgumentException(
          "[Normalize] expected as many means as positive standard deviations, but got %s and %s"
              .formatted(Arrays.toString(mean), Arrays.toString(std)));
    }
    this.mean = mean.clone();
    this.std = std.clone();
  }

  /** The same for all channels. */
  public Normalize(double mean, double std) {
    this(new double[] {mean}, new double[] {std});
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    Images.checkFloat("Normalize", x);
    if (mean.length == 1) {
      return x.sub(mean[0]).div(std[0]);
    }
    if (x.dim() < 3 || x.size(-3) != mean.length) {
      throw new ShapeException(
          "[Normalize] expected an image of %d channels, but got shape %s"
              .formatted(mean.length, x.shape()));
    }
    return x.sub(perChannel(mean, x)).div(perChannel(std, x));
  }

  private static Tensor perChannel(double[] values, Tensor like) {
    return Tensor.tensor(values).to(like.dtype()).to(like.device()).view(-1, 1, 1);
  }

  @Override
  public String toString() {
    return "Normalize(%s, %s)".formatted(Arrays.toString(mean), Arrays.toString(std));
  }
}
