package io.gradus.optim;

import io.gradus.Tensor;
import java.util.List;

/**
 * Adam with decoupled weight decay: I. Loshchilov, F. Hutter, "Decoupled Weight Decay
 * Regularization", ICLR 2019.
 */
public final class AdamW extends Optimizer<AdamOptions> {
  /** With the usual moments and weight decay 0.01. */
  public AdamW(List<? extends Tensor> parameters, double lr) {
    this(parameters, AdamOptions.of(lr).weightDecay(0.01));
  }

  /** With settings. */
  public AdamW(List<? extends Tensor> parameters, AdamOptions options) {
    super(parameters, options);
  }

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(
      Tensor parameter, Tensor gradient, ParameterState state, AdamOptions options) {
    AdamStep.run(parameter, gradient, state, options, true);
  }
}
