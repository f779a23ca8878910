package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Losses that ask for a distance between answers. Formulas are those of PyTorch. */
public final class MarginLosses {
  private static final double TINY = 1e-12;

  private MarginLosses() {}

  /** {@code log(1 + exp(-y x))} with targets of 1 and -1. */
  public static Tensor softMarginLoss(Tensor input, Tensor target, Reduction reduction) {
    return reduction.of(input.mul(target.neg()).exp().log1p());
  }

  /** {@code x} where the target is 1, {@code max(0, margin - x)} where it is -1. */
  public static Tensor hingeEmbeddingLoss(
      Tensor input, Tensor target, double margin, Reduction reduction) {
    Tensor far = Tensor.where(target.ne(1), input.rsub(margin).clampMin(0), 0);
    return reduction.of(far.add(Tensor.where(target.ne(-1), input, 0)));
  }

  /** {@code max(0, -y (x1 - x2) + margin)}: 1 asks for a greater x1, -1 for a greater x2. */
  public static Tensor marginRankingLoss(
      Tensor input1, Tensor input2, Tensor target, double margin, Reduction reduction) {
    if (input1.dim() != input2.dim() || input1.dim() != target.dim()) {
      throw new ShapeException(
          "[margin_ranking_loss] All input tensors should have same dimension but got sizes: input1: %s, input2: %s, target: %s"
              .formatted(input1.shape(), input2.shape(), target.shape()));
    }
    return reduction.of(target.neg().mul(input1.sub(input2)).add(margin).clampMin(0));
  }

  /**
   * {@code 1 - cos(x1, x2)} where the target is 1, {@code max(0, cos(x1, x2) - margin)} where it is
   * -1.
   *
   * @param input1 [d] or [n, d]
   * @param target [] or [n]
   */
  public static Tensor cosineEmbeddingLoss(
      Tensor input1, Tensor input2, Tensor target, double margin, Reduction reduction) {
    if (target.dim() > 1) {
      throw new ShapeException(
          "[cosine_embedding_loss] 0D or 1D target tensor expected, multi-target not supported: "
              + target.shape());
    }
    int dims = target.dim() + 1;
    if (input1.dim() != dims || input2.dim() != dims) {
      throw new ShapeException(
          "[cosine_embedding_loss] %dD target tensor expects %dD input tensors, but found inputs with sizes %s and %s"
              .formatted(dims - 1, dims, input1.shape(), input2.shape()));
    }
    int[] last = {dims - 1};
    Tensor dot = input1.mul(input2).sum(last, false);
    Tensor size1 = input1.square().sum(last, false).add(TINY);
    Tensor size2 = input2.square().sum(last, false).add(TINY);
    Tensor cos = dot.div(size1.mul(size2).sqrt());
    Tensor same = Tensor.where(target.eq(1), cos.rsub(1), 0);
    Tensor other = Tensor.where(target.eq(-1), cos.sub(margin).clampMin(0), 0);
    return reduction.of(same.add(other));
  }

  /**
   * {@code max(0, margin + d(a, p) - d(a, n))} with the distances of {@link
   * Distances#pairwiseDistance(Tensor, Tensor, double, double, boolean)}.
   *
   * @param margin greater than 0
   * @param swap whether the negative counts as near as it is to the positive
   */
  public static Tensor tripletMarginLoss(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      double margin,
      double p,
      double eps,
      boolean swap,
      Reduction reduction) {
    return tripletMarginWithDistanceLoss(
        anchor,
        positive,
        negative,
        (x, y) -> Distances.pairwiseDistance(x, y, p, eps, false),
        margin,
        swap,
        reduction);
  }

  /** {@link #tripletMarginLoss} with a distance of one's own. */
  public static Tensor tripletMarginWithDistanceLoss(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      BinaryOperator<Tensor> distance,
      double margin,
      boolean swap,
      Reduction reduction) {
    if (!(margin > 0)) {
      throw new InvalidArgumentException(
          "[triplet_margin_loss] margin must be greater than 0, got " + margin);
    }
    if (anchor.dim() != positive.dim() || anchor.dim() != negative.dim()) {
      throw new ShapeException(
          "[triplet_margin_loss] The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: anchor %dD, positive %dD, and negative %dD inputs"
              .formatted(anchor.dim(), positive.dim(), negative.dim()));
    }
    Tensor near = distance.apply(anchor, positive);
    Tensor far = distance.apply(anchor, negative);
    if (swap) {
      far = far.minimum(distance.apply(positive, negative));
    }
    return reduction.of(near.sub(far).add(margin).clampMin(0));
  }

  /**
   * {@code Σ max(0, margin - x[y] + x[i])ᵖ / classes} over the classes i other than y.
   *
   * @param input [classes] or [n, classes]
   * @param target class indices (i64), [] or [n]
   * @param p 1 or 2
   * @param weight of each class, null for 1
   */
  public static Tensor multiMarginLoss(
      Tensor input,
      Tensor target,
      int p,
      double margin,
      @Nullable Tensor weight,
      Reduction reduction) {
    if (p != 1 && p != 2) {
      throw new InvalidArgumentException(
          "[multi_margin_loss] only p == 1 and p == 2 supported, got " + p);
    }
    Tensor rows = rows("multi_margin_loss", input);
    long n = rows.size(0);
    long classes = rows.size(1);
    if (weight != null && (weight.dim() != 1 || weight.numel() != classes)) {
      throw new ShapeException(
          "[multi_margin_loss] inconsistent weight size, expected %d but got %s: weight must be one-dimensional"
              .formatted(classes, weight.shape()));
    }
    if (target.dim() > 1 || target.numel() != n) {
      throw new ShapeException(
          "[multi_margin_loss] inconsistent target size, expected %d but got %s"
              .formatted(n, target.shape()));
    }
    requireIndices("multi_margin_loss", target);
    Tensor to = target.reshape(n, 1);
    if (n > 0 && ElementLosses.holds(to.lt(0).logicalOr(to.ge(classes)))) {
      throw new TensorIndexException(
          "[multi_margin_loss] target out of range: classes are 0 to " + (classes - 1));
    }
    Tensor terms = rows.sub(rows.gather(1, to)).add(margin).relu();
    if (p == 2) {
      terms = terms.square();
    }
    if (weight != null) {
      terms = terms.mul(weight.indexSelect(0, to.reshape(-1)).unsqueeze(1));
    }
    Tensor own = Tensor.arange(classes).to(target.device()).eq(to);
    Tensor losses = terms.maskedFill(own, 0).sum(new int[] {1}, false).div(classes);
    return reduction.of(target.dim() == 0 ? losses.squeeze(0) : losses);
  }

  /**
   * {@code Σ max(0, 1 - (x[y] - x[i])) / classes} over each class y that the target names and each
   * class i that it does not.
   *
   * @param input [classes] or [n, classes]
   * @param target of the shape of the input: class indices (i64), those before the first -1 count
   */
  public static Tensor multilabelMarginLoss(Tensor input, Tensor target, Reduction reduction) {
    Tensor rows = rows("multilabel_margin_loss", input);
    if (!target.shape().equals(input.shape())
        && (input.dim() > 1 || target.dim() > 1 || target.numel() != input.numel())) {
      throw new ShapeException(
          "[multilabel_margin_loss] inconsistent target size: %s for input of size: %s"
              .formatted(target.shape(), input.shape()));
    }
    requireIndices("multilabel_margin_loss", target);
    long classes = rows.size(1);
    Tensor to = target.reshape(rows.shape().toArray());
    if (ElementLosses.holds(to.lt(-1).logicalOr(to.ge(classes)))) {
      throw new TensorIndexException(
          "[multilabel_margin_loss] target out of range: classes are 0 to " + (classes - 1));
    }
    Tensor counts = to.lt(0).to(DType.I64).cumsum(1).eq(0);
    Tensor safe = to.maskedFill(counts.logicalNot(), 0);
    Tensor named = Tensor.zerosLike(to).scatterAdd(1, safe, counts.to(to.dtype())).gt(0);
    Tensor terms = rows.unsqueeze(1).sub(rows.gather(1, safe).unsqueeze(2)).add(1).relu();
    Tensor out = counts.logicalNot().unsqueeze(2).logicalOr(named.unsqueeze(1));
    Tensor losses = terms.maskedFill(out, 0).sum(new int[] {1, 2}, false).div(classes);
    return reduction.of(input.dim() < 2 ? losses.squeeze(0) : losses);
  }

  /**
   * {@code -(y log σ(x) + (1 - y) log σ(-x))}, averaged over the classes (the last dimension).
   *
   * @param target of the shape of the input, 0 or 1
   * @param weight of each class, broadcast; null for 1
   */
  public static Tensor multilabelSoftMarginLoss(
      Tensor input, Tensor target, @Nullable Tensor weight, Reduction reduction) {
    Tensor yes = target.mul(input.logsigmoid());
    Tensor no = target.rsub(1).mul(input.neg().logsigmoid());
    Tensor losses = yes.add(no).neg();
    return reduction.of((weight == null ? losses : losses.mul(weight)).mean(new int[] {-1}, false));
  }

  private static Tensor rows(String name, Tensor input) {
    boolean fits = input.dim() <= 2 && (input.dim() == 0 || input.size(-1) > 0);
    if (!fits) {
      throw new ShapeException(
          "[%s] Expected non-empty vector or matrix with optional 0-dim batch size, but got: %s"
              .formatted(name, input.shape()));
    }
    return input.dim() == 2 ? input : input.reshape(1, -1);
  }

  private static void requireIndices(String name, Tensor target) {
    if (target.dtype() != DType.I64) {
      throw new DTypeException(
          "[%s] expected scalar type Long but found %s: give class indices of dtype i64"
              .formatted(name, target.dtype()));
    }
  }
}
