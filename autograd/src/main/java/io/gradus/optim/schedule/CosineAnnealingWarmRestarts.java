package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;
import java.util.Map;

/**
 * Moves the rates on a half cosine down to a minimum, and starts anew, each time taking longer.
 *
 * <p>I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017.
 */
public final class CosineAnnealingWarmRestarts extends LRScheduler {
  private final int first;
  private final int factor;
  private final double minimum;
  private int length;
  private int position;

  /** Down to 0 in {@code t0} epochs, again and again. */
  public CosineAnnealingWarmRestarts(Optimizer<?> optimizer, int t0) {
    this(optimizer, t0, 1, 0);
  }

  /**
   * Down to {@code etaMin} in {@code t0} epochs, then in {@code tMult} times as many, and so on.
   */
  public CosineAnnealingWarmRestarts(Optimizer<?> optimizer, int t0, int tMult, double etaMin) {
    check(t0 > 0, "Expected positive integer T_0, but got " + t0);
    check(tMult > 0, "Expected integer T_mult >= 1, but got " + tMult);
    this.first = t0;
    this.factor = tMult;
    this.minimum = etaMin;
    this.length = t0;
    super(optimizer);
    start();
  }

  @Override
  public void step() {
    position++;
    if (position >= length) {
      position %= length;
      length *= factor;
    }
    super.step();
  }

  @Override
  void restart() {
    position = 0;
    length = first;
    super.restart();
  }

  @Override
  double begin(int group, double present) {
    return next(group, present);
  }

  @Override
  double next(int group, double present) {
    return minimum + (base(group) - minimum) * (1 + Math.cos(Math.PI * position / length)) / 2;
  }

  @Override
  void save(String prefix, Map<String, double[]> state) {
    super.save(prefix, state);
    state.put(prefix + "T_cur", new double[] {position});
    state.put(prefix + "T_i", new double[] {length});
  }

  @Override
  void load(String prefix, Map<String, double[]> state) {
    super.load(prefix, state);
    position = (int) get(state, prefix + "T_cur", 1)[0];
    length = (int) get(state, prefix + "T_i", 1)[0];
  }
}
