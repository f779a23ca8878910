package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import org.jspecify.annotations.Nullable;

/**
 * In training sets elements to 0 with a probability and scales the others up; in evaluation the
 * identity.
 *
 * <p>N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting",
 * JMLR 15, 2014.
 */
public final class Dropout extends Layer {
  private final double p;
  private final @Nullable Generator generator;

  /** With probability 0.5. */
  public Dropout() {
    this(0.5);
  }

  /** With a probability. */
  public Dropout(double p) {
    this(p, null);
  }

  /** With a generator of its own. */
  public Dropout(double p, @Nullable Generator generator) {
    Functional.checkProbability("Dropout", p);
    this.p = p;
    this.generator = generator;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Functional.dropout(x, p, isTraining(), generator);
  }

  @Override
  protected String extraRepr() {
    return "p=" + p;
  }
}
