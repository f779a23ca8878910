package io.gradus.train;

import io.gradus.metrics.Metric;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The mean loss and the metrics of one pass. */
final class Measures {
  private final Map<String, Metric<Double>> metrics = new LinkedHashMap<>();
  private double lossTotal;
  private double samples;

  Measures(Map<String, Supplier<? extends Metric<Double>>> makers) {
    makers.forEach((name, maker) -> metrics.put(name, maker.get()));
  }

  void add(Objective.Outcome outcome, double loss) {
    metrics.values().forEach(m -> m.update(outcome.output().detach(), outcome.target().detach()));
    lossTotal += loss * outcome.samples();
    samples += outcome.samples();
  }

  void reset() {
    restore(0, 0);
  }

  double lossTotal() {
    return lossTotal;
  }

  double samples() {
    return samples;
  }

  /** Goes on in the middle of a pass; the metrics begin anew. */
  void restore(double savedTotal, double savedSamples) {
    lossTotal = savedTotal;
    samples = savedSamples;
    metrics.values().forEach(Metric::reset);
  }

  void put(String prefix, Map<String, Double> values) {
    values.put(prefix + "loss", lossTotal / samples);
    metrics.forEach((name, m) -> values.put(prefix + name, m.compute()));
  }
}
