package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.tensor.error.ShapeException;

/**
 * How parameters start; each fills a tensor in place, outside of autograd, and returns it.
 *
 * <p>Xavier: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward
 * neural networks", AISTATS 2010. Kaiming: K. He et al., "Delving Deep into Rectifiers", ICCV 2015.
 */
public final class Init {
  /** Which side of a layer the variance is kept for. */
  public enum Fan {
    /** The forward pass. */
    IN,
    /** The backward pass. */
    OUT
  }

  /** The function behind the layer, which decides the gain. */
  public enum Nonlinearity {
    /** None, or a convolution. */
    LINEAR,
    /** Logistic function. */
    SIGMOID,
    /** Hyperbolic tangent. */
    TANH,
    /** max(x, 0). */
    RELU,
    /** Leaky rectifier with the given slope. */
    LEAKY_RELU,
    /** Self-normalising units. */
    SELU
  }

  private Init() {}

  /** The factor by which a nonlinearity wants its inputs scaled; {@code a} is a negative slope. */
  public static double gain(Nonlinearity nonlinearity, double a) {
    return switch (nonlinearity) {
      case LINEAR, SIGMOID -> 1;
      case TANH -> 5.0 / 3;
      case RELU -> Math.sqrt(2);
      case LEAKY_RELU -> Math.sqrt(2 / (1 + a * a));
      case SELU -> 0.75;
    };
  }

  /** Uniform in [from, to). */
  public static Tensor uniform_(Tensor t, double from, double to) {
    return GradMode.withoutGrad(() -> t.uniform_(from, to));
  }

  /** Normal with this mean and standard deviation. */
  public static Tensor normal_(Tensor t, double mean, double std) {
    return GradMode.withoutGrad(() -> t.normal_(mean, std));
  }

  /** One number everywhere. */
  public static Tensor constant_(Tensor t, double value) {
    return GradMode.withoutGrad(() -> t.fill_(value));
  }

  /** Zeros. */
  public static Tensor zeros_(Tensor t) {
    return constant_(t, 0);
  }

  /** Ones. */
  public static Tensor ones_(Tensor t) {
    return constant_(t, 1);
  }

  /** Uniform in ±gain·√(6 / (fan in + fan out)). */
  public static Tensor xavierUniform_(Tensor t, double gain) {
    double bound = gain * Math.sqrt(6.0 / (fan(t, Fan.IN) + fan(t, Fan.OUT)));
    return uniform_(t, -bound, bound);
  }

  /** Normal with standard deviation gain·√(2 / (fan in + fan out)). */
  public static Tensor xavierNormal_(Tensor t, double gain) {
    return normal_(t, 0, gain * Math.sqrt(2.0 / (fan(t, Fan.IN) + fan(t, Fan.OUT))));
  }

  /** Uniform in ±gain·√(3 / fan); {@code a} is the negative slope of a leaky rectifier. */
  public static Tensor kaimingUniform_(Tensor t, double a, Fan mode, Nonlinearity nonlinearity) {
    if (t.numel() == 0) {
      return t;
    }
    double bound = Math.sqrt(3.0) * gain(nonlinearity, a) / Math.sqrt((double) fan(t, mode));
    return uniform_(t, -bound, bound);
  }

  /** Normal with standard deviation gain/√fan. */
  public static Tensor kaimingNormal_(Tensor t, double a, Fan mode, Nonlinearity nonlinearity) {
    if (t.numel() == 0) {
      return t;
    }
    return normal_(t, 0, gain(nonlinearity, a) / Math.sqrt((double) fan(t, mode)));
  }

  /** The number of inputs of an output, or of outputs of an input. */
  public static long fan(Tensor t, Fan mode) {
    if (t.dim() < 2) {
      throw new ShapeException(
          "[init] Fan in and fan out can not be computed for tensor with fewer than 2 dimensions:"
              + " shape "
              + t.shape());
    }
    long window = 1;
    for (int d = 2; d < t.dim(); d++) {
      window *= t.size(d);
    }
    return t.size(mode == Fan.IN ? 1 : 0) * window;
  }
}
