package io.gradus.nn.loss;

import io.gradus.Tensor;
import io.gradus.nn.Distances;
import io.gradus.nn.MarginLosses;
import io.gradus.nn.Module;
import io.gradus.nn.Reduction;
import java.util.function.BinaryOperator;

/** {@link TripletMarginLoss} with a distance of one's own. */
public final class TripletMarginWithDistanceLoss extends Module {
  private final BinaryOperator<Tensor> distance;
  private final double margin;
  private final boolean swap;
  private final Reduction reduction;

  /** Euclidean distances and a margin of 1; averages. */
  public TripletMarginWithDistanceLoss() {
    this(Distances::pairwiseDistance, 1, false, Reduction.MEAN);
  }

  /**
   * With settings.
   *
   * @param distance of two tensors [n, d], a tensor [n]
   * @param margin greater than 0
   * @param swap whether the negative counts as near as it is to the positive
   * @param reduction what becomes of the losses of the elements
   */
  public TripletMarginWithDistanceLoss(
      BinaryOperator<Tensor> distance, double margin, boolean swap, Reduction reduction) {
    this.distance = distance;
    this.margin = margin;
    this.swap = swap;
    this.reduction = reduction;
  }

  /** The loss. */
  public Tensor call(Tensor anchor, Tensor positive, Tensor negative) {
    return MarginLosses.tripletMarginWithDistanceLoss(
        anchor, positive, negative, distance, margin, swap, reduction);
  }
}
