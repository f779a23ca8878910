package io.gradus.fft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.Tensor;

/** The definition, term by term, and numbers to transform. */
final class Dft {
  private Dft() {}

  /** The sum of x[j] exp(-+2 pi i j k / n) for each k, of n pairs. */
  static Tensor of(Tensor pairs, boolean inverse) {
    double[] x = pairs.doubleArray();
    int n = x.length / 2;
    double[] y = new double[2 * n];
    for (int k = 0; k < n; k++) {
      for (int j = 0; j < n; j++) {
        double angle = (inverse ? 2 : -2) * Math.PI * ((long) j * k % n) / n;
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        y[2 * k] += x[2 * j] * c - x[2 * j + 1] * s;
        y[2 * k + 1] += x[2 * j] * s + x[2 * j + 1] * c;
      }
    }
    return Tensor.tensor(y).view(n, 2);
  }

  /** Numbers of a shape between -1 and 1. */
  static Tensor sample(long... shape) {
    int n = 1;
    for (long size : shape) {
      n *= (int) size;
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = 2 * ((i + 1) * (i + 3) * 0.6180339887498949 % 1) - 1;
    }
    return Tensor.tensor(values).view(shape);
  }

  static void close(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.doubleArray(), actual.doubleArray(), 1e-11);
  }
}
