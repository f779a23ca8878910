package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;

/** Multiplies the rates by a factor every few epochs. */
public final class StepLR extends LRScheduler {
  private final int stepSize;
  private final double gamma;

  /** By 0.1 every {@code stepSize} epochs. */
  public StepLR(Optimizer<?> optimizer, int stepSize) {
    this(optimizer, stepSize, 0.1);
  }

  /** By {@code gamma} every {@code stepSize} epochs. */
  public StepLR(Optimizer<?> optimizer, int stepSize, double gamma) {
    check(stepSize > 0, "step_size must be positive, but got " + stepSize);
    this.stepSize = stepSize;
    this.gamma = gamma;
    super(optimizer);
    start();
  }

  @Override
  double next(int group, double present) {
    return epoch() % stepSize == 0 ? present * gamma : present;
  }
}
