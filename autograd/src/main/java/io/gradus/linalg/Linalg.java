package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;

/**
 * Linear algebra on matrices and batches of them (PyTorch's {@code torch.linalg}).
 *
 * <p>Everything takes {@code [..., n, m]} and is differentiable where PyTorch's is.
 */
public final class Linalg {
  private Linalg() {}

  /** The sign of a determinant and the logarithm of its absolute value. */
  public record SignLogDet(Tensor sign, Tensor logabsdet) {}

  /** Orthonormal columns and an upper triangle. */
  public record Qr(Tensor q, Tensor r) {}

  /** Both triangles in one matrix, and the row exchanged at each step, counting from 1. */
  public record LuFactors(Tensor lu, Tensor pivots) {}

  /** Eigenvalues in ascending order, and eigenvectors as columns. */
  public record Eigh(Tensor eigenvalues, Tensor eigenvectors) {}

  /** {@code u diag(s) vh}, singular values in descending order. */
  public record Svd(Tensor u, Tensor s, Tensor vh) {}

  /**
   * The inverse.
   *
   * @throws NumericalException for a singular matrix, naming its batch index
   */
  public static Tensor inv(Tensor a) {
    return Factorizations.inv(a);
  }

  /**
   * x with {@code a x = b}, for a vector or the columns of a matrix; batches broadcast.
   *
   * @throws NumericalException for a singular matrix, naming its batch index
   */
  public static Tensor solve(Tensor a, Tensor b) {
    if (b.dim() == 1 || b.dim() == a.dim() - 1 && batch(a, 1).equals(b.shape())) {
      return solve(a, b.unsqueeze(-1)).squeeze(-1);
    }
    Shape common = Broadcasting.of("solve", batch(a, 2), batch(b, 2));
    return Factorizations.solve(wide(a, common), wide(b, common));
  }

  /** x with {@code a x = b} (or {@code x a = b} if not left) for a triangular matrix. */
  public static Tensor solveTriangular(
      Tensor a, Tensor b, boolean upper, boolean left, boolean unitriangular) {
    Shape common = Broadcasting.of("solve_triangular", batch(a, 2), batch(b, 2));
    Tensor x = wide(a, common);
    Tensor y = wide(b, common);
    return left
        ? Factorizations.solveTriangular(x, y, upper, unitriangular)
        : Factorizations.solveTriangular(x.mT(), y.mT(), !upper, unitriangular).mT();
  }

  private static Shape batch(Tensor t, int without) {
    if (t.dim() < without) {
      throw new ShapeException(
          "[linalg] The input tensor must have at least 2 dimensions: shape " + t.shape());
    }
    return Shape.of(Arrays.copyOf(t.shape().toArray(), t.dim() - without));
  }

  private static Tensor wide(Tensor t, Shape batch) {
    long[] sizes = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    sizes[batch.rank()] = t.size(-2);
    sizes[batch.rank() + 1] = t.size(-1);
    return t.expand(sizes);
  }

  /** The determinant. */
  public static Tensor det(Tensor a) {
    return Factorizations.det(a);
  }

  /** The determinant as sign and logarithm, which does not overflow. */
  public static SignLogDet slogdet(Tensor a) {
    return Factorizations.slogdet(a);
  }

  /**
   * The lower triangle l with {@code a = l lᵀ} of a symmetric positive definite matrix.
   *
   * @throws NumericalException if it is not, naming the batch index
   */
  public static Tensor cholesky(Tensor a) {
    return Factorizations.cholesky(a, false);
  }

  /** {@link #cholesky(Tensor)}, or its transpose. */
  public static Tensor cholesky(Tensor a, boolean upper) {
    return Factorizations.cholesky(a, upper);
  }

  /** {@code a = q r} with as many columns of q as needed. */
  public static Qr qr(Tensor a) {
    return Factorizations.qr(a, false);
  }

  /** {@code a = q r} with a square q. */
  public static Qr qrComplete(Tensor a) {
    return Factorizations.qr(a, true);
  }

  /** The triangles of Gaussian elimination with row exchanges; no gradient. */
  public static LuFactors luFactor(Tensor a) {
    return Factorizations.luFactor(a);
  }

  /** Eigenvalues and eigenvectors of a symmetric matrix, of which the lower triangle is read. */
  public static Eigh eigh(Tensor a) {
    return Decompositions.eigh(a);
  }

  /** Eigenvalues of a symmetric matrix in ascending order. */
  public static Tensor eigvalsh(Tensor a) {
    return Decompositions.eigh(a).eigenvalues();
  }

  /** The singular value decomposition with as many vectors as values. */
  public static Svd svd(Tensor a) {
    return Decompositions.svd(a);
  }

  /** The singular values in descending order. */
  public static Tensor svdvals(Tensor a) {
    return Decompositions.svd(a).s();
  }

  /** The pseudoinverse (Moore-Penrose). */
  public static Tensor pinv(Tensor a) {
    return Decompositions.pinv(a, Decompositions.epsilon(a) * Math.max(a.size(-2), a.size(-1)));
  }

  /** The number of singular values that are not negligible. */
  public static Tensor matrixRank(Tensor a) {
    return Decompositions.rank(a);
  }

  /** The x of smallest length for which {@code a x} is nearest to b. */
  public static Tensor lstsq(Tensor a, Tensor b) {
    return pinv(a).matmul(b);
  }

  /** The largest singular value over the smallest. */
  public static Tensor cond(Tensor a) {
    Tensor s = svdvals(a);
    return s.select(-1, 0).div(s.select(-1, -1));
  }

  /** The root of the sum of squares of each matrix. */
  public static Tensor matrixNorm(Tensor a) {
    return a.vectorNorm(2, new int[] {-2, -1}, false);
  }

  /**
   * A norm of each matrix.
   *
   * @param ord 1 and infinity: the largest sum of a column or row; 2: the largest singular value;
   *     negative ones: the smallest
   */
  public static Tensor matrixNorm(Tensor a, double ord) {
    boolean smallest = ord < 0;
    double p = Math.abs(ord);
    if (p != 1 && p != 2 && !Double.isInfinite(p)) {
      throw new ShapeException(
          "[matrix_norm] linalg.matrix_norm: Order " + ord + " not supported.");
    }
    Tensor each = p == 2 ? svdvals(a) : a.abs().sum(p == 1 ? -2 : -1, false);
    return smallest ? each.amin(-1) : each.amax(-1);
  }

  /** The sum of the singular values of each matrix. */
  public static Tensor nuclearNorm(Tensor a) {
    return svdvals(a).sum(-1, false);
  }

  /** The matrix multiplied by itself n times; its inverse for negative n. */
  public static Tensor matrixPower(Tensor a, int n) {
    return a.matrixPower(n);
  }

  /**
   * The exponential of a matrix, by scaling and squaring with a Taylor polynomial of degree 18.
   *
   * <p>Moler and Van Loan, Nineteen Dubious Ways to Compute the Exponential of a Matrix (2003).
   */
  public static Tensor matrixExp(Tensor a) {
    Batch b = Batch.square("matrix_exp", a);
    if (a.numel() == 0) {
      return a.clone();
    }
    Tensor wide = a.to(DType.F64);
    double norm = wide.detach().abs().sum(-2, false).max().item().doubleValue();
    int squarings = norm > 0.5 ? Math.getExponent(norm) + 2 : 0;
    Tensor x = wide.mul(Math.scalb(1.0, -squarings));
    Tensor one = Tensor.eye(b.rows()).to(DType.F64).to(a.device());
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
