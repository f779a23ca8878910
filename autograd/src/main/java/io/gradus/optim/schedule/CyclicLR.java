package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;

/**
 * Moves the rates between two bounds, the momentum the other way.
 *
 * <p>L. Smith, "Cyclical Learning Rates for Training Neural Networks", WACV 2017.
 */
public final class CyclicLR extends LRScheduler {
  /** How the height of the cycles changes. */
  public enum Mode {
    /** Not at all. */
    TRIANGULAR,
    /** Halved after each cycle. */
    TRIANGULAR2,
    /** Multiplied by gamma after each step. */
    EXP_RANGE
  }

  /**
   * The settings; start with {@link #of}.
   *
   * @param baseLr lowest rate
   * @param maxLr highest rate of the first cycle
   * @param stepSizeUp steps of a rise
   * @param stepSizeDown steps of a fall
   * @param mode how the height changes
   * @param gamma see {@link Mode#EXP_RANGE}
   * @param cycleMomentum moves the momentum, too
   * @param baseMomentum lowest momentum
   * @param maxMomentum highest momentum
   */
  public record Options(
      double baseLr,
      double maxLr,
      int stepSizeUp,
      int stepSizeDown,
      Mode mode,
      double gamma,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum) {
    /** Refuses cycles without steps. */
    public Options {
      check(
          stepSizeUp > 0 && stepSizeDown > 0,
          "cycles need steps up and down, but got %d and %d".formatted(stepSizeUp, stepSizeDown));
    }

    /** Between two rates, as many steps up as down. */
    public static Options of(double baseLr, double maxLr, int stepSizeUp) {
      return new Options(baseLr, maxLr, stepSizeUp, stepSizeUp, Mode.TRIANGULAR, 1, true, 0.8, 0.9);
    }

    /** With another number of steps down. */
    public Options stepSizeDown(int value) {
      return new Options(
          baseLr, maxLr, stepSizeUp, value, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }

    /** With cycles that change. */
    public Options mode(Mode value, double gamma) {
      return new Options(
          baseLr,
          maxLr,
          stepSizeUp,
          stepSizeDown,
          value,
          gamma,
          cycleMomentum,
          baseMomentum,
          maxMomentum);
    }

    /** Leaves the momentum as it is. */
    public Options withoutMomentum() {
      return new Options(
          baseLr, maxLr, stepSizeUp, stepSizeDown, mode, gamma, false, baseMomentum, maxMomentum);
    }

    /** With a momentum between these. */
    public Options momentum(double base, double max) {
      return new Options(baseLr, maxLr, stepSizeUp, stepSizeDown, mode, gamma, true, base, max);
    }
  }

  private final Options o;

  /** Cycles without end. */
  public CyclicLR(Optimizer<?> optimizer, Options options) {
    this.o = options;
    super(optimizer);
    for (int i = 0; i < groups().size(); i++) {
      base(i, o.baseLr);
      if (o.cycleMomentum) {
        groups().get(i).momentum(o.maxMomentum);
      }
    }
    start();
  }

  @Override
  double begin(int group, double present) {
    return next(group, present);
  }

  @Override
  double restart(int group, double present) {
    return next(group, present);
  }

  @Override
  double next(int group, double present) {
    double total = o.stepSizeUp + (double) o.stepSizeDown;
    double up = o.stepSizeUp / total;
    double cycle = Math.floor(1 + epoch() / total);
    double x = 1 + epoch() / total - cycle;
    double height = x <= up ? x / up : (x - 1) / (up - 1);
    double scale =
        switch (o.mode) {
          case TRIANGULAR -> 1;
          case TRIANGULAR2 -> 1 / Math.pow(2, cycle - 1);
          case EXP_RANGE -> Math.pow(o.gamma, epoch());
        };
    if (o.cycleMomentum) {
      double swing = (o.maxMomentum - o.baseMomentum) * height;
      groups().get(group).momentum(o.maxMomentum - swing * scale);
    }
    return base(group) + (o.maxLr - base(group)) * height * scale;
  }
}
