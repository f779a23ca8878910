package io.gradus;

import io.gradus.exec.Counts;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.function.DoubleUnaryOperator;

/**
 * Windows that fade a signal in and out (PyTorch's {@code torch.signal.windows}).
 *
 * <p>A symmetric window is for filters; one that is not lacks the last element of the next larger
 * symmetric one, for the spectra of periodic signals.
 */
public final class Windows {
  private Windows() {}

  private static int size(String name, Options options, long size) {
    if (size < 0) {
      throw new InvalidArgumentException(
          "[%s] requires non-negative window length, got M=%d".formatted(name, size));
    }
    DType dtype = options.dtype();
    if (dtype != null && dtype != DType.F32 && dtype != DType.F64) {
      throw new DTypeException(
          "[%s] %s expects float32 or float64 dtypes, got: %s".formatted(name, name, dtype));
    }
    return Counts.of(name, size);
  }

  private static Tensor window(
      Options options, int n, double start, double step, DoubleUnaryOperator value) {
    double[] all = new double[n];
    for (int i = 0; i < n; i++) {
      all[i] = value.applyAsDouble(start + i * step);
    }
    Tensor t = Tensor.tensor(all);
    t = t.to(options.dtype() == null ? Tensor.defaultDtype() : options.dtype());
    if (options.device() != null) {
      t = t.to(options.device());
    }
    return options.requiresGrad() ? t.requiresGrad_() : t;
  }

  private static Tensor one(Options options) {
    return window(options, 1, 0, 0, _ -> 1);
  }

  /** A triangle from 0 to 1 and back. */
  public static Tensor bartlett(Options options, long size, boolean sym) {
    int n = size("bartlett", options, size);
    if (n == 1) {
      return one(options);
    }
    return window(options, n, -1, 2.0 / (sym ? n - 1 : n), k -> 1 - Math.abs(k));
  }

  /** A sum of cosines of 0, 1, 2 … periods, with alternating signs. */
  public static Tensor generalCosine(Options options, long size, double[] weights, boolean sym) {
    int n = size("general_cosine", options, size);
    if (weights.length == 0) {
      throw new InvalidArgumentException("[general_cosine] Coefficients must be a non-empty list");
    }
    if (n == 1) {
      return one(options);
    }
    double step = 2 * Math.PI / (sym ? n - 1 : n);
    return window(
        options,
        n,
        0,
        step,
        k -> {
          double sum = 0;
          for (int i = 0; i < weights.length; i++) {
            sum += (i % 2 == 0 ? weights[i] : -weights[i]) * Math.cos(i * k);
          }
          return sum;
        });
  }

  /** {@code alpha - (1 - alpha) cos}. */
  public static Tensor generalHamming(Options options, long size, double alpha, boolean sym) {
    return generalCosine(options, size, new double[] {alpha, 1 - alpha}, sym);
  }

  /** {@link #generalHamming} with 0.54. */
  public static Tensor hamming(Options options, long size, boolean sym) {
    return generalHamming(options, size, 0.54, sym);
  }

  /** {@link #generalHamming} with 0.5: a raised cosine. */
  public static Tensor hann(Options options, long size, boolean sym) {
    return generalHamming(options, size, 0.5, sym);
  }

  /** Blackman's window of three cosines. */
  public static Tensor blackman(Options options, long size, boolean sym) {
    return generalCosine(options, size, new double[] {0.42, 0.5, 0.08}, sym);
  }

  /** Nuttall's minimum 4-term Blackman-Harris window. */
  public static Tensor nuttall(Options options, long size, boolean sym) {
    double[] weights = {0.3635819, 0.4891775, 0.1365995, 0.0106411};
    return generalCosine(options, size, weights, sym);
  }

  /** Half a period of a sine. */
  public static Tensor cosine(Options options, long size, boolean sym) {
    int n = size("cosine", options, size);
    double step = Math.PI / (!sym && n > 1 ? n + 1 : n);
    return window(options, n, 0.5 * step, step, Math::sin);
  }

  /**
   * A decay on both sides of a centre.
   *
   * @param center its position; NaN is the middle, which alone goes with a symmetric window
   * @param tau how slowly it decays
   */
  public static Tensor exponential(
      Options options, long size, double center, double tau, boolean sym) {
    int n = size("exponential", options, size);
    if (tau <= 0) {
      throw new InvalidArgumentException("[exponential] Tau must be positive, got: " + tau);
    }
    if (sym && !Double.isNaN(center)) {
      throw new InvalidArgumentException(
          "[exponential] Center must be None for symmetric windows; got " + center);
    }
    double middle = Double.isNaN(center) ? (!sym && n > 1 ? n : n - 1) / 2.0 : center;
    return window(options, n, -middle / tau, 1 / tau, k -> Math.exp(-Math.abs(k)));
  }

  /** The bell of a normal distribution. */
  public static Tensor gaussian(Options options, long size, double std, boolean sym) {
    int n = size("gaussian", options, size);
    if (std <= 0) {
      throw new InvalidArgumentException(
          "[gaussian] Standard deviation must be positive, got: " + std);
    }
    double step = 1 / (std * Math.sqrt(2));
    double start = -(!sym && n > 1 ? n : n - 1) / 2.0 * step;
    return window(options, n, start, step, k -> Math.exp(-k * k));
  }

  /** Kaiser's window, which nearly maximises the energy of the main lobe. */
  public static Tensor kaiser(Options options, long size, double beta, boolean sym) {
    int n = size("kaiser", options, size);
    if (beta < 0) {
      throw new InvalidArgumentException("[kaiser] beta must be non-negative, got: " + beta);
    }
    if (n == 1) {
      return one(options);
    }
    double step = 2 * beta / (sym ? n - 1 : n);
    double whole = i0(beta);
    return window(
        options, n, -beta, step, k -> i0(Math.sqrt(Math.max(0, beta * beta - k * k))) / whole);
  }

  /** The modified Bessel function of order 0, by its power series (all terms are positive). */
  private static double i0(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= x / (2.0 * k) * (x / (2.0 * k));
      sum += term;
    }
    return sum;
  }
}
