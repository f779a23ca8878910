package io.gradus.nn.activation;

import io.gradus.Tensor;
import io.gradus.nn.Gates;
import io.gradus.nn.Layer;
import io.gradus.random.Generator;
import org.jspecify.annotations.Nullable;

/**
 * {@code x} where positive, else x times a slope: drawn for each element in training, the middle of
 * the bounds in evaluation.
 *
 * <p>B. Xu et al., "Empirical Evaluation of Rectified Activations in Convolutional Network", 2015.
 */
public final class RReLU extends Layer {
  private final double lower;
  private final double upper;
  private final @Nullable Generator generator;

  /** Slopes from 1/8 to 1/3. */
  public RReLU() {
    this(1.0 / 8, 1.0 / 3);
  }

  /** With bounds of the slopes. */
  public RReLU(double lower, double upper) {
    this(lower, upper, null);
  }

  /** With a generator of its own. */
  public RReLU(double lower, double upper, @Nullable Generator generator) {
    this.lower = lower;
    this.upper = upper;
    this.generator = generator;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Gates.rrelu(x, lower, upper, isTraining(), generator);
  }

  @Override
  protected String extraRepr() {
    return "lower=%s, upper=%s".formatted(lower, upper);
  }
}
