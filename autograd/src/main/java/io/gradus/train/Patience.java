package io.gradus.train;

import io.gradus.Tensor;
import io.gradus.nn.Module;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long the value of an {@link EarlyStopping} has not become better. */
final class Patience {
  private final @Nullable EarlyStopping rule;
  private double best = Double.NaN;
  private int worse;
  private Map<String, Tensor> bestState = Map.of();

  Patience(@Nullable EarlyStopping rule) {
    this.rule = rule;
  }

  void see(EpochResult result, Module model) {
    if (rule == null) {
      return;
    }
    double value = History.value(result, rule.monitor());
    if (rule.better(value, best)) {
      best = value;
      worse = 0;
      if (rule.restoreBest()) {
        Map<String, Tensor> copy = new LinkedHashMap<>();
        model.stateDict().forEach((name, t) -> copy.put(name, t.clone()));
        bestState = copy;
      }
    } else {
      worse++;
    }
  }

  boolean isOver() {
    return rule != null && worse > rule.patience();
  }

  /** Gives the model its best parameters if that was asked for; whether it did. */
  boolean restoreBest(Module model) {
    if (bestState.isEmpty()) {
      return false;
    }
    model.loadStateDict(bestState);
    return true;
  }

  double best() {
    return best;
  }

  int worse() {
    return worse;
  }

  Map<String, Tensor> bestState() {
    return bestState;
  }

  void restore(double savedBest, int savedWorse, Map<String, Tensor> savedState) {
    best = savedBest;
    worse = savedWorse;
    bestState = savedState;
  }
}
