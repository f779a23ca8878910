package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;

/** Lets the rates fall to 0 as a power of the epochs that are left. */
public final class PolynomialLR extends LRScheduler {
  private final int totalIters;
  private final double power;

  /** On a line, in five epochs. */
  public PolynomialLR(Optimizer<?> optimizer) {
    this(optimizer, 5, 1);
  }

  /** By {@code power}, in {@code totalIters} epochs. */
  public PolynomialLR(Optimizer<?> optimizer, int totalIters, double power) {
    check(totalIters > 0, "total_iters must be positive, but got " + totalIters);
    this.totalIters = totalIters;
    this.power = power;
    super(optimizer);
    start();
  }

  @Override
  double next(int group, double present) {
    if (epoch() > totalIters) {
      return present;
    }
    double left = 1 - epoch() / (double) totalIters;
    double before = 1 - (epoch() - 1) / (double) totalIters;
    return present * Math.pow(left / before, power);
  }
}
