package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.tensor.error.NumericalException;
import org.jspecify.annotations.Nullable;

/** The static methods of {@link Linalg} about eigenvalues, singular values, and their use. */
public abstract sealed class MatrixSpectra extends MatrixFactors permits Linalg {
  MatrixSpectra() {}

  /**
   * Eigenvalues and eigenvectors of symmetric matrices.
   *
   * @param a [..., n, n], of which the lower triangle is read
   */
  public static Linalg.Eigh eigh(Tensor a) {
    return eigh(a, false);
  }

  /** {@link #eigh(Tensor)}, reading the upper or the lower triangle. */
  public static Linalg.Eigh eigh(Tensor a, boolean upper) {
    return Spectra.eigh(a, upper);
  }

  /** Eigenvalues of symmetric matrices in ascending order. */
  public static Tensor eigvalsh(Tensor a) {
    return eigvalsh(a, false);
  }

  /** {@link #eigvalsh(Tensor)}, reading the upper or the lower triangle. */
  public static Tensor eigvalsh(Tensor a, boolean upper) {
    return Spectra.eigh(a, upper).eigenvalues();
  }

  /**
   * Eigenvalues and eigenvectors of any square matrix.
   *
   * <p>There are no complex dtypes yet: complex numbers are pairs (real, imaginary) along a last
   * dimension of size 2. Vectors have length 1, and their largest number is real. The values have
   * first gradients, the vectors none.
   *
   * @param a [..., n, n]
   */
  public static Linalg.Eig eig(Tensor a) {
    return GeneralSpectra.eig(a);
  }

  /**
   * Eigenvalues of any square matrix as pairs (real, imaginary): [..., n, 2], for there are no
   * complex dtypes yet. In no particular order, but conjugates follow each other.
   *
   * <p>Differentiable once, where the eigenvalues differ.
   */
  public static Tensor eigvals(Tensor a) {
    return GeneralSpectra.eigvals(a);
  }

  /**
   * The singular value decomposition with as many vectors as values.
   *
   * @throws NumericalException for NaN and infinities
   */
  public static Linalg.Svd svd(Tensor a) {
    return Spectra.svd(a);
  }

  /**
   * The singular value decomposition, with square matrices of vectors if {@code full}. Vectors that
   * belong to no value are constants to gradients.
   */
  public static Linalg.Svd svd(Tensor a, boolean full) {
    return full ? Spectra.full(a) : Spectra.svd(a);
  }

  /** The singular values in descending order. */
  public static Tensor svdvals(Tensor a) {
    return Spectra.svd(a).s();
  }

  /** The pseudoinverse (Moore-Penrose): [..., m, n] to [..., n, m]. */
  public static Tensor pinv(Tensor a) {
    return pinv(a, Tolerance.DEFAULT, false);
  }

  /** {@link #pinv(Tensor)}, taking small singular values for zero. */
  public static Tensor pinv(Tensor a, Tolerance tolerance) {
    return pinv(a, tolerance, false);
  }

  /** {@link #pinv(Tensor, Tolerance)}; of symmetric matrices only the lower triangle is read. */
  public static Tensor pinv(Tensor a, Tolerance tolerance, boolean symmetric) {
    return Pseudoinverse.pinv(a, tolerance, symmetric);
  }

  /** The number of singular values that are not negligible, {@code i64}. */
  public static Tensor matrixRank(Tensor a) {
    return matrixRank(a, Tolerance.DEFAULT, false);
  }

  /** {@link #matrixRank(Tensor)}, taking small singular values for zero. */
  public static Tensor matrixRank(Tensor a, Tolerance tolerance) {
    return matrixRank(a, tolerance, false);
  }

  /** {@link #matrixRank(Tensor, Tolerance)}; of symmetric matrices the lower triangle is read. */
  public static Tensor matrixRank(Tensor a, Tolerance tolerance, boolean symmetric) {
    return Pseudoinverse.rank(a, tolerance, symmetric);
  }

  /** The x of smallest length for which {@code a x} is nearest to b; see {@link #lstsq}. */
  public static Linalg.LeastSquares lstsq(Tensor a, Tensor b) {
    return lstsq(a, b, null, LeastSquaresDriver.GELSY);
  }

  /**
   * The x of smallest length for which {@code a x} is nearest to b.
   *
   * @param a [..., m, n]
   * @param b [..., m] or [..., m, k]; batches broadcast
   * @param rcond singular values up to this share of the largest count as zero; null for the
   *     default of {@link Tolerance}
   * @param driver what to report beside the solution
   */
  public static Linalg.LeastSquares lstsq(
      Tensor a, Tensor b, @Nullable Double rcond, LeastSquaresDriver driver) {
    return Pseudoinverse.lstsq(a, b, rcond, driver);
  }

  /** The largest singular value over the smallest. */
  public static Tensor cond(Tensor a) {
    return cond(a, 2);
  }

  /**
   * The norm of a matrix times that of its inverse; infinite for singular matrices.
   *
   * @param p as in {@link Linalg#matrixNorm(Tensor, double)}
   */
  public static Tensor cond(Tensor a, double p) {
    return MatrixNorms.cond(a, p);
  }

  /** {@link #cond(Tensor, double)} in another norm. */
  public static Tensor cond(Tensor a, MatrixNorm p) {
    return MatrixNorms.cond(a, p);
  }
}
