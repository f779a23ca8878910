package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;

/** The static methods of {@link Linalg} that factor matrices and solve with the factors. */
public abstract sealed class MatrixFactors permits MatrixSpectra {
  MatrixFactors() {}

  /**
   * The lower triangle l with {@code a = l lᵀ} of symmetric positive definite matrices.
   *
   * @param a [..., n, n], of which the lower triangle is read
   * @throws NumericalException if one is not positive definite, naming its batch index
   */
  public static Tensor cholesky(Tensor a) {
    return cholesky(a, false);
  }

  /** {@link #cholesky(Tensor)}, or its transpose, for which the upper triangle is read. */
  public static Tensor cholesky(Tensor a, boolean upper) {
    return Choleskies.factor(a, upper, true).factor();
  }

  /**
   * {@link #cholesky(Tensor, boolean)} without an error for a matrix that is not positive definite.
   *
   * @return also, {@code i32}, the order of the first leading minor that is not positive, or 0;
   *     what follows it in the factor is 0
   */
  public static Linalg.CholeskyInfo choleskyEx(Tensor a, boolean upper) {
    return Choleskies.factor(a, upper, false);
  }

  /** {@link #choleskyEx(Tensor, boolean)} of the lower triangle. */
  public static Linalg.CholeskyInfo choleskyEx(Tensor a) {
    return choleskyEx(a, false);
  }

  /** See {@link Tensor#choleskySolve(Tensor, boolean)}. */
  public static Tensor choleskySolve(Tensor b, Tensor triangle, boolean upper) {
    return Choleskies.solve(b, triangle, upper);
  }

  /** See {@link Tensor#choleskyInverse(boolean)}. */
  public static Tensor choleskyInverse(Tensor triangle, boolean upper) {
    return Choleskies.inverse(triangle, upper);
  }

  /** {@code a = q r} with as many columns of q as the smaller side of a has. */
  public static Linalg.Qr qr(Tensor a) {
    return Orthogonal.qr(a, false);
  }

  /** {@code a = q r} with a square q; differentiable if a has no more rows than columns. */
  public static Linalg.Qr qrComplete(Tensor a) {
    return Orthogonal.qr(a, true);
  }

  /** The r of {@link #qr} alone, which has no gradient. */
  public static Tensor qrTriangle(Tensor a) {
    return Orthogonal.r(a);
  }

  /** {@link #qr} as LAPACK keeps it: reflections instead of q. */
  public static Linalg.Reflections geqrf(Tensor a) {
    return Orthogonal.geqrf(a);
  }

  /**
   * The first columns of a product of reflections {@code 1 - tau v vᵀ}.
   *
   * @param vectors [..., m, n] with m at least n: the numbers of each v below the diagonal, after a
   *     1 that is not stored
   * @param tau [..., k], k at most n
   * @throws ShapeException for other shapes
   */
  public static Tensor householderProduct(Tensor vectors, Tensor tau) {
    return Orthogonal.product(vectors, tau);
  }

  /**
   * The square product of reflections times a matrix.
   *
   * @param vectors [..., m, n], as in {@link #householderProduct}
   * @param tau [..., k]
   * @param other [..., m, p]; [..., p, m] if not left
   * @param left multiplies from the left, else from the right
   * @param transpose takes the transposed product
   */
  public static Tensor ormqr(
      Tensor vectors, Tensor tau, Tensor other, boolean left, boolean transpose) {
    return Orthogonal.ormqr(vectors, tau, other, left, transpose);
  }

  /**
   * The triangles of Gaussian elimination with row exchanges, in one matrix.
   *
   * @param a [..., m, n]
   * @throws NumericalException for a zero on the diagonal of the right factor
   */
  public static Linalg.LuFactors luFactor(Tensor a) {
    return luFactor(a, true);
  }

  /**
   * {@link #luFactor(Tensor)}.
   *
   * @throws io.gradus.tensor.error.InvalidArgumentException without {@code pivot}, as on PyTorch's
   *     CPU
   */
  public static Linalg.LuFactors luFactor(Tensor a, boolean pivot) {
    Linalg.LuFactorsInfo r = Elimination.factor("lu_factor", a, pivot, true);
    return new Linalg.LuFactors(r.lu(), r.pivots());
  }

  /**
   * {@link #luFactor(Tensor)} without an error.
   *
   * @return also, {@code i32}, the first zero on the diagonal counting from 1, or 0
   */
  public static Linalg.LuFactorsInfo luFactorEx(Tensor a) {
    return luFactorEx(a, true);
  }

  /** {@link #luFactorEx(Tensor)}; see {@link #luFactor(Tensor, boolean)}. */
  public static Linalg.LuFactorsInfo luFactorEx(Tensor a, boolean pivot) {
    return Elimination.factor("lu_factor", a, pivot, false);
  }

  /** {@code a = p l u}: a permutation, a lower triangle with ones on the diagonal, an upper one. */
  public static Linalg.PermutedFactors lu(Tensor a) {
    return lu(a, true);
  }

  /** {@link #lu(Tensor)}; see {@link #luFactor(Tensor, boolean)}. */
  public static Linalg.PermutedFactors lu(Tensor a, boolean pivot) {
    Linalg.LuFactorsInfo r = Elimination.factor("lu", a, pivot, false);
    return luUnpack(r.lu(), r.pivots());
  }

  /** The three factors of {@link #lu} from the result of {@link #luFactor}. */
  public static Linalg.PermutedFactors luUnpack(Tensor lu, Tensor pivots) {
    return Elimination.unpack(lu, pivots);
  }

  /**
   * x with {@code a x = b}, by the result of {@link #luFactor} for a.
   *
   * @param b [..., n, k]; batches broadcast
   */
  public static Tensor luSolve(Tensor lu, Tensor pivots, Tensor b) {
    return luSolve(lu, pivots, b, true, false);
  }

  /**
   * {@link #luSolve(Tensor, Tensor, Tensor)}, or {@code x a = b}.
   *
   * @param left {@code a x = b}
   * @param adjoint takes the transpose of a
   */
  public static Tensor luSolve(Tensor lu, Tensor pivots, Tensor b, boolean left, boolean adjoint) {
    return Elimination.solve(lu, pivots, b, left, adjoint);
  }

  /**
   * {@code a = l d lᵀ} of symmetric matrices with exchanges of rows and columns, d of blocks of
   * size 1 and 2; no gradient. Bunch and Kaufman, 1977, as LAPACK's {@code sytrf}.
   *
   * @param a [..., n, n], of which the lower triangle is read
   * @throws NumericalException for a singular matrix
   */
  public static Linalg.LdlFactors ldlFactor(Tensor a) {
    Linalg.LdlFactorsInfo r = Elimination.ldl(a, true);
    return new Linalg.LdlFactors(r.ld(), r.pivots());
  }

  /** {@link #ldlFactor} without an error; also the first zero block counting from 1, or 0. */
  public static Linalg.LdlFactorsInfo ldlFactorEx(Tensor a) {
    return Elimination.ldl(a, false);
  }

  /**
   * x with {@code a x = b}, by the result of {@link #ldlFactor} for a; no gradient.
   *
   * @param b [..., n, k]; batches broadcast
   */
  public static Tensor ldlSolve(Tensor ld, Tensor pivots, Tensor b) {
    return Elimination.ldlSolve(ld, pivots, b);
  }

  /**
   * The inverse.
   *
   * @param a [..., n, n]
   * @throws NumericalException for a singular matrix, naming its batch index
   */
  public static Tensor inv(Tensor a) {
    return Equations.inv(a, true).inverse();
  }

  /**
   * {@link #inv} without an error: a singular matrix gives infinities and NaN.
   *
   * @return also, {@code i32}, the first zero on the diagonal of the elimination, or 0
   */
  public static Linalg.InverseInfo invEx(Tensor a) {
    return Equations.inv(a, false);
  }

  /**
   * x with {@code a x = b}, for a vector or the columns of a matrix; batches broadcast.
   *
   * <p>b holds vectors if it has one dimension or the sizes of a but the last.
   *
   * @param a [..., n, n]
   * @param b [..., n] or [..., n, k]
   * @throws NumericalException for a singular matrix, naming its batch index
   * @throws DTypeException for different dtypes
   */
  public static Tensor solve(Tensor a, Tensor b) {
    return solve(a, b, true);
  }

  /** {@link #solve(Tensor, Tensor)}, or {@code x a = b} if not left. */
  public static Tensor solve(Tensor a, Tensor b, boolean left) {
    return Equations.solve("solve", a, b, left, true).result();
  }

  /** {@link #solve(Tensor, Tensor)} without an error for singular matrices, see {@link #invEx}. */
  public static Linalg.SolveInfo solveEx(Tensor a, Tensor b) {
    return solveEx(a, b, true);
  }

  /** {@link #solveEx(Tensor, Tensor)}, or for {@code x a = b} if not left. */
  public static Linalg.SolveInfo solveEx(Tensor a, Tensor b, boolean left) {
    return Equations.solve("solve", a, b, left, false);
  }

  /**
   * x with {@code a x = b} (or {@code x a = b} if not left) for a triangular matrix.
   *
   * @param upper which triangle of a is read
   * @param unitriangular takes the diagonal of a for ones
   */
  public static Tensor solveTriangular(
      Tensor a, Tensor b, boolean upper, boolean left, boolean unitriangular) {
    return Equations.solveTriangular(a, b, upper, left, unitriangular);
  }

  /** {@link #solveTriangular(Tensor, Tensor, boolean, boolean, boolean)} for {@code a x = b}. */
  public static Tensor solveTriangular(Tensor a, Tensor b, boolean upper) {
    return solveTriangular(a, b, upper, true, false);
  }

  /**
   * The inverse of a linear map between tensors: the first {@code ind} dimensions are the result's,
   * the others the argument's; the product of both must be the same.
   *
   * @throws NumericalException if there is none
   */
  public static Tensor tensorinv(Tensor a, int ind) {
    return Equations.tensorinv(a, ind);
  }

  /** {@link #tensorinv(Tensor, int)} with two dimensions. */
  public static Tensor tensorinv(Tensor a) {
    return tensorinv(a, 2);
  }

  /** x with {@code tensordot(a, x) = b} over all dimensions of x. */
  public static Tensor tensorsolve(Tensor a, Tensor b) {
    return Equations.tensorsolve(a, b, null);
  }

  /** {@link #tensorsolve(Tensor, Tensor)} after moving these dimensions of a to the end. */
  public static Tensor tensorsolve(Tensor a, Tensor b, int[] dims) {
    return Equations.tensorsolve(a, b, dims);
  }

  /** The determinant. */
  public static Tensor det(Tensor a) {
    return Determinants.det(a);
  }

  /** The determinant as sign and logarithm, which does not overflow. */
  public static Linalg.SignLogDet slogdet(Tensor a) {
    return Determinants.slogdet(a);
  }
}
