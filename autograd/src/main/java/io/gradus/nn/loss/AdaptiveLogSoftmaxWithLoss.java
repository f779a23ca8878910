package io.gradus.nn.loss;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.Linear;
import io.gradus.nn.Module;
import io.gradus.nn.ModuleList;
import io.gradus.nn.Sequential;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A softmax over many classes of which few are frequent: the frequent ones share a head with one
 * place for each cluster of rarer ones, which have smaller layers of their own.
 *
 * <p>E. Grave et al., "Efficient softmax approximation for GPUs", ICML 2017. Classes are ordered by
 * frequency, the most frequent first. State dicts have PyTorch's names.
 */
public final class AdaptiveLogSoftmaxWithLoss extends Module {
  private static final double USUAL_DIVISOR = 4;

  private final int inFeatures;
  private final int classes;
  private final int[] ends;
  private final Linear head;
  private final List<Sequential> tail = new ArrayList<>();

  /**
   * What came of a batch.
   *
   * @param output log probability of each target, [batch] or []
   * @param loss the mean of their negatives
   */
  public record Result(Tensor output, Tensor loss) {}

  /** Each cluster with a quarter of the features of the one before. */
  public AdaptiveLogSoftmaxWithLoss(int inFeatures, int classes, int... cutoffs) {
    this(inFeatures, classes, cutoffs, USUAL_DIVISOR, false, Options.DEFAULT);
  }

  /**
   * With settings.
   *
   * @param cutoffs first class of each cluster, growing, between 0 and the number of classes
   * @param divisor how many times fewer features a cluster has than the one before
   * @param headBias whether the head has a bias
   * @throws InvalidArgumentException for other cutoffs
   */
  public AdaptiveLogSoftmaxWithLoss(
      int inFeatures,
      int classes,
      int[] cutoffs,
      double divisor,
      boolean headBias,
      Options tensors) {
    if (cutoffs.length == 0 || !growing(cutoffs, classes)) {
      throw new InvalidArgumentException(
          "[AdaptiveLogSoftmaxWithLoss] cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each value is between 1 and n_classes-1: %s of %d classes"
              .formatted(Arrays.toString(cutoffs), classes));
    }
    if (!(divisor > 0)) {
      throw new InvalidArgumentException(
          "[AdaptiveLogSoftmaxWithLoss] the divisor must be positive: %s; 4 is usual"
              .formatted(divisor));
    }
    this.inFeatures = inFeatures;
    this.classes = classes;
    ends = Arrays.copyOf(cutoffs, cutoffs.length + 1);
    ends[cutoffs.length] = classes;
    head = register("head", new Linear(inFeatures, ends[0] + cutoffs.length, headBias, tensors));
    ModuleList list = new ModuleList();
    for (int i = 0; i < cutoffs.length; i++) {
      long hidden = (long) Math.floor(inFeatures / Math.pow(divisor, i + 1));
      Sequential cluster =
          new Sequential(
              new Linear(inFeatures, hidden, false, tensors),
              new Linear(hidden, ends[i + 1] - ends[i], false, tensors));
      tail.add(cluster);
      list.add(cluster);
    }
    register("tail", list);
  }

  private static boolean growing(int[] cutoffs, int classes) {
    int before = 0;
    for (int c : cutoffs) {
      if (c <= before || c >= classes) {
        return false;
      }
      before = c;
    }
    return true;
  }

  /**
   * Log probabilities of targets, and the loss.
   *
   * @param input [batch, in] or [in]
   * @param target [batch] or [], {@code i64}
   */
  public Result call(Tensor input, Tensor target) {
    boolean single = target.dim() == 0;
    Tensor x = single ? input.unsqueeze(0) : input;
    Tensor t = single ? target.unsqueeze(0) : target;
    if (x.dim() != 2 || x.size(1) != inFeatures || t.dim() != 1 || t.size(0) != x.size(0)) {
      throw new ShapeException(
          "[AdaptiveLogSoftmaxWithLoss] Input and target should have the same size in the batch dimension: [batch, %d] and [batch], but got %s and %s"
              .formatted(inFeatures, input.shape(), target.shape()));
    }
    check(t);
    Tensor heads = head.call(x).logSoftmax(1);
    // What a class is called in the head: itself, or the place of its cluster.
    Tensor places = t.clone();
    Tensor output = Tensor.zerosLike(heads.select(1, 0));
    for (int i = 0; i < tail.size(); i++) {
      Tensor rows = t.ge(ends[i]).logicalAnd(t.lt(ends[i + 1])).nonzero().squeeze(1);
      if (rows.numel() > 0) {
        places = places.indexFill(0, rows, ends[0] + i);
        Tensor local = t.indexSelect(0, rows).sub(ends[i]).unsqueeze(1);
        Tensor cluster = tail.get(i).call(x.indexSelect(0, rows)).logSoftmax(1);
        output = output.indexAdd(0, rows, cluster.gather(1, local).squeeze(1));
      }
    }
    output = output.add(heads.gather(1, places.unsqueeze(1)).squeeze(1));
    Tensor loss = output.neg().mean();
    Tensor shown = single ? output.squeeze(0) : output;
    ran(List.of(input, target), shown);
    return new Result(shown, loss);
  }

  private void check(Tensor target) {
    if (target.numel() > 0
        && (target.min().item().longValue() < 0 || target.max().item().longValue() >= classes)) {
      throw new TensorIndexException(
          "[AdaptiveLogSoftmaxWithLoss] Target values should be in [0, n_classes - 1], but values in range [%d, %d] were found, with %d classes"
              .formatted(
                  target.min().item().longValue(), target.max().item().longValue(), classes));
    }
  }

  /** Log probabilities of all classes, [batch, classes], for an input [batch, in]. */
  public Tensor logProb(Tensor input) {
    Tensor heads = head.call(input).logSoftmax(1);
    List<Tensor> parts = new ArrayList<>();
    parts.add(heads.narrow(1, 0, ends[0]));
    for (int i = 0; i < tail.size(); i++) {
      Tensor cluster = heads.narrow(1, ends[0] + i, 1);
      parts.add(tail.get(i).call(input).logSoftmax(1).add(cluster));
    }
    return Tensor.cat(parts, 1);
  }

  /** The class of the highest probability for each row, [batch]. */
  public Tensor predict(Tensor input) {
    return logProb(input).argmax(1);
  }

  @Override
  protected String extraRepr() {
    return "%d, %d, cutoffs=%s".formatted(inFeatures, classes, Arrays.toString(ends));
  }
}
