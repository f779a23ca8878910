package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;

/**
 * Raises the rates to a maximum and lets them fall far below the first, the momentum the other way.
 *
 * <p>L. Smith, N. Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large
 * Learning Rates", 2017.
 */
public final class OneCycleLR extends LRScheduler {
  /**
   * The settings; start with {@link #of}.
   *
   * @param maxLr highest rate
   * @param totalSteps of the whole cycle
   * @param pctStart share of the steps for the rise
   * @param cosine along half cosines, not lines
   * @param cycleMomentum moves the momentum, too
   * @param baseMomentum lowest momentum
   * @param maxMomentum highest momentum
   * @param divFactor highest over first rate
   * @param finalDivFactor first over last rate
   * @param fallsTwice to the first rate, then to the last
   */
  public record Options(
      double maxLr,
      int totalSteps,
      double pctStart,
      boolean cosine,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum,
      double divFactor,
      double finalDivFactor,
      boolean fallsTwice) {
    /** Refuses settings outside of their ranges. */
    public Options {
      check(totalSteps > 0, "Expected positive integer total_steps, but got " + totalSteps);
      check(
          pctStart >= 0 && pctStart <= 1,
          "Expected float between 0 and 1 pct_start, but got " + pctStart);
    }

    /** A highest rate, and the number of all steps. */
    public static Options of(double maxLr, int totalSteps) {
      return new Options(maxLr, totalSteps, 0.3, true, true, 0.85, 0.95, 25, 1e4, false);
    }

    /** With this share of the steps for the rise. */
    public Options pctStart(double value) {
      return new Options(
          maxLr,
          totalSteps,
          value,
          cosine,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          fallsTwice);
    }

    /** Along straight lines instead of half cosines. */
    public Options linear() {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          false,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          fallsTwice);
    }

    /** Leaves the momentum as it is. */
    public Options withoutMomentum() {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          cosine,
          false,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          fallsTwice);
    }

    /** With a momentum between these. */
    public Options momentum(double base, double max) {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          cosine,
          true,
          base,
          max,
          divFactor,
          finalDivFactor,
          fallsTwice);
    }

    /** Begins at the maximum over {@code initial}, and ends at that over {@code last}. */
    public Options divFactors(double initial, double last) {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          cosine,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          initial,
          last,
          fallsTwice);
    }

    /** Falls to the first rate as fast as it rose, and below it afterwards. */
    public Options threePhase() {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          cosine,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          true);
    }
  }

  private final Options o;

  /** A cycle that ends at the last step. */
  public OneCycleLR(Optimizer<?> optimizer, Options options) {
    this.o = options;
    super(optimizer);
    for (int i = 0; i < groups().size(); i++) {
      groups().get(i).initialLr(initial());
      base(i, initial());
      if (o.cycleMomentum) {
        groups().get(i).momentum(o.maxMomentum);
      }
    }
    start();
  }

  private double initial() {
    return o.maxLr / o.divFactor;
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
    check(
        epoch() <= o.totalSteps,
        "Tried to step %d times. The specified number of total steps is %d"
            .formatted(epoch(), o.totalSteps));
    double rise = o.pctStart * o.totalSteps - 1;
    double last = o.totalSteps - 1;
    if (epoch() <= rise) {
      return move(group, 0, rise, initial(), o.maxLr, o.maxMomentum, o.baseMomentum);
    }
    double lowest = initial() / o.finalDivFactor;
    if (!o.fallsTwice) {
      return move(group, rise, last, o.maxLr, lowest, o.baseMomentum, o.maxMomentum);
    }
    double fall = 2 * o.pctStart * o.totalSteps - 2;
    return epoch() <= fall
        ? move(group, rise, fall, o.maxLr, initial(), o.baseMomentum, o.maxMomentum)
        : move(group, fall, last, initial(), lowest, o.maxMomentum, o.maxMomentum);
  }

  /** The rate on the way from one to another; sets the momentum on its way. */
  private double move(
      int group, double start, double end, double from, double to, double slow, double fast) {
    double share = (epoch() - start) / (end - start);
    if (o.cycleMomentum) {
      groups().get(group).momentum(anneal(slow, fast, share));
    }
    return anneal(from, to, share);
  }

  private double anneal(double from, double to, double share) {
    return o.cosine
        ? to + (from - to) / 2 * (Math.cos(Math.PI * share) + 1)
        : (to - from) * share + from;
  }
}
