package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Losses that compare an input with a target element by element; both broadcast unless it says
 * otherwise, with a warning where PyTorch warns. Formulas are those of PyTorch.
 */
public final class ElementLosses {
  /** PyTorch's constant, a {@code float} for every dtype. */
  private static final double LEAST_SPREAD = 1e-12f;

  private ElementLosses() {}

  /** {@code |x - y|}, averaged. */
  public static Tensor l1Loss(Tensor input, Tensor target) {
    return l1Loss(input, target, Reduction.MEAN);
  }

  /** {@code |x - y|}. */
  public static Tensor l1Loss(Tensor input, Tensor target, Reduction reduction) {
    TargetSize.warnIfOther("l1_loss", input, target);
    return reduction.of(input.sub(target).abs());
  }

  /**
   * {@code (x - y)² / 2β} where {@code |x - y| < β}, elsewhere {@code |x - y| - β/2}.
   *
   * @param beta at least 0; 0 is {@link #l1Loss}
   */
  public static Tensor smoothL1Loss(Tensor input, Tensor target, Reduction reduction, double beta) {
    if (!(beta >= 0)) {
      throw new InvalidArgumentException(
          "[smooth_l1_loss] smooth_l1_loss does not support negative values for beta: " + beta);
    }
    if (beta == 0) {
      return l1Loss(input, target, reduction);
    }
    TargetSize.warnIfOther("smooth_l1_loss", input, target);
    return reduction.of(
        Precision.once(
            input,
            target,
            (x, y) -> {
              Tensor diff = x.sub(y);
              Tensor far = diff.abs();
              Tensor near = diff.square().mul(0.5 / beta);
              return Tensor.where(far.lt(beta), near, far.sub(0.5 * beta));
            }));
  }

  /**
   * {@code (x - y)² / 2} where {@code |x - y| < δ}, elsewhere {@code δ (|x - y| - δ/2)}.
   *
   * @param delta greater than 0
   */
  public static Tensor huberLoss(Tensor input, Tensor target, Reduction reduction, double delta) {
    if (!(delta > 0)) {
      throw new InvalidArgumentException(
          "[huber_loss] huber_loss does not support non-positive values for delta: " + delta);
    }
    TargetSize.warnIfOther("huber_loss", input, target);
    return reduction.of(
        Precision.once(
            input,
            target,
            (x, y) -> {
              Tensor diff = x.sub(y);
              Tensor far = diff.abs();
              Tensor near = diff.square().mul(0.5);
              return Tensor.where(far.lt(delta), near, far.sub(0.5 * delta).mul(delta));
            }));
  }

  /**
   * {@code -(y log x + (1 - y) log(1 - x))} of probabilities; logarithms are at least -100.
   *
   * @param input probabilities, 0 to 1
   * @param target of the shape of the input
   * @param weight of the elements, broadcast; null for 1
   */
  public static Tensor binaryCrossEntropy(
      Tensor input, Tensor target, @Nullable Tensor weight, Reduction reduction) {
    if (!input.shape().equals(target.shape())) {
      throw new ShapeException(
          "[binary_cross_entropy] Using a target size (%s) that is different to the input size (%s) is not supported; make them the same"
              .formatted(target.shape(), input.shape()));
    }
    if (input.numel() > 0 && holds(input.lt(0).logicalOr(input.gt(1)))) {
      throw new InvalidArgumentException(
          "[binary_cross_entropy] all elements of input should be between 0 and 1; apply sigmoid,"
              + " or use the form with logits");
    }
    Tensor losses;
    try (GradMode.Scope quiet = GradMode.noGrad()) {
      Tensor yes = input.log().clampMin(-100);
      losses = target.sub(1).mul(unlikely(input)).sub(target.mul(yes));
    }
    // Not what the logarithms' slopes would give: PyTorch keeps p (1 - p) away from 0.
    Tensor recorded =
        Record.rule(
            "BinaryCrossEntropyBackward0",
            losses,
            new Tensor[] {input, target},
            new Tensor[] {input, target},
            (g, s, needs) -> {
              Tensor spread = s[0].rsub(1).mul(s[0]).clampMin(LEAST_SPREAD);
              return new Tensor[] {
                needs[0] ? g.mul(s[0].sub(s[1])).div(spread) : null,
                needs[1] ? g.mul(unlikely(s[0]).sub(s[0].log().clampMin(-100))) : null
              };
            });
    return reduction.of(weight == null ? recorded : recorded.mul(weight));
  }

  private static Tensor unlikely(Tensor probability) {
    return probability.neg().log1p().clampMin(-100);
  }

  /**
   * Binary cross entropy of logits: {@code (1 - y) x + (1 + (w - 1) y) softplus(-x)} with w the
   * weight of the positive answers; stable for large logits.
   *
   * @param target of the shape of the input
   * @param weight of the elements, broadcast; null for 1
   * @param posWeight w, broadcast; null for 1
   */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      Reduction reduction,
      @Nullable Tensor posWeight) {
    if (!input.shape().equals(target.shape())) {
      throw new ShapeException(
          "[binary_cross_entropy_with_logits] Target size (%s) must be the same as input size (%s)"
              .formatted(target.shape(), input.shape()));
    }
    Tensor logs = input.logsigmoid();
    Tensor scaled = posWeight == null ? logs : logs.mul(posWeight.sub(1).mul(target).add(1));
    Tensor losses = target.rsub(1).mul(input).sub(scaled);
    return reduction.of(weight == null ? losses : losses.mul(weight));
  }

  /**
   * Kullback-Leibler divergence {@code y (log y - x)}.
   *
   * @param input log probabilities
   * @param target probabilities, or their logarithms
   * @param logTarget whether the target holds logarithms
   */
  public static Tensor klDiv(Tensor input, Tensor target, Reduction reduction, boolean logTarget) {
    return reduction.of(divergence(input, target, logTarget));
  }

  /** {@link #klDiv} summed and divided by the size of the first dimension. */
  public static Tensor klDivBatchMean(Tensor input, Tensor target, boolean logTarget) {
    Tensor sum = divergence(input, target, logTarget).sum();
    return input.dim() == 0 ? sum : sum.div(input.size(0));
  }

  private static Tensor divergence(Tensor input, Tensor target, boolean logTarget) {
    return logTarget
        ? target.exp().mul(target.sub(input))
        : target.xlogy(target).sub(target.mul(input));
  }

  /**
   * Negative log likelihood of counts: {@code exp(x) - y x}, or {@code x - y log(x + eps)}.
   *
   * @param logInput whether the input holds logarithms of rates
   * @param full whether to add Stirling's approximation of {@code log y!}
   */
  public static Tensor poissonNllLoss(
      Tensor input,
      Tensor target,
      boolean logInput,
      boolean full,
      double eps,
      Reduction reduction) {
    Tensor losses =
        logInput ? input.exp().sub(target.mul(input)) : input.sub(target.mul(input.add(eps).log()));
    if (full) {
      Tensor few = target.le(1);
      Tensor many = target.maskedFill(few, 1);
      Tensor stirling = many.mul(many.log()).sub(many).add(many.mul(2 * Math.PI).log().mul(0.5));
      losses = losses.add(stirling.maskedFill(few, 0));
    }
    return reduction.of(losses);
  }

  /**
   * Negative log likelihood of normal distributions: {@code (log v + (x - y)² / v) / 2}.
   *
   * @param var variances v, at least 0: of the shape of the input, without its last dimension or
   *     with 1 in place of one dimension; taken for at least {@code eps}, with the gradient of v
   *     itself
   * @param full whether to add {@code log(2π) / 2}
   */
  public static Tensor gaussianNllLoss(
      Tensor input, Tensor target, Tensor var, boolean full, double eps, Reduction reduction) {
    Tensor v = variance(input, var);
    if (!(eps > 0)) {
      throw new InvalidArgumentException("[gaussian_nll_loss] eps must be positive, got " + eps);
    }
    if (var.numel() > 0 && holds(var.lt(0))) {
      throw new InvalidArgumentException("[gaussian_nll_loss] var has negative entry/entries");
    }
    Tensor raised = v.add(v.clampMin(eps).sub(v).detach());
    Tensor losses = raised.log().add(input.sub(target).square().div(raised)).mul(0.5);
    return reduction.of(full ? losses.add(0.5 * Math.log(2 * Math.PI)) : losses);
  }

  private static Tensor variance(Tensor input, Tensor var) {
    if (var.dim() == 0 || var.shape().equals(input.shape())) {
      return var;
    }
    long[] in = input.shape().toArray();
    long[] given = var.shape().toArray();
    if (in.length > 0 && Arrays.equals(Arrays.copyOf(in, in.length - 1), given)) {
      return var.unsqueeze(-1);
    }
    if (in.length == given.length) {
      int shared = 0;
      long theirSizes = 0;
      for (int i = 0; i < in.length; i++) {
        if (in[i] != given[i]) {
          shared++;
          theirSizes += given[i];
        }
      }
      if (shared == 1 && theirSizes == 1) {
        return var;
      }
    }
    throw new ShapeException(
        "[gaussian_nll_loss] var is of incorrect size: %s for an input of %s"
            .formatted(var.shape(), input.shape()));
  }

  static boolean holds(Tensor condition) {
    return condition.any().item().doubleValue() != 0;
  }
}
