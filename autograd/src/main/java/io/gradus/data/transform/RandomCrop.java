package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;

/**
 * A part of an image at a random place.
 *
 * @param height of the part
 * @param width of the part
 * @param padding zeros put around the image before
 */
public record RandomCrop(int height, int width, int padding) implements Transform {
  /** Refuses sizes below 1 and negative padding. */
  public RandomCrop {
    Images.checkSize("RandomCrop", height, width);
    if (padding < 0) {
      throw new InvalidArgumentException(
          "[RandomCrop] padding must not be negative: " + padding + "; use 0 for none");
    }
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    Images.check("RandomCrop", x);
    Tensor padded = padding == 0 ? x : new Pad(padding).apply(x, random);
    int rows = Images.height(padded) - height;
    int columns = Images.width(padded) - width;
    if (rows < 0 || columns < 0) {
      throw new ShapeException(
          "[RandomCrop] Required crop size %d x %d is larger than input image size %d x %d; pad or resize it"
              .formatted(height, width, Images.height(padded), Images.width(padded)));
    }
    int top = random.nextInt(rows + 1);
    int left = random.nextInt(columns + 1);
    return Images.crop(padded, top, left, height, width);
  }
}
