package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.layout.Shape;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** Triangular factors of symmetric positive definite matrices, with their gradients. */
final class Choleskies {
  private Choleskies() {}

  /**
   * The lower triangles or their transposes; an error for a matrix that has none if {@code check}.
   *
   * @return also the order of the first leading minor that is not positive, 0 if there is none
   */
  static Linalg.CholeskyInfo factor(Tensor t, boolean upper, boolean check) {
    Batch b = Batch.square("cholesky", t);
    int n = b.rows();
    double[] all = new double[b.values().length];
    int[] info = new int[b.count()];
    for (int i = 0; i < b.count(); i++) {
      info[i] = factor(b.matrix(i), n, upper, all, i * n * n);
      if (check && info[i] > 0) {
        throw new NumericalException(
            b.where("cholesky", i)
                + "The factorization could not be completed because the input is not positive-definite (the leading minor of order %d is not positive-definite)."
                    .formatted(info[i]));
      }
    }
    Tensor r = b.result(all, n, n);
    Tensor l =
        Record.rule(
            "LinalgCholeskyExBackward0",
            r,
            new Tensor[] {t},
            new Tensor[] {r},
            (g, s, needs) -> new Tensor[] {gradient(g, s[0])});
    return new Linalg.CholeskyInfo(upper ? l.mT() : l, b.whole(info));
  }

  /** The formula of PyTorch's {@code cholesky_backward} (Murray, 2016): symmetric. */
  private static Tensor gradient(Tensor g, Tensor l) {
    Tensor x = l.mT().matmul(g);
    Tensor phi = x.tril(0).add(x.tril(-1).mT()).mul(0.5);
    Tensor right = Equations.solveTriangular(l.mT(), phi, true, true, false);
    return Equations.solveTriangular(l, right, false, false, false);
  }

  /** Reads one triangle of {@code a}, writes the lower one of {@code to}. */
  private static int factor(double[] a, int n, boolean upper, double[] to, int at) {
    for (int i = 0; upper && i < n; i++) {
      for (int j = 0; j < i; j++) {
        a[i * n + j] = a[j * n + i];
      }
    }
    if (leading(a, n, n, to, at)) {
      return 0;
    }
    // The library does not say where it stopped: the largest leading part that has a factor.
    int good = 0;
    int bad = n;
    while (bad - good > 1) {
      int middle = (good + bad) >>> 1;
      if (leading(a, n, middle, to, at)) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    leading(a, n, good, to, at);
    rest(a, n, good, to, at);
    return bad;
  }

  /** What LAPACK leaves where it stops: whole columns before, the input from there on. */
  private static void rest(double[] a, int n, int good, double[] to, int at) {
    for (int i = good; i < n; i++) {
      System.arraycopy(a, i * n, to, at + i * n, i + 1);
      for (int j = 0; j <= Math.min(i, good); j++) {
        double x = a[i * n + j];
        for (int k = 0; k < Math.min(j, good) && (j < good || i == good); k++) {
          x -= to[at + i * n + k] * to[at + j * n + k];
        }
        to[at + i * n + j] = j < good ? x / to[at + j * n + j] : x;
      }
    }
  }

  /** The factor of the first {@code k} rows and columns. */
  private static boolean leading(double[] a, int n, int k, double[] to, int at) {
    if (k == 0) {
      return true;
    }
    DMatrixRMaj part = new DMatrixRMaj(k, k);
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        part.data[i * k + j] = a[j <= i ? i * n + j : j * n + i];
      }
    }
    CholeskyDecomposition_F64<DMatrixRMaj> library = DecompositionFactory_DDRM.chol(k, true);
    if (!library.decompose(part)) {
      return false;
    }
    double[] l = library.getT(null).data;
    for (int i = 0; i < k; i++) {
      if (!(l[i * k + i] > 0)) {
        return false;
      }
    }
    for (int i = 0; i < k; i++) {
      System.arraycopy(l, i * k, to, at + i * n, i + 1);
    }
    return true;
  }

  /** See {@link Tensor#choleskySolve}. */
  static Tensor solve(Tensor b, Tensor triangle, boolean upper) {
    Batch.checkSquare("cholesky_solve", triangle);
    Batch.checkMatrices("cholesky_solve", b);
    Batch.checkAlike("cholesky_solve", triangle, b);
    Shape batch = Batch.common("cholesky_solve", b, triangle);
    return sameBatch(Batch.wide(b, batch), Batch.wide(triangle, batch), upper);
  }

  private static Tensor sameBatch(Tensor b, Tensor triangle, boolean upper) {
    Tensor l = upper ? triangle.detach().mT() : triangle.detach();
    Tensor half = Equations.solveTriangular(l, b.detach(), false, true, false);
    Tensor x = Equations.solveTriangular(l.mT(), half, true, true, false);
    return Record.rule(
        "CholeskySolveBackward0",
        x,
        new Tensor[] {b, triangle},
        new Tensor[] {triangle, x},
        (g, s, needs) -> {
          Tensor gb = sameBatch(g, s[0], upper);
          Tensor both = gb.matmul(s[1].mT());
          return new Tensor[] {gb, needs[1] ? ofTriangle(both.add(both.mT()), s[0], upper) : null};
        });
  }

  /** See {@link Tensor#choleskyInverse}. */
  static Tensor inverse(Tensor triangle, boolean upper) {
    Batch.checkSquare("cholesky_inverse", triangle);
    Tensor one = Batch.eye(triangle.size(-1), triangle);
    Tensor x = solve(one, triangle.detach(), upper);
    return Record.rule(
        "CholeskyInverseBackward0",
        x,
        new Tensor[] {triangle},
        new Tensor[] {triangle, x},
        (g, s, needs) -> {
          Tensor both = s[1].matmul(g.add(g.mT())).matmul(s[1]);
          return new Tensor[] {ofTriangle(both, s[0], upper)};
        });
  }

  /** As PyTorch's formulas, of all elements: also of those that are not read. */
  private static Tensor ofTriangle(Tensor both, Tensor triangle, boolean upper) {
    return (upper ? triangle.matmul(both) : both.matmul(triangle)).neg();
  }
}
