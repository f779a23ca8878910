package io.gradus.train;

import io.gradus.tensor.error.InvalidArgumentException;

/**
 * When to give up: after some epochs in which a value did not become better.
 *
 * @param monitor the name of the value, as {@code validation loss}
 * @param patience epochs without improvement that are accepted
 * @param minDelta by how much a value must be better to count
 * @param goal which values are better
 * @param restoreBest whether the model gets the parameters of its best epoch in the end
 */
public record EarlyStopping(
    String monitor, int patience, double minDelta, Goal goal, boolean restoreBest) {
  /** Which values are better. */
  public enum Goal {
    /** Small ones, as of a loss. */
    MIN,
    /** Large ones, as of an accuracy. */
    MAX
  }

  /** Refuses a negative patience or difference. */
  public EarlyStopping {
    if (patience < 0 || !(minDelta >= 0)) {
      throw new InvalidArgumentException(
          "[EarlyStopping] patience and minDelta must not be negative, but are %d and %s"
              .formatted(patience, minDelta));
    }
  }

  /** Waits for smaller values. */
  public static EarlyStopping min(String monitor, int patience) {
    return new EarlyStopping(monitor, patience, 0, Goal.MIN, false);
  }

  /** Waits for larger values. */
  public static EarlyStopping max(String monitor, int patience) {
    return new EarlyStopping(monitor, patience, 0, Goal.MAX, false);
  }

  /** With a difference that does not count as improvement. */
  public EarlyStopping minDelta(double value) {
    return new EarlyStopping(monitor, patience, value, goal, restoreBest);
  }

  /** With or without going back to the best parameters in the end. */
  public EarlyStopping restoreBest(boolean value) {
    return new EarlyStopping(monitor, patience, minDelta, goal, value);
  }

  boolean better(double value, double best) {
    return Double.isNaN(best)
        ? !Double.isNaN(value)
        : switch (goal) {
          case MIN -> value < best - minDelta;
          case MAX -> value > best + minDelta;
        };
  }
}
