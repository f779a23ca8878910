package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.Functional;
import io.gradus.nn.Loss;
import io.gradus.nn.Reduction;
import io.gradus.tensor.error.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/** Cross entropy between logits [batch, classes, …] and class indices or probabilities. */
public final class CrossEntropyLoss extends Loss {
  /**
   * Settings.
   *
   * @param weight of each class; null for 1
   * @param ignoreIndex target that does not count
   * @param labelSmoothing share of the target that is spread over all classes, 0 to 1
   */
  public record Options(
      @Nullable Tensor weight, long ignoreIndex, Reduction reduction, double labelSmoothing) {
    /** Averages; nothing ignored but -100, nothing smoothed. */
    public static final Options DEFAULT = new Options(null, -100, Reduction.MEAN, 0);

    /** Refuses a smoothing outside [0, 1]. */
    public Options {
      if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
        throw new InvalidArgumentException(
            "[cross_entropy] label_smoothing must be between 0.0 and 1.0. Got: " + labelSmoothing);
      }
    }

    /** With class weights. */
    public Options weight(Tensor value) {
      return new Options(value, ignoreIndex, reduction, labelSmoothing);
    }

    /** With another ignored target. */
    public Options ignoreIndex(long value) {
      return new Options(weight, value, reduction, labelSmoothing);
    }

    /** With another reduction. */
    public Options reduction(Reduction value) {
      return new Options(weight, ignoreIndex, value, labelSmoothing);
    }

    /** With label smoothing. */
    public Options labelSmoothing(double value) {
      return new Options(weight, ignoreIndex, reduction, value);
    }
  }

  private final Options options;

  /** With {@link Options#DEFAULT}. */
  public CrossEntropyLoss() {
    this(Options.DEFAULT);
  }

  /** With settings. */
  public CrossEntropyLoss(Options options) {
    Tensor weight = options.weight();
    this.options =
        weight == null ? options : options.weight(registerBuffer("weight", weight.detach(), true));
  }

  @Override
  public Tensor forward(Tensor input, Tensor target) {
    return Functional.crossEntropy(input, target, options);
  }
}
