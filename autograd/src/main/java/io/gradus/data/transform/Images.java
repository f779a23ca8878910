package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;

/** What all transforms of images check of images and of their own arguments. */
final class Images {
  private static final int CHANNELS = 3;
  private static final double RED = 0.2989;
  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;

  private Images() {}

  /** Refuses what is no image [..., height, width]. */
  static Tensor check(String op, Tensor x) {
    if (x.dim() < 2 || x.numel() == 0) {
      throw new ShapeException(
          "[%s] expected an image [..., height, width] with elements, but got shape %s"
              .formatted(op, x.shape()));
    }
    return x;
  }

  /** Refuses images of whole numbers too. */
  static Tensor checkFloat(String op, Tensor x) {
    check(op, x);
    if (!x.dtype().isFloating()) {
      throw new DTypeException(
          "[%s] expected an image of a floating dtype, but got %s; apply ToFloat before"
              .formatted(op, x.dtype()));
    }
    return x;
  }

  /** Refuses images without three channels too. */
  static Tensor checkColor(String op, Tensor x) {
    checkFloat(op, x);
    if (x.dim() < 3 || x.size(-3) != CHANNELS) {
      throw new ShapeException(
          "[%s] expected an image [..., 3, height, width], but got shape %s"
              .formatted(op, x.shape()));
    }
    return x;
  }

  static int height(Tensor x) {
    return Math.toIntExact(x.size(-2));
  }

  static int width(Tensor x) {
    return Math.toIntExact(x.size(-1));
  }

  static Tensor crop(Tensor x, long top, long left, long height, long width) {
    return x.narrow(-2, top, height).narrow(-1, left, width);
  }

  /** Brightness of a colour image, with one channel (ITU-R BT.601). */
  static Tensor gray(Tensor x) {
    Tensor sum = x.narrow(-3, 0, 1).mul(RED).add(x.narrow(-3, 1, 1).mul(GREEN));
    return sum.add(x.narrow(-3, 2, 1).mul(BLUE));
  }

  static double uniform(Generator random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  static void checkSize(String op, int height, int width) {
    if (height < 1 || width < 1) {
      throw new InvalidArgumentException(
          "[%s] height and width must be positive, but got %d and %d".formatted(op, height, width));
    }
  }

  static void checkProbability(String op, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new InvalidArgumentException(
          "[%s] a probability is from 0 to 1, but got %s".formatted(op, p));
    }
  }

  static void checkRange(String op, String what, double from, double to, double least) {
    if (!(from >= least && from <= to) || Double.isInfinite(to)) {
      throw new InvalidArgumentException(
          "[%s] %s must be a range from at least %s, but got %s to %s"
              .formatted(op, what, least, from, to));
    }
  }
}
