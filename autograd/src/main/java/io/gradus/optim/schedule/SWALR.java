package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;
import java.util.Arrays;

/**
 * Moves the rates to a constant one, at which weights are averaged ({@link
 * io.gradus.optim.AveragedModel}).
 *
 * <p>P. Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization", UAI
 * 2018.
 */
public final class SWALR extends LRScheduler {
  /** How the rates get from where they are to where they stay. */
  public enum Annealing {
    /** On half a cosine. */
    COS,
    /** On a line. */
    LINEAR
  }

  private final double[] last;
  private final int epochs;
  private final Annealing annealing;

  /** To one rate for all groups, in ten epochs on half a cosine. */
  public SWALR(Optimizer<?> optimizer, double swaLr) {
    this(optimizer, swaLr, 10, Annealing.COS);
  }

  /** To one rate for all groups. */
  public SWALR(Optimizer<?> optimizer, double swaLr, int annealEpochs, Annealing annealing) {
    double[] all = new double[optimizer.groups().size()];
    Arrays.fill(all, swaLr);
    this(optimizer, all, annealEpochs, annealing);
  }

  /** To a rate for each group. */
  public SWALR(Optimizer<?> optimizer, double[] swaLrs, int annealEpochs, Annealing annealing) {
    check(
        swaLrs.length == optimizer.groups().size(),
        "swa_lr must have the same length as optimizer.param_groups: swa_lr has %d, param_groups has %d"
            .formatted(swaLrs.length, optimizer.groups().size()));
    check(annealEpochs >= 0, "anneal_epochs must be equal or greater than 0, got " + annealEpochs);
    this.last = swaLrs.clone();
    this.epochs = annealEpochs;
    this.annealing = annealing;
    super(optimizer);
    start();
  }

  @Override
  double begin(int group, double present) {
    return epochs == 0 ? last[group] : present;
  }

  @Override
  double restart(int group, double present) {
    return begin(group, present);
  }

  @Override
  double next(int group, double present) {
    double before = share(epoch() - 1);
    double first = before == 1 ? last[group] : (present - before * last[group]) / (1 - before);
    double now = share(epoch());
    return last[group] * now + first * (1 - now);
  }

  /** How much of the way is done after so many epochs. */
  private double share(int epoch) {
    double t = epochs == 0 ? 1 : Math.clamp((double) epoch / epochs, 0, 1);
    return switch (annealing) {
      case COS -> (1 - Math.cos(Math.PI * t)) / 2;
      case LINEAR -> t;
    };
  }
}
