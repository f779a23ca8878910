package io.gradus.random;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Tests of samples against distributions, at a significance of 0.001.
 *
 * <p>A correct sampler fails such a test for one seed in a thousand; seeds are fixed, so that a
 * test either always passes or always fails.
 */
final class Fit {
  /** sqrt(-ln(0.001 / 2) / 2): beyond it lies 0.001 of Kolmogorov's distribution. */
  private static final double KOLMOGOROV = 1.9495;

  /** Beyond it lies 0.001 of the normal distribution, on one side. */
  private static final double NORMAL = 3.0902;

  /** Beyond it lies 0.001 of the normal distribution, on both sides together. */
  private static final double NORMAL_BOTH = 3.2905;

  private Fit() {}

  /**
   * The test of Kolmogorov and Smirnov: the largest distance between the share of samples up to x
   * and the distribution function at x.
   *
   * @param lattice the largest probability of a single value; 0 for a continuous distribution
   */
  static void continuous(
      String name, double[] samples, DoubleUnaryOperator distribution, double lattice) {
    double[] x = samples.clone();
    Arrays.sort(x);
    int n = x.length;
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double f = distribution.applyAsDouble(x[i]);
      distance = Math.max(distance, Math.max(f - (double) i / n, (i + 1.0) / n - f));
    }
    double limit = KOLMOGOROV / Math.sqrt(n) + lattice;
    check(distance <= limit, name + ": Kolmogorov-Smirnov", distance, limit);
  }

  /**
   * Mean and variance, each against its standard error.
   *
   * @param kurtosis the fourth central moment over the square of the variance
   */
  static void moments(
      String name, double[] samples, double mean, double variance, double kurtosis) {
    int n = samples.length;
    double m = Arrays.stream(samples).average().orElseThrow();
    double v = Arrays.stream(samples).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    check(Math.abs(m - mean) <= NORMAL_BOTH * Math.sqrt(variance / n), name + ": mean", m, mean);
    check(
        Math.abs(v - variance) <= NORMAL_BOTH * variance * Math.sqrt((kurtosis - 1) / n),
        name + ": variance",
        v,
        variance);
  }

  /** Pearson's chi-squared test of counts; each class expects five or more. */
  static void discrete(String name, long[] counts, double[] probabilities) {
    double n = Arrays.stream(counts).sum();
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = n * probabilities[i];
      assertTrue(expected >= 5, name + ": class " + i + " expects " + expected);
      sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    // The quantile by the approximation of Wilson and Hilferty.
    double k = counts.length - 1;
    double limit = k * Math.pow(1 - 2 / (9 * k) + NORMAL * Math.sqrt(2 / (9 * k)), 3);
    check(sum <= limit, name + ": chi-squared", sum, limit);
  }

  /** The distribution function of the normal distribution (Abramowitz and Stegun, 7.1.26). */
  static double normal(double x) {
    double z = Math.abs(x) / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * z);
    double tail =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
            * Math.exp(-z * z)
            / 2;
    return x < 0 ? tail : 1 - tail;
  }

  private static void check(boolean holds, String what, double found, double wanted) {
    assertTrue(holds, () -> what + " is " + found + ", should be about or below " + wanted);
  }
}
