package io.gradus;

import io.gradus.exec.Matrices;
import io.gradus.exec.Products;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;

/** Matrix products and what is built from them. */
public sealed interface MatrixMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /**
   * The product by the ranks of the operands: dot product of vectors, matrix times vector, matrix
   * times matrix; leading dimensions are batches and broadcast.
   *
   * @throws ShapeException for 0-dim operands, and inner sizes that differ
   */
  default Tensor matmul(Tensor other) {
    return Products.matmul(self(), other);
  }

  /** The product of two matrices: [n, k] x [k, m] to [n, m]. */
  default Tensor mm(Tensor other) {
    return Products.mm(self(), other);
  }

  /** The products of two batches of matrices: [b, n, k] x [b, k, m] to [b, n, m]. */
  default Tensor bmm(Tensor other) {
    return Products.bmm(self(), other);
  }

  /** A matrix times a vector: [n, k] x [k] to [n]. */
  default Tensor mv(Tensor vector) {
    return Products.mv(self(), vector);
  }

  /** The sum of the products of two vectors, 0-dim. */
  default Tensor dot(Tensor other) {
    return Products.dot(self(), other);
  }

  /** {@link #dot}; the same for real numbers. */
  default Tensor vdot(Tensor other) {
    return Products.dot(self(), other);
  }

  /** All products of an element of this vector with one of another: [n] x [m] to [n, m]. */
  default Tensor outer(Tensor other) {
    Tensor t = self();
    if (t.dim() != 1 || other.dim() != 1) {
      throw new ShapeException(
          "[outer] outer: Expected 1-D argument self and vec2, but got %d-D and %d-D"
              .formatted(t.dim(), other.dim()));
    }
    return t.unsqueeze(1).mul(other.unsqueeze(0));
  }

  /** {@link #outer}. */
  default Tensor ger(Tensor other) {
    return outer(other);
  }

  /** The products along the last dimension of both: [..., k] x [..., k]. */
  default Tensor inner(Tensor other) {
    Tensor t = self();
    if (t.dim() == 0 || other.dim() == 0) {
      return t.mul(other);
    }
    return Matrices.tensordot(t, other, new int[] {-1}, new int[] {-1});
  }

  /** {@code this + a x b} of matrices. */
  default Tensor addmm(Tensor a, Tensor b) {
    return Matrices.addmm("addmm", self(), a, b, 1, 1);
  }

  /** {@code beta this + alpha a x b} of matrices. */
  default Tensor addmm(Tensor a, Tensor b, double beta, double alpha) {
    return Matrices.addmm("addmm", self(), a, b, beta, alpha);
  }

  /** {@code beta this + alpha a x b} of batches of matrices. */
  default Tensor baddbmm(Tensor a, Tensor b, double beta, double alpha) {
    return Matrices.addmm("baddbmm", self(), a, b, beta, alpha);
  }

  /** {@code this + a x b} of batches of matrices. */
  default Tensor baddbmm(Tensor a, Tensor b) {
    return baddbmm(a, b, 1, 1);
  }

  /** {@code beta this + alpha sum(a x b)} over a batch of matrices. */
  default Tensor addbmm(Tensor a, Tensor b, double beta, double alpha) {
    return Matrices.addbmm(self(), a, b, beta, alpha);
  }

  /** {@code beta this + alpha a x v} of a matrix and a vector. */
  default Tensor addmv(Tensor a, Tensor v, double beta, double alpha) {
    return Matrices.combine(self(), a.mv(v), beta, alpha);
  }

  /** {@code this + a x v} of a matrix and a vector. */
  default Tensor addmv(Tensor a, Tensor v) {
    return addmv(a, v, 1, 1);
  }

  /** {@code beta this + alpha outer(v, w)}. */
  default Tensor addr(Tensor v, Tensor w, double beta, double alpha) {
    return Matrices.addr(self(), v, w, beta, alpha);
  }

  /** {@code this + outer(v, w)}. */
  default Tensor addr(Tensor v, Tensor w) {
    return addr(v, w, 1, 1);
  }

  /** The sum of products over the last {@code dims} dimensions of this and the first of other. */
  default Tensor tensordot(Tensor other, int dims) {
    if (dims < 0 || dims > Math.min(self().dim(), other.dim())) {
      throw new InvalidArgumentException(
          "[tensordot] expects 0 <= dims <= the number of dimensions of both: dims = %d, shapes %s and %s"
              .formatted(dims, self().shape(), other.shape()));
    }
    int[] last = new int[dims];
    int[] first = new int[dims];
    for (int i = 0; i < dims; i++) {
      last[i] = self().dim() - dims + i;
      first[i] = i;
    }
    return Matrices.tensordot(self(), other, last, first);
  }

  /** The sum of products over pairs of dimensions. */
  default Tensor tensordot(Tensor other, int[] dims, int[] otherDims) {
    return Matrices.tensordot(self(), other, dims, otherDims);
  }

  /** The Kronecker product. */
  default Tensor kron(Tensor other) {
    return Matrices.kron(self(), other);
  }

  /** The sum of the diagonal of a matrix. */
  default Tensor trace() {
    Tensor t = self();
    if (t.dim() != 2) {
      throw new ShapeException(
          "[trace] trace: expected a matrix, but got tensor with dim " + t.dim());
    }
    return t.diagonal().sum();
  }

  /** {@link #diag(long)} of the main diagonal. */
  default Tensor diag() {
    return diag(0);
  }

  /** A diagonal of a matrix as a vector, or a matrix with this vector as a diagonal. */
  default Tensor diag(long diagonal) {
    Tensor t = self();
    if (t.dim() != 1 && t.dim() != 2) {
      throw new ShapeException("[diag] diag(): Supports 1D or 2D tensors. Got " + t.dim() + "D");
    }
    return t.dim() == 1
        ? Matrices.diagEmbed(t, diagonal, 0, 1)
        : t.diagonal(diagonal, 0, 1).clone();
  }

  /** Matrices with the last dimension as their main diagonal. */
  default Tensor diagEmbed() {
    return Matrices.diagEmbed(self(), 0, -2, -1);
  }

  /** Matrices over two new dimensions with the last dimension as a diagonal. */
  default Tensor diagEmbed(long offset, int dim1, int dim2) {
    return Matrices.diagEmbed(self(), offset, dim1, dim2);
  }

  /** A copy with zeros below diagonal {@code k} of each matrix. */
  default Tensor triu(long k) {
    return Matrices.triangle(self(), k, true);
  }

  /** {@link #triu(long)} of the main diagonal. */
  default Tensor triu() {
    return triu(0);
  }

  /** A copy with zeros above diagonal {@code k} of each matrix. */
  default Tensor tril(long k) {
    return Matrices.triangle(self(), k, false);
  }

  /** {@link #tril(long)} of the main diagonal. */
  default Tensor tril() {
    return tril(0);
  }

  /** The vector product along a dimension of size 3. */
  default Tensor cross(Tensor other, int dim) {
    return Matrices.cross(self(), other, dim);
  }

  /** The matrix multiplied by itself n times; its inverse for negative n. */
  default Tensor matrixPower(int n) {
    return Matrices.power(self(), n);
  }

  /**
   * The powers of the elements of a vector as columns, descending unless {@code increasing}.
   *
   * @param columns how many
   */
  default Tensor vander(int columns, boolean increasing) {
    if (self().dim() != 1) {
      throw new ShapeException(
          "[vander] x must be a one-dimensional tensor: shape %s; Linalg.vander takes batches"
              .formatted(self().shape()));
    }
    Tensor powers = Tensor.arange(columns).to(self().device());
    return self().unsqueeze(-1).pow(increasing ? powers : powers.flip(0));
  }
}
