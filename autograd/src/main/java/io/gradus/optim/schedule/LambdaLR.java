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
    check(
        factors.size() == optimizer.groups().size(),
        "Expected %d lr_lambdas, but got %d".formatted(optimizer.groups().size(), factors.size()));
    this.factors = List.copyOf(factors);
    super(optimizer);
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
    return base(group) * factors.get(group).applyAsDouble(epoch());
  }
}
