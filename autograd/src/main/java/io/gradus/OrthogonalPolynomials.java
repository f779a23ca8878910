package io.gradus;

import io.gradus.tensor.error.InvalidArgumentException;

/**
 * Values of orthogonal polynomials by their three-term recurrences, with PyTorch's special cases.
 *
 * <p>Abramowitz and Stegun, section 22.7.
 */
final class OrthogonalPolynomials {
  /** The next of a sequence from {@code n}, the last, and the one before it. */
  @FunctionalInterface
  private interface Step {
    double next(long k, double last, double before);
  }

  private static final long MAX_STEPS = 1L << 24;

  private OrthogonalPolynomials() {}

  /** The whole number below; what is none (NaN, infinite, too large) is negative, as in PyTorch. */
  static long degree(double n) {
    return Math.abs(n) < 0x1p63 ? (long) n : -1;
  }

  /** From the first two, up to degree {@code n}. */
  private static double climb(long n, double first, Step step) {
    if (n <= 0) {
      return n < 0 ? 0 : 1;
    }
    double before = 1;
    double last = first;
    for (long k = 1; k < n && !Double.isNaN(last); k++) {
      if (k > MAX_STEPS) {
        throw new InvalidArgumentException(
            "[special] a polynomial of degree %d takes more than %d steps; use a lower degree"
                .formatted(n, MAX_STEPS));
      }
      double next = step.next(k, last, before);
      before = last;
      last = next;
    }
    return last;
  }

  private static double chebyshev(double x, long n, double first) {
    return climb(n, first, (k, last, before) -> (x + x) * last - before);
  }

  private static double alternating(long n, double value) {
    return n % 2 == 0 ? value : -value;
  }

  static double chebyshevT(double x, long n) {
    if (n >= 0 && Math.abs(x) == 1) {
      return x > 0 ? 1 : alternating(n, 1);
    }
    return n > 6 && Math.abs(x) < 1 ? Math.cos(n * Math.acos(x)) : chebyshev(x, n, x);
  }

  static double chebyshevU(double x, long n) {
    if (n >= 0 && Math.abs(x) == 1) {
      return x > 0 ? n + 1 : alternating(n, n + 1);
    }
    if (n > 8 && Math.abs(x) < 1 && Math.sin(Math.acos(x)) != 0) {
      return Math.sin((n + 1) * Math.acos(x)) / Math.sin(Math.acos(x));
    }
    return chebyshev(x, n, x + x);
  }

  static double chebyshevV(double x, long n) {
    if (n >= 0 && Math.abs(x) == 1) {
      return x > 0 ? 1 : alternating(n, n + n + 1);
    }
    if (n > 8 && Math.abs(x) < 1) {
      return Math.cos((n + 0.5) * Math.acos(x)) / Math.cos(Math.acos(x) / 2);
    }
    return chebyshev(x, n, x + x - 1);
  }

  static double chebyshevW(double x, long n) {
    if (n >= 0 && Math.abs(x) == 1) {
      return x > 0 ? n + n + 1 : alternating(n, 1);
    }
    if (n > 8 && Math.abs(x) < 1) {
      return Math.sin((n + 0.5) * Math.acos(x)) / Math.sin(Math.acos(x) / 2);
    }
    return chebyshev(x, n, x + x + 1);
  }

  static double hermiteH(double x, long n) {
    return climb(n, x + x, (k, last, before) -> (x + x) * last - 2 * k * before);
  }

  static double hermiteHe(double x, long n) {
    return climb(n, x, (k, last, before) -> x * last - k * before);
  }

  static double laguerreL(double x, long n) {
    return climb(n, 1 - x, (k, last, before) -> ((k + k + 1 - x) * last - k * before) / (k + 1));
  }

  static double legendreP(double x, long n) {
    if (n >= 0 && Math.abs(x) == 1) {
      return x > 0 ? 1 : alternating(n, 1);
    }
    return climb(n, x, (k, last, before) -> ((k + k + 1) * x * last - k * before) / (k + 1));
  }
}
