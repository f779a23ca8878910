package io.gradus.optim;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;

/** How an {@link AveragedModel} joins what it has with what comes next. */
public sealed interface Averaging {
  /**
   * Every update counts the same: stochastic weight averaging.
   *
   * <p>P. Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization", UAI
   * 2018.
   */
  record Equal() implements Averaging {}

  /**
   * Older updates count less and less: {@code average = decay average + (1 - decay) new}.
   *
   * @param decay in [0, 1]
   */
  record Exponential(double decay) implements Averaging {
    /** Refuses a decay outside [0, 1]. */
    public Exponential {
      if (!(decay >= 0 && decay <= 1)) {
        throw new InvalidArgumentException(
            "[AveragedModel] Invalid decay value "
                + decay
                + " provided. Please provide one in [0, 1]");
      }
    }
  }

  /** Equal shares. */
  static Averaging equal() {
    return new Equal();
  }

  /** Shares that decay. */
  static Averaging exponential(double decay) {
    return new Exponential(decay);
  }

  /**
   * Moves an average towards a value, in place.
   *
   * @param count of the values in the average, at least 1
   */
  private void join(Tensor average, Tensor value, long count) {
    average.lerp_(
        value,
        switch (this) {
          case Equal() -> 1.0 / (count + 1);
          case Exponential(double decay) -> 1 - decay;
        });
  }

  /** Takes the first value, or moves the average; whole numbers are copied. */
  default void update(Tensor average, Tensor value, long count) {
    Tensor moved = value.detach().to(average.device());
    if (count == 0 || !average.dtype().isFloating()) {
      average.copy_(moved);
    } else {
      join(average, moved.to(average.dtype()), count);
    }
  }
}
