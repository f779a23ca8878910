package io.gradus.optim.schedule;

import java.util.List;

/** Several schedulers of one optimizer at once: the product of what each does. */
public final class ChainedScheduler extends LRScheduler {
  private final List<LRScheduler> schedulers;

  /** All of these. */
  public ChainedScheduler(List<? extends LRScheduler> schedulers) {
    check(!schedulers.isEmpty(), "ChainedScheduler expects at least one scheduler to be chained");
    checkParts("ChainedScheduler", schedulers.get(0).optimizer(), schedulers);
    this.schedulers = List.copyOf(schedulers);
    super(schedulers.get(0).optimizer());
    start();
  }

  @Override
  public void step() {
    super.step();
    schedulers.forEach(LRScheduler::step);
  }

  @Override
  void restart() {
    super.restart();
    schedulers.forEach(s -> s.restart());
  }

  @Override
  double restart(int group, double present) {
    return present;
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
