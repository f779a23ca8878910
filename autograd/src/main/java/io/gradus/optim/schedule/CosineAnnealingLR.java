package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;

/**
 * Moves the rates on a half cosine down to a minimum, and back up.
 *
 * <p>I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017.
 */
public final class CosineAnnealingLR extends LRScheduler {
  private final int half;
  private final double minimum;

  /** Down to 0 in {@code tMax} epochs. */
  public CosineAnnealingLR(Optimizer<?> optimizer, int tMax) {
    this(optimizer, tMax, 0);
  }

  /** Down to {@code etaMin} in {@code tMax} epochs. */
  public CosineAnnealingLR(Optimizer<?> optimizer, int tMax, double etaMin) {
    check(tMax > 0, "T_max must be positive, but got " + tMax);
    this.half = tMax;
    this.minimum = etaMin;
    super(optimizer);
    start();
  }

  @Override
  double next(int group, double present) {
    if (Math.floorMod(epoch() - 1 - half, 2 * half) == 0) {
      // Away from the minimum, where the ratio below would be 0 / 0.
      return present + (base(group) - minimum) * (1 - Math.cos(Math.PI / half)) / 2;
    }
    double now = 1 + Math.cos(Math.PI * epoch() / half);
    double before = 1 + Math.cos(Math.PI * (epoch() - 1) / half);
    return now / before * (present - minimum) + minimum;
  }
}
