package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import org.jspecify.annotations.Nullable;

/** What layers compute, without state. */
public final class Functional {
  private Functional() {}

  /**
   * {@code x Wᵀ + b}.
   *
   * @param x [*, in]
   * @param weight [out, in]
   * @param bias [out] or null
   */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    Tensor y = x.matmul(weight.t());
    return bias == null ? y : y.add(bias);
  }

  /**
   * Sets each element to 0 with probability {@code p} and scales the others by 1/(1-p); nothing
   * outside of training.
   *
   * @param generator null for the default one
   */
  public static Tensor dropout(
      Tensor x, double p, boolean training, @Nullable Generator generator) {
    checkProbability("dropout", p);
    if (!training || p == 0) {
      return x;
    }
    if (p == 1) {
      return x.mul(Tensor.zerosLike(x));
    }
    Tensor mask = Tensor.emptyLike(x).bernoulli_(1 - p, generator);
    return x.mul(mask.mul_(1 / (1 - p)));
  }

  static void checkProbability(String name, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new InvalidArgumentException(
          "[%s] dropout probability has to be between 0 and 1, but got %s".formatted(name, p));
    }
  }

  /** Mean squared error of tensors of one shape. */
  public static Tensor mseLoss(Tensor input, Tensor target, Reduction reduction) {
    return reduction.of(input.sub(target).square());
  }

  /** See {@link Losses#crossEntropy}. */
  public static Tensor crossEntropy(Tensor input, Tensor target) {
    return Losses.crossEntropy(input, target, CrossEntropyLoss.Options.DEFAULT);
  }

  /**
   * Cross entropy between logits and classes, or class probabilities.
   *
   * @param input logits, [classes], [batch, classes] or [batch, classes, d1, …]
   * @param target class indices (i64) of the shape of the input without its classes, or
   *     probabilities of the shape of the input
   * @param weight of each class, null for 1
   * @param ignoreIndex target that does not count
   * @param labelSmoothing share of the target that is spread over all classes, 0 to 1
   */
  public static Tensor crossEntropy(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      long ignoreIndex,
      Reduction reduction,
      double labelSmoothing) {
    return Losses.crossEntropy(
        input,
        target,
        new CrossEntropyLoss.Options(weight, ignoreIndex, reduction, labelSmoothing));
  }

  /**
   * Negative log likelihood: minus the log probability of each target.
   *
   * @param input log probabilities, [classes], [batch, classes] or [batch, classes, d1, …]
   * @param target class indices (i64) of the shape of the input without its classes
   * @param weight of each class, null for 1
   * @param ignoreIndex target that does not count
   */
  public static Tensor nllLoss(
      Tensor input, Tensor target, @Nullable Tensor weight, long ignoreIndex, Reduction reduction) {
    if (input.dim() == 0) {
      throw new ShapeException("[nll_loss] Expected 1 or more dimensions (got 0)");
    }
    return Losses.nll(input, target, input.dim() == 1 ? 0 : 1, weight, ignoreIndex, reduction);
  }
}
