package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.Module;
import io.gradus.nn.Reduction;
import io.gradus.nn.SequenceLosses;

/**
 * Connectionist temporal classification: the loss of a sequence of classes whose positions in the
 * input are not known; see {@link SequenceLosses#ctcLoss(Tensor, Tensor, long[], long[], long,
 * Reduction, boolean)}.
 */
public final class CTCLoss extends Module {
  private final long blank;
  private final Reduction reduction;
  private final boolean zeroInfinity;

  /** Class 0 is the blank; averages. */
  public CTCLoss() {
    this(0, Reduction.MEAN, false);
  }

  /**
   * With settings.
   *
   * @param blank class that stands for nothing
   * @param zeroInfinity whether targets that do not fit into their input count as 0
   */
  public CTCLoss(long blank, Reduction reduction, boolean zeroInfinity) {
    this.blank = blank;
    this.reduction = reduction;
    this.zeroInfinity = zeroInfinity;
  }

  /**
   * The loss.
   *
   * @param logProbs [length, batch, classes] or [length, classes]
   * @param targets [batch, length] or all behind each other
   */
  public Tensor call(Tensor logProbs, Tensor targets, long[] inputLengths, long[] targetLengths) {
    return SequenceLosses.ctcLoss(
        logProbs, targets, inputLengths, targetLengths, blank, reduction, zeroInfinity);
  }

  /** As {@link #call(Tensor, Tensor, long[], long[])} with lengths in tensors. */
  public Tensor call(Tensor logProbs, Tensor targets, Tensor inputLengths, Tensor targetLengths) {
    return SequenceLosses.ctcLoss(
        logProbs, targets, inputLengths, targetLengths, blank, reduction, zeroInfinity);
  }
}
