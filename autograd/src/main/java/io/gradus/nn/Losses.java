package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.exec.NllLoss;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/** Losses of classification. */
final class Losses {
  private Losses() {}

  /**
   * Cross entropy between logits and classes, or class probabilities.
   *
   * @param input logits, [classes], [batch, classes] or [batch, classes, d1, …]
   * @param target class indices (i64) of the shape of the input without its classes, or
   *     probabilities of the shape of the input
   */
  static Tensor crossEntropy(Tensor input, Tensor target, CrossEntropyLoss.Options options) {
    int classDim = input.dim() == 1 ? 0 : 1;
    if (input.dim() == 0) {
      throw new ShapeException(
          "[cross_entropy] expected input of 1 or more dimensions, got a 0-dim tensor");
    }
    Tensor logs = input.logSoftmax(classDim);
    boolean probabilities = target.dtype().isFloating();
    if (probabilities) {
      if (!target.shape().equals(input.shape())) {
        throw new ShapeException(
            "[cross_entropy] class probabilities, which a floating target is, must have the shape of the input: %s and %s%s"
                .formatted(target.shape(), input.shape(), hint(input, target, classDim)));
      }
      if (options.ignoreIndex() >= 0) {
        throw new InvalidArgumentException(
            "[cross_entropy] ignore_index is not supported for floating point target: it cannot be"
                + " specified when target contains probabilities, but got "
                + options.ignoreIndex());
      }
      return soft(logs, target, classDim, options);
    }
    Tensor nll =
        nll(logs, target, classDim, options.weight(), options.ignoreIndex(), options.reduction());
    double smoothing = options.labelSmoothing();
    if (smoothing == 0) {
      return nll;
    }
    return nll.mul(1 - smoothing)
        .add(smooth(logs, target, classDim, options).mul(smoothing / input.size(classDim)));
  }

  /** What to do with a target that may be meant as class indices. */
  private static String hint(Tensor input, Tensor target, int classDim) {
    return target.shape().equals(withoutClasses(input, classDim))
        ? "; for class indices, which have dtype i64, use target.to(DType.I64), but got "
            + target.dtype()
        : "";
  }

  private static Shape withoutClasses(Tensor input, int classDim) {
    boolean[] classes = new boolean[input.dim()];
    classes[classDim] = true;
    return input.shape().without(classes);
  }

  private static Tensor soft(
      Tensor logs, Tensor target, int classDim, CrossEntropyLoss.Options options) {
    double smoothing = options.labelSmoothing();
    long classes = logs.size(classDim);
    Tensor t = smoothing == 0 ? target : target.mul(1 - smoothing).add(smoothing / classes);
    Tensor weighted = logs.mul(t);
    Tensor weight = options.weight();
    if (weight != null) {
      weighted = weighted.mul(alongClasses(weight, logs, classDim));
    }
    return switch (options.reduction()) {
      case NONE -> weighted.sum(new int[] {classDim}, false).neg();
      case SUM -> weighted.sum().neg();
      case MEAN ->
          weighted.sum().neg().div(classes == 0 ? Double.NaN : Math.max(1, logs.numel() / classes));
    };
  }

  /** The part of label smoothing that falls on all classes alike. */
  private static Tensor smooth(
      Tensor logs, Tensor target, int classDim, CrossEntropyLoss.Options options) {
    Tensor weight = options.weight();
    Tensor weighted = weight == null ? logs : logs.mul(alongClasses(weight, logs, classDim));
    Tensor losses = weighted.sum(new int[] {classDim}, false).neg();
    Tensor ignored = target.eq(options.ignoreIndex());
    losses = losses.maskedFill(ignored, 0);
    return switch (options.reduction()) {
      case NONE -> losses;
      case SUM -> losses.sum();
      case MEAN -> {
        Tensor kept = ignored.logicalNot();
        Tensor total =
            weight == null
                ? kept.sum().to(logs.dtype())
                : weight
                    .indexSelect(0, target.maskedFill(ignored, 0).reshape(-1))
                    .mul(kept.reshape(-1))
                    .sum();
        yield losses.sum().div(total);
      }
    };
  }

  private static Tensor alongClasses(Tensor weight, Tensor like, int classDim) {
    long[] shape = new long[like.dim()];
    java.util.Arrays.fill(shape, 1);
    shape[classDim] = weight.numel();
    return weight.reshape(shape);
  }

  /**
   * Negative log likelihood.
   *
   * @param logs log probabilities
   * @param target class indices (i64)
   * @param weight of each class, null for 1
   */
  static Tensor nll(
      Tensor logs,
      Tensor target,
      int classDim,
      @Nullable Tensor weight,
      long ignoreIndex,
      Reduction reduction) {
    if (target.dtype() != DType.I64 && target.dtype() != DType.I32) {
      throw new InvalidArgumentException(
          "[nll_loss] expected class indices of dtype i64, got %s; use target.to(DType.I64)"
              .formatted(target.dtype()));
    }
    if (!target.shape().equals(withoutClasses(logs, classDim))) {
      throw new ShapeException(
          "[nll_loss] Expected input batch_size (%s) to match target batch_size (%s): target must have the shape of the input without its classes"
              .formatted(logs.shape(), target.shape()));
    }
    if (weight != null && weight.numel() != logs.size(classDim)) {
      throw new ShapeException(
          "[nll_loss] weight tensor should be defined either for all %d classes or no classes but got weight tensor of shape: %s"
              .formatted(logs.size(classDim), weight.shape()));
    }
    try {
      NllLoss loss = new NllLoss(logs, target.to(DType.I64), classDim, weight, ignoreIndex);
      return switch (reduction) {
        case NONE -> loss.each();
        case SUM -> loss.sum();
        case MEAN -> loss.mean();
      };
    } catch (TensorIndexException e) {
      throw new TensorIndexException(
          "[nll_loss] Target is out of bounds for %d classes: %s"
              .formatted(logs.size(classDim), e.getMessage()),
          e);
    }
  }
}
