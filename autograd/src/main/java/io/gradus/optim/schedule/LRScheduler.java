package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sets the learning rates of an optimizer's groups, once when it is made and after each epoch.
 *
 * <p>Rates follow from the present ones wherever PyTorch's do, so that schedulers can be combined:
 * each changes what the others left. Call {@link #step} after the optimizer's own step.
 */
public abstract class LRScheduler {
  private final Optimizer<?> optimizer;
  private final double[] base;
  private int epoch = -1;

  /** A scheduler of all groups. */
  protected LRScheduler(Optimizer<?> optimizer) {
    this.optimizer = optimizer;
    base = new double[groups().size()];
    for (int i = 0; i < base.length; i++) {
      base[i] = groups().get(i).initialLr();
    }
  }

  /** The rate of a group after the present one. */
  abstract double next(int group, double present);

  /** The rate of a group at epoch 0 if the scheduler is made now. */
  double begin(int group, double present) {
    return present;
  }

  /** The rate of a group at epoch 0, whatever the present one is. */
  double restart(int group, double present) {
    return base[group];
  }

  /** Called by constructors when all is set. */
  final void start() {
    epoch = 0;
    for (int i = 0; i < base.length; i++) {
      lr(i, begin(i, lr(i)));
    }
  }

  /** Goes back to epoch 0, as a part of a {@link SequentialLR}. */
  void restart() {
    epoch = 0;
    for (int i = 0; i < base.length; i++) {
      lr(i, restart(i, lr(i)));
    }
  }

  /**
   * Sets the learning rates of the next epoch.
   *
   * @throws InvalidArgumentException if the optimizer has got more groups since this was made
   */
  public void step() {
    check(
        groups().size() == base.length,
        "the optimizer has %d groups, %d when the scheduler was made; make the scheduler last"
            .formatted(groups().size(), base.length));
    epoch++;
    for (int i = 0; i < base.length; i++) {
      lr(i, next(i, lr(i)));
    }
  }

  /** The number of steps so far. */
  public final int epoch() {
    return epoch;
  }

  /** The learning rates of all groups. */
  public final double[] lastLr() {
    return groups().stream().mapToDouble(Optimizer.Group::lr).toArray();
  }

  /** The optimizer whose rates change. */
  public final Optimizer<?> optimizer() {
    return optimizer;
  }

  final List<? extends Optimizer.Group<?>> groups() {
    return optimizer.groups();
  }

  /** The rate that a group started with. */
  final double base(int group) {
    return base[group];
  }

  final void base(int group, double value) {
    base[group] = value;
  }

  private double lr(int group) {
    return groups().get(group).lr();
  }

  private void lr(int group, double value) {
    groups().get(group).lr(value);
  }

  /**
   * All that is needed to go on later, except for the rates themselves, which belong to the
   * optimizer.
   */
  public final Map<String, double[]> stateDict() {
    Map<String, double[]> state = new LinkedHashMap<>();
    save("", state);
    return state;
  }

  /**
   * Goes on from a saved state.
   *
   * @throws InvalidArgumentException if it is that of another scheduler; then nothing is changed
   */
  public final void loadStateDict(Map<String, double[]> state) {
    Map<String, double[]> own = stateDict();
    if (!state.keySet().equals(own.keySet())) {
      throw new InvalidArgumentException(
          "[loadStateDict] a %s has the state %s, not %s"
              .formatted(getClass().getSimpleName(), own.keySet(), state.keySet()));
    }
    own.forEach((name, numbers) -> get(state, name, numbers.length));
    load("", state);
  }

  /** Adds the state under a prefix. */
  void save(String prefix, Map<String, double[]> state) {
    state.put(prefix + "last_epoch", new double[] {epoch});
    state.put(prefix + "base_lrs", base.clone());
    List<LRScheduler> parts = parts();
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).save(prefix + i + ".", state);
    }
  }

  /** Takes the state from under a prefix. */
  void load(String prefix, Map<String, double[]> state) {
    double[] saved = get(state, prefix + "base_lrs", base.length);
    epoch = (int) get(state, prefix + "last_epoch", 1)[0];
    System.arraycopy(saved, 0, base, 0, base.length);
    List<LRScheduler> parts = parts();
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).load(prefix + i + ".", state);
    }
  }

  /** The schedulers that this one consists of, which are saved with it. */
  List<LRScheduler> parts() {
    return List.of();
  }

  /** Saved numbers, if they are as many as expected. */
  static double[] get(Map<String, double[]> state, String name, int length) {
    double[] numbers = state.get(name);
    if (numbers == null || numbers.length != length) {
      throw new InvalidArgumentException(
          "[loadStateDict] %s must be %d numbers, but %s"
              .formatted(name, length, numbers == null ? "is missing" : "has " + numbers.length));
    }
    return numbers;
  }

  /** Refuses parts of a scheduler that cannot be its parts. */
  static void checkParts(String whole, Optimizer<?> optimizer, List<? extends LRScheduler> parts) {
    for (LRScheduler part : parts) {
      check(
          part.optimizer() == optimizer,
          whole + " expects all schedulers to belong to the same optimizer");
      check(
          !(part instanceof ReduceLROnPlateau),
          whole + " does not support ReduceLROnPlateau, whose steps need a metric");
    }
  }

  /** The name, the number of steps so far and the present rates. */
  @Override
  public final String toString() {
    return "%s(epoch=%d, lr=%s)"
        .formatted(getClass().getSimpleName(), epoch, Arrays.toString(lastLr()));
  }

  static void check(boolean valid, String rule) {
    if (!valid) {
      throw new InvalidArgumentException("[scheduler] " + rule);
    }
  }
}
