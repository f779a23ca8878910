package io.gradus.nn;

import io.gradus.Tensor;

/** What a loss does with the losses of the elements. */
public enum Reduction {
  /** Averages them. */
  MEAN,
  /** Adds them up. */
  SUM,
  /** Returns them as they are. */
  NONE;

  /** Applies it. */
  Tensor of(Tensor losses) {
    return switch (this) {
      case MEAN -> losses.mean();
      case SUM -> losses.sum();
      case NONE -> losses;
    };
  }
}
