package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Multiplies the first rates by a function of the epoch. */
public final class LambdaLR extends LRScheduler {
  private final List<IntToDoubleFunction> factors;

  /** By one function for all groups. */
  public LambdaLR(Optimizer<?> optimizer, IntToDoubleFunction factor) {
    this(optimizer, Collections.nCopies(optimizer.groups().size(), factor));
  }

  /** By a function for each group. */
  public LambdaLR(Optimizer<?> optimizer, List<IntToDoubleFunction> factors) {
    this.factors = oneEach(optimizer, factors);
    super(optimizer);
    start();
  }

  /** A function for each group, or an error. */
  static List<IntToDoubleFunction> oneEach(
      Optimizer<?> optimizer, List<IntToDoubleFunction> factors) {
    int groups = optimizer.groups().size();
    check(
        factors.size() == groups,
        "Expected %d lr_lambdas, but got %d".formatted(groups, factors.size()));
    return List.copyOf(factors);
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
    return base(group) * factors.get(group).applyAsDouble(epoch());
  }
}
