package io.gradus.linalg;

import java.util.Arrays;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Eigenvalues and singular values of one matrix; row-major. */
final class Spectrum {
  private Spectrum() {}

  private static boolean finite(double[] a) {
    for (double x : a) {
      if (!Double.isFinite(x)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Moves numbers near the ends of the range to the middle, as LAPACK does, so that squares neither
   * overflow nor vanish.
   *
   * @return the binary exponent that was taken away
   */
  private static int center(double[] a) {
    double most = 0;
    for (double x : a) {
      most = Math.max(most, Math.abs(x));
    }
    int exponent = Math.getExponent(most);
    if (most == 0 || Math.abs(exponent) < 900) {
      return 0;
    }
    for (int i = 0; i < a.length; i++) {
      a[i] = Math.scalb(a[i], -exponent);
    }
    return exponent;
  }

  /**
   * A symmetric matrix: values ascending, vectors as columns; NaN if it holds NaN or infinities.
   *
   * @param a may be overwritten
   * @return whether the iteration converged
   */
  static boolean symmetric(double[] a, int n, double[] values, double[] vectors) {
    if (!finite(a)) {
      Arrays.fill(values, Double.NaN);
      Arrays.fill(vectors, Double.NaN);
      return true;
    }
    if (n == 0) {
      return true;
    }
    int exponent = center(a);
    EigenDecomposition_F64<DMatrixRMaj> library = DecompositionFactory_DDRM.eig(n, true, true);
    if (!library.decompose(DMatrixRMaj.wrap(n, n, a))) {
      return false;
    }
    double[] found = new double[n];
    Integer[] order = new Integer[n];
    for (int i = 0; i < n; i++) {
      found[i] = library.getEigenvalue(i).real;
      order[i] = i;
    }
    Arrays.sort(order, (i, j) -> Double.compare(found[i], found[j]));
    for (int k = 0; k < n; k++) {
      values[k] = Math.scalb(found[order[k]], exponent);
      double[] vector = library.getEigenVector(order[k]).data;
      for (int i = 0; i < n; i++) {
        vectors[i * n + k] = vector[i];
      }
    }
    return true;
  }

  /**
   * {@code a = u diag(s) vᵀ}, a overwritten, with k = min(m, n) columns of u [m, k] and v [n, k], s
   * descending.
   *
   * @return whether the iteration converged
   */
  static boolean singular(double[] a, int m, int n, double[] u, double[] s, double[] v) {
    int k = Math.min(m, n);
    if (k == 0) {
      return true;
    }
    if (!finite(a)) {
      return false;
    }
    int exponent = center(a);
    SingularValueDecomposition_F64<DMatrixRMaj> library =
        DecompositionFactory_DDRM.svd(m, n, true, true, true);
    if (!library.decompose(DMatrixRMaj.wrap(m, n, a))) {
      return false;
    }
    double[] found = library.getSingularValues();
    Integer[] order = new Integer[k];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (i, j) -> Double.compare(found[j], found[i]));
    DMatrixRMaj left = library.getU(null, false);
    DMatrixRMaj right = library.getV(null, false);
    for (int c = 0; c < k; c++) {
      s[c] = Math.scalb(found[order[c]], exponent);
      for (int i = 0; i < m; i++) {
        u[i * k + c] = left.get(i, order[c]);
      }
      for (int i = 0; i < n; i++) {
        v[i * k + c] = right.get(i, order[c]);
      }
    }
    return true;
  }

  /**
   * Any square matrix: values as pairs (real, imaginary), conjugate pairs next to each other; NaN
   * if it holds NaN or infinities.
   *
   * @param a may be overwritten
   * @param values [n, 2]
   * @return whether the iteration converged
   */
  static boolean general(double[] a, int n, double[] values) {
    if (!finite(a)) {
      Arrays.fill(values, Double.NaN);
      return true;
    }
    if (n == 0) {
      return true;
    }
    int exponent = center(a);
    EigenDecomposition_F64<DMatrixRMaj> library = DecompositionFactory_DDRM.eig(n, false, false);
    if (!library.decompose(DMatrixRMaj.wrap(n, n, a))) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      Complex_F64 value = library.getEigenvalue(i);
      values[2 * i] = Math.scalb(value.real, exponent);
      values[2 * i + 1] = Math.scalb(value.imaginary, exponent);
    }
    return true;
  }
}
