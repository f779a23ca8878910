package io.gradus.optim;

/**
 * Settings with a momentum, which some schedulers move against the learning rate; for the relatives
 * of Adam it is their first beta.
 */
public interface MomentumOptions<O> extends Optimizer.Options<O> {
  /** The share of the last steps. */
  double momentum();

  /** The same settings with another momentum. */
  O momentum(double value);
}
