package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.linalg.Linalg;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
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

  /** {@link #gain(Nonlinearity, double)} with slope 0.01. */
  public static double gain(Nonlinearity nonlinearity) {
    return gain(nonlinearity, 0.01);
  }

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

  /** {@link #xavierUniform_(Tensor, double)} with gain 1. */
  public static Tensor xavierUniform_(Tensor t) {
    return xavierUniform_(t, 1);
  }

  /** Uniform in ±gain·√(6 / (fan in + fan out)). */
  public static Tensor xavierUniform_(Tensor t, double gain) {
    double bound = gain * Math.sqrt(6.0 / (fan(t, Fan.IN) + fan(t, Fan.OUT)));
    return uniform_(t, -bound, bound);
  }

  /** {@link #xavierNormal_(Tensor, double)} with gain 1. */
  public static Tensor xavierNormal_(Tensor t) {
    return xavierNormal_(t, 1);
  }

  /** Normal with standard deviation gain·√(2 / (fan in + fan out)). */
  public static Tensor xavierNormal_(Tensor t, double gain) {
    return normal_(t, 0, gain * Math.sqrt(2.0 / (fan(t, Fan.IN) + fan(t, Fan.OUT))));
  }

  /** {@link #kaimingUniform_(Tensor, double, Fan, Nonlinearity)} with PyTorch's defaults. */
  public static Tensor kaimingUniform_(Tensor t) {
    return kaimingUniform_(t, 0, Fan.IN, Nonlinearity.LEAKY_RELU);
  }

  /** Uniform in ±gain·√(3 / fan); {@code a} is the negative slope of a leaky rectifier. */
  public static Tensor kaimingUniform_(Tensor t, double a, Fan mode, Nonlinearity nonlinearity) {
    if (t.numel() == 0) {
      return t;
    }
    double bound = Math.sqrt(3.0) * gain(nonlinearity, a) / Math.sqrt((double) fan(t, mode));
    return uniform_(t, -bound, bound);
  }

  /** {@link #kaimingNormal_(Tensor, double, Fan, Nonlinearity)} with PyTorch's defaults. */
  public static Tensor kaimingNormal_(Tensor t) {
    return kaimingNormal_(t, 0, Fan.IN, Nonlinearity.LEAKY_RELU);
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

  /**
   * The identity, or its first rows or columns.
   *
   * @throws ShapeException for other than 2 dimensions
   */
  public static Tensor eye_(Tensor t) {
    dimensions(t, t.dim() == 2, "2 dimensions");
    return GradMode.withoutGrad(
        () -> {
          t.zero_();
          t.diagonal().fill_(1);
          return t;
        });
  }

  /**
   * A convolution that passes as many channels through as it can.
   *
   * @param t a weight: outputs, inputs of a group, and a window of 1 to 3 dimensions
   * @param groups each of which passes its own channels
   * @throws ShapeException for other shapes
   */
  public static Tensor dirac_(Tensor t, int groups) {
    dimensions(t, t.dim() >= 3 && t.dim() <= 5, "3, 4, or 5 dimensions");
    if (groups < 1 || t.size(0) % groups != 0) {
      throw new ShapeException(
          "[init] dim 0 must be divisible by groups: %s and %d".formatted(t.shape(), groups));
    }
    if (t.numel() == 0) {
      return t;
    }
    return GradMode.withoutGrad(
        () -> {
          t.zero_();
          Tensor centre = t;
          for (int d = t.dim() - 1; d >= 2; d--) {
            centre = centre.select(d, t.size(d) / 2);
          }
          long outputs = t.size(0) / groups;
          for (int g = 0; g < groups; g++) {
            centre.narrow(0, g * outputs, outputs).diagonal().fill_(1);
          }
          return t;
        });
  }

  /**
   * Rows or columns at right angles and of length {@code gain}; dimensions from the second on count
   * as one.
   *
   * <p>A. Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear neural
   * networks", ICLR 2014.
   *
   * @throws ShapeException for fewer than 2 dimensions
   */
  public static Tensor orthogonal_(Tensor t, double gain) {
    dimensions(t, t.dim() >= 2, "2 or more dimensions");
    if (t.numel() == 0) {
      return t;
    }
    return GradMode.withoutGrad(
        () -> {
          long rows = t.size(0);
          long columns = t.numel() / rows;
          Tensor draws = Tensor.randnLike(t).view(rows, columns);
          Linalg.Qr qr = Linalg.qr(rows < columns ? draws.t() : draws);
          // With the signs of the diagonal the result is uniform over all orthogonal matrices.
          Tensor q = qr.q().mul(qr.r().diagonal().sign());
          return t.copy_((rows < columns ? q.t() : q).mul(gain).reshape(t.shape().toArray()));
        });
  }

  /**
   * Normal, with a share of each column set to 0.
   *
   * <p>J. Martens, "Deep learning via Hessian-free optimization", ICML 2010.
   *
   * @throws ShapeException for other than 2 dimensions
   */
  public static Tensor sparse_(Tensor t, double sparsity, double std) {
    dimensions(t, t.dim() == 2, "2 dimensions");
    if (!(sparsity >= 0 && sparsity <= 1)) {
      throw new InvalidArgumentException(
          "[sparse_] sparsity must be between 0 and 1, but got " + sparsity);
    }
    return GradMode.withoutGrad(
        () -> {
          t.normal_(0, std);
          long zeros = (long) Math.ceil(sparsity * t.size(0));
          for (long column = 0; column < t.size(1); column++) {
            Tensor rows = Tensor.randperm(t.size(0)).narrow(0, 0, zeros).to(t.device());
            t.select(1, column).indexFill_(0, rows, 0);
          }
          return t;
        });
  }

  /** Normal, drawn again where it is outside of [from, to]; by the inverse of the distribution. */
  public static Tensor truncNormal_(Tensor t, double mean, double std, double from, double to) {
    return GradMode.withoutGrad(
        () -> {
          double low = share((from - mean) / std);
          double high = share((to - mean) / std);
          t.uniform_(2 * low - 1, 2 * high - 1);
          t.erfinv_().mul_(std * Math.sqrt(2)).add_(mean);
          return t.clamp_(from, to);
        });
  }

  /** The share of a standard normal distribution below a number. */
  private static double share(double x) {
    return Tensor.tensor(x / Math.sqrt(2)).to(DType.F64).erf().item().doubleValue() / 2 + 0.5;
  }

  private static void dimensions(Tensor t, boolean valid, String which) {
    if (!valid) {
      throw new ShapeException(
          "[init] Only tensors with %s are supported: shape %s".formatted(which, t.shape()));
    }
  }
}
