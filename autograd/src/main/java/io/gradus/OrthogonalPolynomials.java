package io.gradus;

import io.gradus.tensor.error.InvalidArgumentException;

/**
 * Values of orthogonal polynomials by their three-term recurrences, with PyTorch's special cases.
 *
 * <p>Abramowitz and Stegun, section 22.7. Each step is rounded to the precision of the result, in
 * PyTorch's order: where the recurrence is unstable, the rounding decides the value.
 */
final class OrthogonalPolynomials {
  /** The next of a sequence from {@code k}, the last, and the one before it. */
  @FunctionalInterface
  private interface Step {
    double next(long k, double last, double before);
  }

  private static final long MAX_STEPS = 1L << 24;

  private final Precision precision;

  OrthogonalPolynomials(Precision precision) {
    this.precision = precision;
  }

  /** The whole number below; what is none (NaN, infinite, too large) is negative, as in PyTorch. */
  static long degree(double n) {
    return Math.abs(n) < 0x1p63 ? (long) n : -1;
  }

  private double round(double v) {
    return precision.round(v);
  }

  /** 2x - 1, which takes [0, 1] to [-1, 1]. */
  double shifted(double x) {
    return round(round(x + x) - 1);
  }

  /** From the first two, up to degree {@code n}. */
  private double climb(long n, double first, Step step) {
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

  /** factor * last - k * before. */
  private double combined(double factor, double last, double k, double before) {
    return precision.fma(factor, last, -round(round(k) * before));
  }

  private double chebyshev(double x, long n, double first) {
    double twice = round(x + x);
    return climb(n, first, (k, last, before) -> precision.fma(twice, last, -before));
  }

  private double angle(double x) {
    return round(Math.acos(x));
  }

  private double cos(double a) {
    return round(Math.cos(round(a)));
  }

  private double sin(double a) {
    return round(Math.sin(round(a)));
  }

  private static double alternating(long n, double value) {
    return n % 2 == 0 ? value : -value;
  }

  double chebyshevT(double x, long n) {
    if (n >= 0 && Math.abs(x) == 1) {
      return x > 0 ? 1 : alternating(n, 1);
    }
    return n > 6 && Math.abs(x) < 1 ? cos(round(n) * angle(x)) : chebyshev(x, n, x);
  }

  double chebyshevU(double x, long n) {
    if (n >= 0 && Math.abs(x) == 1) {
      return x > 0 ? n + 1 : alternating(n, n + 1);
    }
    if (n > 8 && Math.abs(x) < 1 && sin(angle(x)) != 0) {
      return round(sin(round(n + 1) * angle(x)) / sin(angle(x)));
    }
    return chebyshev(x, n, round(x + x));
  }

  double chebyshevV(double x, long n) {
    if (n >= 0 && Math.abs(x) == 1) {
      return x > 0 ? 1 : alternating(n, n + n + 1);
    }
    if (n > 8 && Math.abs(x) < 1) {
      return round(cos(round(n + 0.5) * angle(x)) / cos(angle(x) / 2));
    }
    return chebyshev(x, n, round(round(x + x) - 1));
  }

  double chebyshevW(double x, long n) {
    if (n >= 0 && Math.abs(x) == 1) {
      return x > 0 ? n + n + 1 : alternating(n, 1);
    }
    if (n > 8 && Math.abs(x) < 1) {
      return round(sin(round(n + 0.5) * angle(x)) / sin(angle(x) / 2));
    }
    return chebyshev(x, n, round(round(x + x) + 1));
  }

  double hermiteH(double x, long n) {
    double twice = round(x + x);
    return climb(n, twice, (k, last, before) -> combined(twice, last, 2 * k, before));
  }

  double hermiteHe(double x, long n) {
    return climb(n, x, (k, last, before) -> combined(x, last, k, before));
  }

  double laguerreL(double x, long n) {
    double first = round(1 - x);
    return climb(
        n,
        first,
        (k, last, before) -> {
          double factor = round(round(k + k) + first);
          return round(combined(factor, last, k, before) / round(k + 1));
        });
  }

  double legendreP(double x, long n) {
    if (n >= 0 && Math.abs(x) == 1) {
      return x > 0 ? 1 : alternating(n, 1);
    }
    return climb(
        n,
        x,
        (k, last, before) -> {
          double factor = round(round(k + k + 1) * x);
          return round(combined(factor, last, k, before) / round(k + 1));
        });
  }
}
