package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;

/** Multiplies the rates by a factor every epoch. */
public final class ExponentialLR extends LRScheduler {
  private final double gamma;

  /** By {@code gamma}. */
  public ExponentialLR(Optimizer<?> optimizer, double gamma) {
    this.gamma = gamma;
    super(optimizer);
    start();
  }

  @Override
  double next(int group, double present) {
    return present * gamma;
  }
}
