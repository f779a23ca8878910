package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;

/** Multiplies the rates by a factor that moves on a line from one value to another. */
public final class LinearLR extends LRScheduler {
  private final double startFactor;
  private final double endFactor;
  private final int totalIters;

  /** From 1/3 to 1 in five epochs. */
  public LinearLR(Optimizer<?> optimizer) {
    this(optimizer, 1.0 / 3, 1, 5);
  }

  /** From {@code startFactor} to {@code endFactor} in {@code totalIters} epochs. */
  public LinearLR(Optimizer<?> optimizer, double startFactor, double endFactor, int totalIters) {
    check(
        startFactor > 0 && startFactor <= 1,
        "Starting multiplicative factor expected to be greater than 0 and less or equal to 1, but"
            + " got "
            + startFactor);
    check(
        endFactor >= 0 && endFactor <= 1,
        "Ending multiplicative factor expected to be between 0 and 1, but got " + endFactor);
    check(totalIters > 0, "total_iters must be positive, but got " + totalIters);
    this.startFactor = startFactor;
    this.endFactor = endFactor;
    this.totalIters = totalIters;
    super(optimizer);
    start();
  }

  @Override
  double begin(int group, double present) {
    return present * startFactor;
  }

  @Override
  double restart(int group, double present) {
    return base(group) * startFactor;
  }

  @Override
  double next(int group, double present) {
    if (epoch() > totalIters) {
      return present;
    }
    double rise = endFactor - startFactor;
    return present * (1 + rise / (totalIters * startFactor + (epoch() - 1) * rise));
  }
}
