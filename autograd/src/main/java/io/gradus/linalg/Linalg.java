package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.exec.Counts;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.List;

/**
 * Linear algebra on matrices and batches of them (PyTorch's {@code torch.linalg}).
 *
 * <p>Everything takes {@code [..., n, m]} of a floating dtype, computes in {@code f64} on the host,
 * rounds to the dtype of its operand, and is differentiable where PyTorch's is.
 */
public final class Linalg extends MatrixSpectra {
  private static final int[] LAST = {-2, -1};

  private Linalg() {}

  /** The sign of a determinant and the logarithm of its absolute value. */
  public record SignLogDet(Tensor sign, Tensor logabsdet) {}

  /** Orthonormal columns and an upper triangle. */
  public record Qr(Tensor q, Tensor r) {}

  /** An upper triangle, below it the vectors of reflections, and the factor of each. */
  public record Reflections(Tensor packed, Tensor tau) {}

  /** Both triangles in one matrix, and the row exchanged at each step, counting from 1. */
  public record LuFactors(Tensor lu, Tensor pivots) {}

  /** {@link LuFactors}, and the first zero on the diagonal counting from 1, or 0. */
  public record LuFactorsInfo(Tensor lu, Tensor pivots, Tensor info) {}

  /** A permutation and two triangles. */
  public record PermutedFactors(Tensor p, Tensor l, Tensor u) {}

  /** A triangle with the blocks of d on its diagonal, and the exchanges. */
  public record LdlFactors(Tensor ld, Tensor pivots) {}

  /** {@link LdlFactors}, and the first zero block counting from 1, or 0. */
  public record LdlFactorsInfo(Tensor ld, Tensor pivots, Tensor info) {}

  /** A triangle, and the order of the first leading minor that is not positive, or 0. */
  public record CholeskyInfo(Tensor factor, Tensor info) {}

  /** An inverse, and the first zero on the diagonal of the elimination, or 0. */
  public record InverseInfo(Tensor inverse, Tensor info) {}

  /** A solution, and the first zero on the diagonal of the elimination, or 0. */
  public record SolveInfo(Tensor result, Tensor info) {}

  /** Eigenvalues in ascending order, and eigenvectors as columns. */
  public record Eigh(Tensor eigenvalues, Tensor eigenvectors) {}

  /** Eigenvalues [..., n, 2], and eigenvectors as columns [..., n, n, 2], as complex pairs. */
  public record Eig(Tensor eigenvalues, Tensor eigenvectors) {}

  /** {@code u diag(s) vh}, singular values in descending order. */
  public record Svd(Tensor u, Tensor s, Tensor vh) {}

  /**
   * A solution and what the driver reports; the others are empty.
   *
   * @param solution [..., n] or [..., n, k]
   * @param residuals sums of squares for each column, if there are more rows than columns and every
   *     matrix has full rank
   * @param rank of each matrix, {@code i64}
   * @param singularValues of each matrix
   */
  public record LeastSquares(
      Tensor solution, Tensor residuals, Tensor rank, Tensor singularValues) {}

  /** The root of the sum of squares of each matrix. */
  public static Tensor matrixNorm(Tensor a) {
    return matrixNorm(a, MatrixNorm.FRO, LAST, false);
  }

  /**
   * A norm of each matrix.
   *
   * @param ord 1 and infinity: the largest sum of a column or row; 2: the largest singular value;
   *     negative ones: the smallest
   * @throws InvalidArgumentException for another order
   */
  public static Tensor matrixNorm(Tensor a, double ord) {
    return matrixNorm(a, ord, LAST, false);
  }

  /**
   * {@link #matrixNorm(Tensor, double)} over two dimensions: that of the rows and that of the
   * columns.
   */
  public static Tensor matrixNorm(Tensor a, double ord, int[] dims, boolean keepdim) {
    return MatrixNorms.of(a, ord, dims, keepdim);
  }

  /** A norm of each matrix. */
  public static Tensor matrixNorm(Tensor a, MatrixNorm ord) {
    return matrixNorm(a, ord, LAST, false);
  }

  /** A norm over two dimensions: that of the rows and that of the columns. */
  public static Tensor matrixNorm(Tensor a, MatrixNorm ord, int[] dims, boolean keepdim) {
    return MatrixNorms.of(a, ord, dims, keepdim);
  }

  /** The sum of the singular values of each matrix. */
  public static Tensor nuclearNorm(Tensor a) {
    return matrixNorm(a, MatrixNorm.NUC);
  }

  /** A norm of vectors, see {@link Tensor#vectorNorm}. */
  public static Tensor vectorNorm(Tensor a, double ord, int[] dims, boolean keepdim) {
    return a.vectorNorm(ord, dims, keepdim);
  }

  /** The root of the sum of squares of all elements. */
  public static Tensor norm(Tensor a) {
    return a.vectorNorm(2, new int[0], false);
  }

  /**
   * The norm of a vector, or {@link #matrixNorm(Tensor, double)} of a matrix.
   *
   * @throws ShapeException for other numbers of dimensions
   */
  public static Tensor norm(Tensor a, double ord) {
    return norm(a, ord, new int[0], false);
  }

  /**
   * The norm over one dimension as of vectors, or over two as of matrices; none stands for all of a
   * vector or matrix.
   */
  public static Tensor norm(Tensor a, double ord, int[] dims, boolean keepdim) {
    int[] over = MatrixNorms.dims(a, dims, false);
    return over.length == 1
        ? a.vectorNorm(ord, over, keepdim)
        : MatrixNorms.of(a, ord, over, keepdim);
  }

  /** The norm of matrices over two dimensions; none stands for both of a matrix. */
  public static Tensor norm(Tensor a, MatrixNorm ord, int[] dims, boolean keepdim) {
    return MatrixNorms.of(a, ord, MatrixNorms.dims(a, dims, true), keepdim);
  }

  /** The matrix multiplied by itself n times; its inverse for negative n. */
  public static Tensor matrixPower(Tensor a, int n) {
    return a.matrixPower(n);
  }

  /** The product of a chain of matrices in the cheapest order. */
  public static Tensor multiDot(List<Tensor> matrices) {
    return Tensor.multiDot(matrices);
  }

  /** The sum of products along a dimension; batches broadcast. */
  public static Tensor vecdot(Tensor a, Tensor b, int dim) {
    return a.vecdot(b, dim);
  }

  /** The vector product along a dimension of size 3. */
  public static Tensor cross(Tensor a, Tensor b, int dim) {
    return a.cross(b, dim);
  }

  /** The powers of the numbers of vectors, from 0, along a new last dimension as long as theirs. */
  public static Tensor vander(Tensor x) {
    return vander(x, x.dim() == 0 ? 1 : Counts.of("vander", x.size(-1)));
  }

  /**
   * The powers of the numbers of vectors, from 0 to n - 1: [..., k] to [..., k, n].
   *
   * @throws InvalidArgumentException for n below 2
   */
  public static Tensor vander(Tensor x, int n) {
    if (n <= 1) {
      throw new InvalidArgumentException("[vander] N must be greater than 1: " + n);
    }
    Tensor powers = Tensor.arange(n).to(x.device());
    return (x.dim() == 0 ? x.unsqueeze(0) : x).unsqueeze(-1).pow(powers);
  }

  /**
   * The exponential of a matrix, by scaling and squaring with a Taylor polynomial of degree 18.
   *
   * <p>Moler and Van Loan, Nineteen Dubious Ways to Compute the Exponential of a Matrix (2003).
   */
  public static Tensor matrixExp(Tensor a) {
    Batch.checkSquare("matrix_exp", a);
    if (a.numel() == 0) {
      return a.clone();
    }
    Tensor wide = a.to(DType.F64);
    Tensor norms = wide.detach().abs().sum(-2, false);
    double norm = norms.maskedFill(norms.isfinite().logicalNot(), 0).max().item().doubleValue();
    int squarings = norm > 0.5 ? Math.getExponent(norm) + 2 : 0;
    Tensor x = wide.mul(Math.scalb(1.0, -squarings));
    Tensor one = Batch.eye(a.size(-1), wide);
    Tensor sum = one;
    for (int k = 18; k >= 1; k--) {
      sum = x.matmul(sum).div(k).add(one);
    }
    for (int i = 0; i < squarings; i++) {
      sum = sum.matmul(sum);
    }
    return sum.to(a.dtype());
  }
}
