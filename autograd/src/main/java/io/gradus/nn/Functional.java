package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.random.Generator;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What layers compute, without state. */
public final class Functional {
  private Functional() {}

  /**
   * {@code x Wᵀ}; {@link #linear(Tensor, Tensor, Tensor)} without bias.
   *
   * @param x [*, in]
   * @param weight [out, in]
   * @throws DTypeException if the dtypes differ
   */
  public static Tensor linear(Tensor x, Tensor weight) {
    return linear(x, weight, null);
  }

  /**
   * {@code x Wᵀ + b}.
   *
   * @param x [*, in]
   * @param weight [out, in]
   * @param bias [out] or null
   * @throws DTypeException if the dtypes differ
   */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    Precision.checkSame("linear", "mat1 and mat2", x, weight);
    if (bias == null) {
      return x.matmul(weight.t());
    }
    Precision.checkSame("linear", "input and bias", x, bias);
    boolean isRoundedOnce = Precision.wide(x.dtype()) == x.dtype();
    if (isRoundedOnce && weight.dim() == 2 && bias.dim() == 1) {
      if (x.dim() == 2) {
        return bias.addmm(x, weight.t());
      }
      if (x.dim() == 3 && x.isContiguous()) {
        Tensor rows = x.view(x.size(0) * x.size(1), x.size(2));
        return bias.addmm(rows, weight.t()).view(x.size(0), x.size(1), weight.size(0));
      }
    }
    Tensor y = Precision.wide(x).matmul(Precision.wide(weight).t()).add(Precision.wide(bias));
    return Precision.rounded(y, x.dtype());
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

  /** {@link #mseLoss(Tensor, Tensor, Reduction)}, averaged. */
  public static Tensor mseLoss(Tensor input, Tensor target) {
    return mseLoss(input, target, Reduction.MEAN);
  }

  /** Mean squared error of tensors of one shape; others are broadcast, with a warning. */
  public static Tensor mseLoss(Tensor input, Tensor target, Reduction reduction) {
    TargetSize.warnIfOther("mse_loss", input, target);
    return reduction.of(Precision.once(input, target, (x, y) -> x.sub(y).square()));
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
    return crossEntropy(
        input,
        target,
        new CrossEntropyLoss.Options(weight, ignoreIndex, reduction, labelSmoothing));
  }

  /** As {@link #crossEntropy(Tensor, Tensor, Tensor, long, Reduction, double)}. */
  public static Tensor crossEntropy(Tensor input, Tensor target, CrossEntropyLoss.Options options) {
    return Losses.crossEntropy(input, target, options);
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

  /**
   * {@link #crossEntropy(Tensor, Tensor)} of the logits {@link #linear linear(x, weight, bias)}.
   *
   * @param x [in] or [batch, in]
   * @param weight [classes, in], or [classes, d1, …, in] for losses at several places; that needs a
   *     batch
   * @param target class indices (i64), [], [batch] or [batch, d1, …]; or probabilities with classes
   *     in front of d1
   * @param bias of the shape of the weight without its last dimension, or null
   * @throws ShapeException if the shapes do not fit to each other
   */
  public static Tensor linearCrossEntropy(
      Tensor x,
      Tensor weight,
      Tensor target,
      @Nullable Tensor bias,
      CrossEntropyLoss.Options options) {
    if (x.dim() < 1 || x.dim() > 2) {
      throw new ShapeException(
          "[linear_cross_entropy] expected input with dimensionality 1 or 2, got " + x.dim());
    }
    if (weight.dim() < 2) {
      throw new ShapeException(
          "[linear_cross_entropy] expected linear_weight with dimensionality at least 2, got "
              + weight.dim());
    }
    long in = x.size(-1);
    if (in != weight.size(-1)) {
      throw new ShapeException(
          "[linear_cross_entropy] expected equal input and linear_weight last dimensions (in_features), got %d and %d, respectively"
              .formatted(in, weight.size(-1)));
    }
    long[] out = Arrays.copyOf(weight.shape().toArray(), weight.dim() - 1);
    if (bias != null && !Arrays.equals(bias.shape().toArray(), out)) {
      throw new ShapeException(
          "[linear_cross_entropy] expected linear_bias shape %s, got %s"
              .formatted(Arrays.toString(out), bias.shape()));
    }
    if (out.length > 1 && x.dim() < 2) {
      throw new ShapeException(
          "[linear_cross_entropy] a loss at several places, as linear_weight of shape %s asks for, requires batched input, (N, %d), got unbatched input with shape %s"
              .formatted(weight.shape(), in, x.shape()));
    }
    Tensor logits = linear(x, weight.reshape(-1, in), bias == null ? null : bias.reshape(-1));
    long[] shape = Arrays.copyOf(x.shape().toArray(), x.dim() - 1 + out.length);
    System.arraycopy(out, 0, shape, x.dim() - 1, out.length);
    return Losses.crossEntropy(logits.reshape(shape), target, options);
  }
}
