package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.NumericalException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Eigenvalues of matrices that need not be symmetric, as pairs (real, imaginary). */
final class GeneralSpectra {
  private static final int MOST_ATTEMPTS = 20;

  private GeneralSpectra() {}

  static Tensor eigvals(Tensor t) {
    Batch b = Batch.square("eigvals", t);
    double[] values = values("eigvals", b);
    return recorded(t, b, values);
  }

  static Linalg.Eig eig(Tensor t) {
    Batch b = Batch.square("eig", t);
    double[] values = values("eig", b);
    Tensor vectors = b.result(vectors(b, values), b.rows(), b.rows(), 2);
    Tensor recorded =
        Record.rule(
            "LinalgEigBackward0",
            vectors,
            t,
            (g, s, needs) -> {
              throw new AutogradException(
                  "[eig] the eigenvectors of matrices that are not symmetric have no gradient; use"
                      + " the eigenvalues, or eigh for symmetric matrices");
            });
    return new Linalg.Eig(recorded(t, b, values), recorded);
  }

  private static double[] values(String name, Batch b) {
    int n = b.rows();
    double[] all = new double[b.count() * n * 2];
    for (int i = 0; i < b.count(); i++) {
      double[] one = new double[2 * n];
      if (!Spectrum.general(b.matrix(i), n, one)) {
        throw new NumericalException(b.where(name, i) + "The algorithm failed to converge");
      }
      System.arraycopy(one, 0, all, i * 2 * n, 2 * n);
    }
    return all;
  }

  private static Tensor recorded(Tensor t, Batch b, double[] values) {
    return Record.rule(
        "LinalgEigvalsBackward0",
        b.result(values, b.rows(), 2),
        t,
        (g, s, needs) -> {
          if (GradMode.isEnabled()) {
            throw new AutogradException(
                "[eigvals] the eigenvalues of matrices that are not symmetric can be differentiated"
                    + " once only; leave out createGraph");
          }
          return new Tensor[] {gradient(g, b.result(vectors(b, values), b.rows(), b.rows(), 2))};
        });
  }

  /**
   * With v = x + iy and v^-1 = p + iq: the change of value k is row k of v^-1, da, column k of v.
   */
  private static Tensor gradient(Tensor g, Tensor vectors) {
    Tensor x = vectors.select(-1, 0);
    Tensor y = vectors.select(-1, 1);
    long n = x.size(-1);
    Tensor both =
        Tensor.cat(List.of(Tensor.cat(List.of(x, y.neg()), -1), Tensor.cat(List.of(y, x), -1)), -2);
    Tensor inverse = Equations.inv(both, false).inverse();
    Tensor p = inverse.narrow(-2, 0, n).narrow(-1, 0, n).mT();
    Tensor q = inverse.narrow(-2, n, n).narrow(-1, 0, n).mT();
    Tensor real = g.select(-1, 0).unsqueeze(-2);
    Tensor imaginary = g.select(-1, 1).unsqueeze(-2);
    Tensor xt = p.mul(real).add(q.mul(imaginary)).matmul(x.mT());
    return xt.add(p.mul(imaginary).sub(q.mul(real)).matmul(y.mT()));
  }

  /** [count, n, n, 2]: the vector of each value as a column. */
  private static double[] vectors(Batch b, double[] values) {
    int n = b.rows();
    double[] all = new double[b.count() * n * n * 2];
    for (int i = 0; i < b.count(); i++) {
      double[] a = b.matrix(i);
      double size = 0;
      for (double x : a) {
        size = Math.max(size, Math.abs(x));
      }
      SplittableRandom random = new SplittableRandom(n);
      for (int k = 0; k < n; k++) {
        double re = values[2 * (i * n + k)];
        double im = values[2 * (i * n + k) + 1];
        boolean second = im < 0 && k > 0 && values[2 * (i * n + k) - 1] == -im;
        for (int r = 0; second && r < n; r++) {
          int at = 2 * ((i * n + r) * n + k);
          all[at] = all[at - 2];
          all[at + 1] = -all[at - 1];
        }
        if (!second) {
          double[] v = vector(a, n, re, im, size, random);
          for (int r = 0; r < n; r++) {
            int at = 2 * ((i * n + r) * n + k);
            all[at] = v[r];
            all[at + 1] = v[n + r];
          }
        }
      }
    }
    return all;
  }

  /**
   * Inverse iteration (Golub and Van Loan, section 7.6.1) on x and y of x + iy: [n] each, one after
   * the other. A shift of a few units in the last place keeps the equations solvable; where they
   * happen to have no solution all the same, a shift of twice as many does. The start is random, so
   * that equal values get vectors that differ.
   */
  private static double[] vector(
      double[] a, int n, double re, double im, double size, SplittableRandom random) {
    double nudge = (size == 0 ? 1 : size) * 0x1p-50;
    double[] v = vector(a, n, re + nudge, im, random);
    for (int attempt = 0; attempt < MOST_ATTEMPTS && !isFinite(v); attempt++) {
      nudge *= 2;
      v = vector(a, n, re + nudge, im, random);
    }
    return v;
  }

  private static boolean isFinite(double[] v) {
    double sum = 0;
    for (double x : v) {
      sum += Math.abs(x); // of numbers up to 1
    }
    return Double.isFinite(sum);
  }

  private static double[] vector(
      double[] a, int n, double shift, double im, SplittableRandom random) {
    boolean real = im == 0;
    int width = real ? n : 2 * n;
    double[] m = new double[width * width];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double x = a[i * n + j] - (i == j ? shift : 0);
        m[i * width + j] = x;
        if (!real) {
          m[(n + i) * width + n + j] = x;
        }
      }
      if (!real) {
        m[i * width + n + i] = im;
        m[(n + i) * width + i] = -im;
      }
    }
    Lu lu = Lu.of(m, width, width);
    double[] v = new double[2 * n];
    for (int i = 0; i < width; i++) {
      v[i] = random.nextDouble(0.5, 1);
    }
    for (int step = 0; step < 3; step++) {
      double[] x = Arrays.copyOf(v, width);
      lu.solve(x, 1);
      System.arraycopy(x, 0, v, 0, width);
      normalize(v, n);
    }
    return v;
  }

  /** To length 1, with the largest number real. */
  private static void normalize(double[] v, int n) {
    double length = 0;
    int largest = 0;
    for (int i = 0; i < n; i++) {
      double r = Math.hypot(v[i], v[n + i]);
      length = Math.hypot(length, r);
      largest = r > Math.hypot(v[largest], v[n + largest]) ? i : largest;
    }
    double r = Math.hypot(v[largest], v[n + largest]);
    double c = v[largest] / r / length;
    double s = v[n + largest] / r / length;
    for (int i = 0; i < n; i++) {
      double x = v[i];
      double y = v[n + i];
      v[i] = x * c + y * s;
      v[n + i] = y * c - x * s;
    }
  }
}
