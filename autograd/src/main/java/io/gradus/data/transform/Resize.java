package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.nn.Interpolation;
import io.gradus.random.Generator;

/**
 * Gives an image another size, bilinearly, smoothed where it becomes smaller.
 *
 * @param height of the result
 * @param width of the result
 */
public record Resize(int height, int width) implements Transform {
  /** Refuses sizes below 1. */
  public Resize {
    Images.checkSize("Resize", height, width);
  }

  /** An image whose shorter side has a size, and which keeps its proportions. */
  public static Transform shorterSide(int size) {
    Images.checkSize("Resize", size, size);
    return (x, random) -> {
      Images.check("Resize", x);
      long h = x.size(-2);
      long w = x.size(-1);
      int longer = Math.toIntExact(size * Math.max(h, w) / Math.min(h, w));
      Resize resize = h <= w ? new Resize(size, longer) : new Resize(longer, size);
      return resize.apply(x, random);
    };
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    Images.checkFloat("Resize", x);
    long[] shape = x.shape().toArray();
    shape[shape.length - 2] = height;
    shape[shape.length - 1] = width;
    Tensor batch = x.reshape(-1, 1, x.size(-2), x.size(-1));
    return Interpolation.interpolateAntialias(
            batch, new long[] {height, width}, Interpolation.Mode.LINEAR, false)
        .reshape(shape);
  }
}
