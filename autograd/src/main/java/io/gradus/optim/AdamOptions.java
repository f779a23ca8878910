package io.gradus.optim;

/**
 * The settings of {@link Adam} and {@link AdamW}; start with {@link #of}.
 *
 * @param lr learning rate
 * @param beta1 decay of the mean of the gradients
 * @param beta2 decay of the mean of their squares
 * @param eps added to the denominator
 * @param weightDecay strength of the pull to zero
 * @param amsgrad divides by the largest mean square so far (Reddi et al., ICLR 2018)
 * @param maximize climbs instead of descending
 */
public record AdamOptions(
    double lr,
    double beta1,
    double beta2,
    double eps,
    double weightDecay,
    boolean amsgrad,
    boolean maximize)
    implements MomentumOptions<AdamOptions> {
  /** Refuses settings outside of their ranges. */
  public AdamOptions {
    Optimizer.check(lr >= 0, "learning rate", lr, "at least 0");
    Optimizer.check(eps >= 0, "epsilon value", eps, "at least 0");
    Optimizer.checkBetas(beta1, beta2);
    Optimizer.check(weightDecay >= 0, "weight_decay value", weightDecay, "at least 0");
  }

  /** A learning rate; betas 0.9 and 0.999, eps 1e-8, no weight decay. */
  public static AdamOptions of(double lr) {
    return new AdamOptions(lr, 0.9, 0.999, 1e-8, 0, false, false);
  }

  @Override
  public AdamOptions lr(double value) {
    return new AdamOptions(value, beta1, beta2, eps, weightDecay, amsgrad, maximize);
  }

  @Override
  public double momentum() {
    return beta1;
  }

  @Override
  public AdamOptions momentum(double value) {
    return betas(value, beta2);
  }

  /** With these decays. */
  public AdamOptions betas(double first, double second) {
    return new AdamOptions(lr, first, second, eps, weightDecay, amsgrad, maximize);
  }

  /** With this guard against division by zero. */
  public AdamOptions eps(double value) {
    return new AdamOptions(lr, beta1, beta2, value, weightDecay, amsgrad, maximize);
  }

  /** With weight decay. */
  public AdamOptions weightDecay(double value) {
    return new AdamOptions(lr, beta1, beta2, eps, value, amsgrad, maximize);
  }

  /** With the AMSGrad variant. */
  public AdamOptions amsgrad(boolean value) {
    return new AdamOptions(lr, beta1, beta2, eps, weightDecay, value, maximize);
  }

  /** Climbing instead of descending. */
  public AdamOptions maximize(boolean value) {
    return new AdamOptions(lr, beta1, beta2, eps, weightDecay, amsgrad, value);
  }
}
