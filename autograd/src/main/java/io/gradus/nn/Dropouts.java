package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;

/** Dropping whole channels, and dropping that keeps mean and variance. */
public final class Dropouts {
  /** What an element of a self-normalising network is set to: -λα of SELU. */
  private static final double LOW = -1.7580993408473766;

  private Dropouts() {}

  /** Drops channels of [n, channels, length] or [channels, length] with probability p. */
  public static Tensor dropout1d(Tensor input, double p, boolean training) {
    return channels("dropout1d", input, p, training, input.dim() == 2);
  }

  /** Drops channels of [n, channels, …] with probability p. */
  public static Tensor dropout2d(Tensor input, double p, boolean training) {
    return channels("dropout2d", input, p, training, false);
  }

  /** Drops channels of [n, channels, …] with probability p. */
  public static Tensor dropout3d(Tensor input, double p, boolean training) {
    return channels("dropout3d", input, p, training, false);
  }

  /** Drops elements with probability p, and keeps mean 0 and variance 1 of the input. */
  public static Tensor alphaDropout(Tensor input, double p, boolean training) {
    return alpha("alpha_dropout", input, p, training, input.shape().toArray());
  }

  /** {@link #alphaDropout} of whole channels of [n, channels, …]. */
  public static Tensor featureAlphaDropout(Tensor input, double p, boolean training) {
    Functional.checkProbability("feature_alpha_dropout", p);
    return training
        ? alpha("feature_alpha_dropout", input, p, true, mask("feature_alpha_dropout", input, 2))
        : input;
  }

  private static Tensor channels(
      String name, Tensor input, double p, boolean training, boolean single) {
    Functional.checkProbability(name, p);
    if (!training || p == 0) {
      return input;
    }
    long[] shape = mask(name, input, single ? 1 : 2);
    Tensor each = Tensor.ones(shape).to(input.device()).to(input.dtype());
    return input.mul(Functional.dropout(each, p, true, null));
  }

  private static Tensor alpha(String name, Tensor input, double p, boolean training, long[] shape) {
    Functional.checkProbability(name, p);
    if (!training || p == 0) {
      return input;
    }
    if (p == 1) {
      return input.mul(0);
    }
    double a = 1 / Math.sqrt((1 - p) * (1 + p * LOW * LOW));
    Tensor kept = Tensor.zeros(shape).to(input.device()).to(input.dtype()).bernoulli_(1 - p, null);
    Tensor dropped = kept.rsub(1).mul(a * LOW).add(-a * LOW * p);
    return input.mul(kept.mul(a)).add(dropped);
  }

  private static long[] mask(String name, Tensor input, int kept) {
    if (input.dim() < 2) {
      throw new ShapeException(
          "[%s] Feature dropout requires at least 2 dimensions in the input, got %s"
              .formatted(name, input.shape()));
    }
    long[] shape = input.shape().toArray();
    Arrays.fill(shape, kept, shape.length, 1);
    return shape;
  }

  /**
   * The gradient of dropout's input.
   *
   * @param grad of its output
   * @param mask true where an element was kept
   * @param scale what was kept was multiplied with
   */
  public static Tensor dropoutBackward(Tensor grad, Tensor mask, double scale) {
    return grad.mul(mask.to(grad.dtype()).mul(scale));
  }
}
