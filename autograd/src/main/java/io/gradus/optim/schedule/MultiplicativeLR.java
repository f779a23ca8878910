package io.gradus.optim.schedule;

import io.gradus.optim.Optimizer;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Multiplies the rates by a function of the epoch, every epoch. */
public final class MultiplicativeLR extends LRScheduler {
  private final List<IntToDoubleFunction> factors;

  /** By one function for all groups. */
  public MultiplicativeLR(Optimizer<?> optimizer, IntToDoubleFunction factor) {
    this(optimizer, Collections.nCopies(optimizer.groups().size(), factor));
  }

  /** By a function for each group. */
  public MultiplicativeLR(Optimizer<?> optimizer, List<IntToDoubleFunction> factors) {
    this.factors = LambdaLR.oneEach(optimizer, factors);
    super(optimizer);
    start();
  }

  @Override
  double restart(int group, double present) {
    return next(group, present);
  }

  @Override
  double next(int group, double present) {
    return present * factors.get(group).applyAsDouble(epoch());
  }
}
