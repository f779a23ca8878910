package io.gradus.optim;

import io.gradus.Tensor;
import java.util.List;

/**
 * Adam: D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015.
 *
 * <p>Weight decay is added to the gradient (L2); see {@link AdamW} for the decoupled one.
 */
public final class Adam extends Optimizer<AdamOptions> {
  /** With the usual moments. */
  public Adam(List<? extends Tensor> parameters, double lr) {
    this(parameters, AdamOptions.of(lr));
  }

  /** With settings. */
  public Adam(List<? extends Tensor> parameters, AdamOptions options) {
    super(parameters, options);
  }

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(
      Tensor parameter, Tensor gradient, ParameterState state, AdamOptions options) {
    AdamStep.run(parameter, gradient, state, options, false);
  }
}
