package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.Map;

/** Lowers the rates when a metric has stopped improving. */
public final class ReduceLROnPlateau extends LRScheduler {
  /** What is an improvement. */
  public enum Mode {
    /** A lower value. */
    MIN,
    /** A higher value. */
    MAX
  }

  /** How an improvement is measured. */
  public enum ThresholdMode {
    /** As a share of the best value. */
    REL,
    /** As a difference to it. */
    ABS
  }

  /**
   * The settings; start with {@link #DEFAULT}.
   *
   * @param mode what is an improvement
   * @param factor by which rates are lowered
   * @param patience number of bad epochs that are borne
   * @param threshold smallest improvement that counts
   * @param thresholdMode how it is measured
   * @param cooldown epochs after a change in which bad ones do not count
   * @param minLr lowest rate
   * @param eps smallest change of a rate
   */
  public record Options(
      Mode mode,
      double factor,
      int patience,
      double threshold,
      ThresholdMode thresholdMode,
      int cooldown,
      double minLr,
      double eps) {
    /** Tenfold lower after ten epochs without a loss lower by 0.01 %. */
    public static final Options DEFAULT =
        new Options(Mode.MIN, 0.1, 10, 1e-4, ThresholdMode.REL, 0, 0, 1e-8);

    /** Refuses factors that do not lower. */
    public Options {
      check(factor < 1, "Factor should be < 1.0, but got " + factor);
    }

    /** For metrics of which high ones or low ones are good. */
    public Options mode(Mode value) {
      return new Options(value, factor, patience, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /** With another factor. */
    public Options factor(double value) {
      return new Options(mode, value, patience, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /** After so many bad epochs the next lowers the rates. */
    public Options patience(int value) {
      return new Options(mode, factor, value, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /** With another measure of improvement. */
    public Options threshold(double value, ThresholdMode how) {
      return new Options(mode, factor, patience, value, how, cooldown, minLr, eps);
    }

    /** With so many epochs after a change in which bad ones do not count. */
    public Options cooldown(int value) {
      return new Options(mode, factor, patience, threshold, thresholdMode, value, minLr, eps);
    }

    /** With a lowest rate. */
    public Options minLr(double value) {
      return new Options(mode, factor, patience, threshold, thresholdMode, cooldown, value, eps);
    }
  }

  private final Options o;
  private double best;
  private int bad;
  private int cooling;
  private boolean reducing;

  /** With settings. */
  public ReduceLROnPlateau(Optimizer<?> optimizer, Options options) {
    this.o = options;
    this.best = options.mode == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    super(optimizer);
    start();
  }

  /** Always fails: the rates depend on a metric. */
  @Override
  public void step() {
    throw new InvalidArgumentException(
        "[ReduceLROnPlateau] call step(metric): the rates depend on it");
  }

  /** Ends an epoch with this value of the metric. */
  public void step(double metric) {
    if (isBetter(metric)) {
      best = metric;
      bad = 0;
    } else {
      bad++;
    }
    if (cooling > 0) {
      cooling--;
      bad = 0;
    }
    boolean lower = bad > o.patience;
    if (lower) {
      cooling = o.cooldown;
      bad = 0;
    }
    reducing = lower;
    super.step();
  }

  @Override
  double next(int group, double present) {
    double lower = Math.max(present * o.factor, o.minLr);
    return reducing && present - lower > o.eps ? lower : present;
  }

  private boolean isBetter(double metric) {
    double margin = o.threshold * (o.mode == Mode.MIN ? -1 : 1);
    double limit = o.thresholdMode == ThresholdMode.REL ? best * (1 + margin) : best + margin;
    return o.mode == Mode.MIN ? metric < limit : metric > limit;
  }

  @Override
  void save(String prefix, Map<String, double[]> state) {
    super.save(prefix, state);
    state.put(prefix + "best", new double[] {best});
    state.put(prefix + "num_bad_epochs", new double[] {bad});
    state.put(prefix + "cooldown_counter", new double[] {cooling});
  }

  @Override
  void load(String prefix, Map<String, double[]> state) {
    super.load(prefix, state);
    best = get(state, prefix + "best", 1)[0];
    bad = (int) get(state, prefix + "num_bad_epochs", 1)[0];
    cooling = (int) get(state, prefix + "cooldown_counter", 1)[0];
  }
}
