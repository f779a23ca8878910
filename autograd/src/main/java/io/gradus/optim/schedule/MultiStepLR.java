package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;

/** Multiplies the rates by a factor at given epochs; several times where one is given twice. */
public final class MultiStepLR extends LRScheduler {
  private final int[] milestones;
  private final double gamma;

  /** By {@code gamma} (PyTorch: 0.1) at each of the epochs. */
  public MultiStepLR(Optimizer<?> optimizer, double gamma, int... milestones) {
    this.milestones = milestones.clone();
    this.gamma = gamma;
    super(optimizer);
    start();
  }

  @Override
  double next(int group, double present) {
    int times = 0;
    for (int m : milestones) {
      times += m == epoch() ? 1 : 0;
    }
    return times == 0 ? present : present * Math.pow(gamma, times);
  }
}
