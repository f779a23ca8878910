package io.gradus.optim;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.ShapeException;
import java.util.List;

/**
 * Muon, momentum made orthogonal by Newton-Schulz iterations in bf16: K. Jordan et al., "Muon: An
 * optimizer for hidden layers in neural networks", 2024. For matrices only.
 */
public final class Muon extends Optimizer<Muon.Options> {
  /**
   * The settings; start with {@link #of}.
   *
   * @param lr learning rate
   * @param weightDecay strength of the pull to zero
   * @param momentum share of the last step
   * @param nesterov looks one step ahead
   * @param coefficients those of the polynomial that is iterated
   * @param eps smallest norm divided by
   * @param iterations how often it is applied
   * @param scale how the shape of a matrix scales its learning rate
   */
  public record Options(
      double lr,
      double weightDecay,
      double momentum,
      boolean nesterov,
      Coefficients coefficients,
      double eps,
      int iterations,
      Scale scale)
      implements MomentumOptions<Options> {
    /** Refuses settings outside of their ranges. */
    public Options {
      check(lr >= 0, "learning rate", lr, "at least 0");
      check(weightDecay >= 0, "weight_decay value", weightDecay, "at least 0");
      check(momentum >= 0, "momentum value", momentum, "at least 0");
      check(eps >= 0, "epsilon value", eps, "at least 0");
      check(
          iterations >= 0 && iterations < 100,
          "number of iterations",
          iterations,
          "at least 0 and less than 100");
    }

    /** A learning rate and the usual settings. */
    public static Options of(double lr) {
      return new Options(lr, 0.1, 0.95, true, Coefficients.QUINTIC, 1e-7, 5, Scale.ORIGINAL);
    }

    @Override
    public Options lr(double value) {
      return new Options(
          value, weightDecay, momentum, nesterov, coefficients, eps, iterations, scale);
    }

    /** With weight decay. */
    public Options weightDecay(double value) {
      return new Options(lr, value, momentum, nesterov, coefficients, eps, iterations, scale);
    }

    @Override
    public Options momentum(double value) {
      return new Options(lr, weightDecay, value, nesterov, coefficients, eps, iterations, scale);
    }

    /** With or without Nesterov's look one step ahead. */
    public Options nesterov(boolean value) {
      return new Options(lr, weightDecay, momentum, value, coefficients, eps, iterations, scale);
    }

    /** With this polynomial. */
    public Options coefficients(Coefficients value) {
      return new Options(lr, weightDecay, momentum, nesterov, value, eps, iterations, scale);
    }

    /** With this guard against division by zero. */
    public Options eps(double value) {
      return new Options(
          lr, weightDecay, momentum, nesterov, coefficients, value, iterations, scale);
    }

    /** With this many iterations. */
    public Options iterations(int value) {
      return new Options(lr, weightDecay, momentum, nesterov, coefficients, eps, value, scale);
    }

    /** With another scaling by shape. */
    public Options scale(Scale value) {
      return new Options(lr, weightDecay, momentum, nesterov, coefficients, eps, iterations, value);
    }
  }

  /** {@code a x + b x^3 + c x^5}, applied to singular values. */
  public record Coefficients(double a, double b, double c) {
    /** Those of the paper. */
    public static final Coefficients QUINTIC = new Coefficients(3.4445, -4.775, 2.0315);
  }

  /** How the shape of a matrix scales its learning rate. */
  public enum Scale {
    /** By the square root of rows over columns, if larger than 1. */
    ORIGINAL,
    /** So that updates are as large as AdamW's (J. Liu et al., "Muon is Scalable", 2025). */
    MATCH_RMS_ADAMW
  }

  /** With the usual settings. */
  public Muon(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public Muon(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
  }

  @Override
  protected void checkParameter(Tensor parameter) {
    if (parameter.dim() != 2) {
      throw new ShapeException(
          "[Muon] Muon only supports 2D parameters, but one has shape "
              + parameter.shape()
              + "; train the others with AdamW");
    }
  }

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    Tensor buffer = state.zerosOnce("momentum_buffer", gradient);
    buffer.lerp_(gradient, 1 - o.momentum);
    Tensor direction = o.nesterov ? gradient.lerp(buffer, o.momentum) : buffer;
    Tensor update = orthogonal(direction, o);
    double rows = parameter.size(0);
    double columns = parameter.size(1);
    double factor =
        switch (o.scale) {
          case ORIGINAL -> Math.sqrt(Math.max(1, rows / columns));
          case MATCH_RMS_ADAMW -> 0.2 * Math.sqrt(Math.max(rows, columns));
        };
    parameter.mul_(1 - o.lr * o.weightDecay);
    parameter.add_(update, -o.lr * factor);
  }

  /** Singular values drawn towards 1. */
  private static Tensor orthogonal(Tensor direction, Options o) {
    boolean tall = direction.size(0) > direction.size(1);
    Tensor x = direction.to(DType.BF16);
    x = tall ? x.mT() : x;
    x = x.div(x.norm().clampMin(o.eps));
    Coefficients c = o.coefficients;
    for (int i = 0; i < o.iterations; i++) {
      Tensor gram = x.matmul(x.mT());
      Tensor update = gram.addmm(gram, gram, c.b, c.c);
      x = x.addmm(update, x, c.a, 1);
    }
    return (tall ? x.mT() : x).to(direction.dtype());
  }
}
