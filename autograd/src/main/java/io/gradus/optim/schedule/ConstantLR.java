package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;

/** Multiplies the rates by a factor until a number of epochs is over. */
public final class ConstantLR extends LRScheduler {
  private final double factor;
  private final int totalIters;

  /** By 1/3 for five epochs. */
  public ConstantLR(Optimizer<?> optimizer) {
    this(optimizer, 1.0 / 3, 5);
  }

  /** By {@code factor}, between 0 and 1, for {@code totalIters} epochs. */
  public ConstantLR(Optimizer<?> optimizer, double factor, int totalIters) {
    check(
        factor >= 0 && factor <= 1,
        "Constant multiplicative factor expected to be between 0 and 1, but got " + factor);
    this.factor = factor;
    this.totalIters = totalIters;
    super(optimizer);
    start();
  }

  @Override
  double begin(int group, double present) {
    return present * factor;
  }

  @Override
  double restart(int group, double present) {
    return base(group) * (totalIters <= 0 ? 1 : factor);
  }

  @Override
  double next(int group, double present) {
    return epoch() == totalIters ? present * (1 / factor) : present;
  }
}
