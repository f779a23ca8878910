package io.gradus.metrics;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.nn.Functional;
import io.gradus.nn.Reduction;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.tensor.dtype.DType;

/**
 * The exponential of the mean cross entropy of logits [n, classes, …] against classes [n, …]:
 * between how many equally likely classes the model hesitates.
 */
public final class Perplexity implements Metric<Double> {
  private final long ignoreIndex;
  private double total;
  private long count;

  /** Ignoring targets of -100, as the cross entropy does. */
  public Perplexity() {
    this(-100);
  }

  /** Ignoring another target, such as that of padding. */
  public Perplexity(long ignoreIndex) {
    this.ignoreIndex = ignoreIndex;
  }

  @Override
  public void update(Tensor predictions, Tensor targets) {
    Labels.checkWhole("Perplexity", targets);
    if (predictions.dim() != targets.dim() + 1) {
      throw Labels.mismatch("Perplexity", predictions, targets);
    }
    try (GradMode.Scope _ = GradMode.noGrad()) {
      Tensor loss =
          Functional.crossEntropy(
              predictions.detach().to(DType.F64),
              targets,
              CrossEntropyLoss.Options.DEFAULT.ignoreIndex(ignoreIndex).reduction(Reduction.SUM));
      total += loss.item().doubleValue();
      count += targets.ne(ignoreIndex).sum().item().longValue();
    }
  }

  @Override
  public Double compute() {
    return Math.exp(total / count);
  }

  @Override
  public void reset() {
    total = 0;
    count = 0;
  }
}
