package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;
import java.util.List;

/** One scheduler after the other, each from epoch 0. */
public final class SequentialLR extends LRScheduler {
  private final List<LRScheduler> schedulers;
  private final int[] milestones;

  /**
   * A sequence.
   *
   * @param schedulers of this optimizer
   * @param milestones the epochs at which the second and later ones begin, ascending
   */
  public SequentialLR(
      Optimizer<?> optimizer, List<? extends LRScheduler> schedulers, int... milestones) {
    check(!schedulers.isEmpty(), "SequentialLR expects at least one scheduler");
    check(
        milestones.length == schedulers.size() - 1,
        "Sequential Schedulers expects number of schedulers provided to be one more than the number"
            + " of milestone points, but got %d and %d"
                .formatted(schedulers.size(), milestones.length));
    checkParts("SequentialLR", optimizer, schedulers);
    this.schedulers = List.copyOf(schedulers);
    this.milestones = milestones.clone();
    super(optimizer);
    start();
    // The schedulers have set the rates when they were made; only the first is to.
    for (Optimizer.Group<?> g : groups()) {
      g.lr(g.initialLr());
    }
    this.schedulers.get(current()).start();
  }

  private int current() {
    int i = 0;
    while (i < milestones.length && milestones[i] <= epoch()) {
      i++;
    }
    return i;
  }

  @Override
  public void step() {
    super.step();
    int i = current();
    if (i > 0 && milestones[i - 1] == epoch()) {
      schedulers.get(i).restart();
    } else {
      schedulers.get(i).step();
    }
  }

  @Override
  void restart() {
    super.restart();
    schedulers.get(current()).restart();
  }

  @Override
  double next(int group, double present) {
    return present;
  }

  @Override
  List<LRScheduler> parts() {
    return schedulers;
  }
}
