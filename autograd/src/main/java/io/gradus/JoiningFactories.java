package io.gradus;

import io.gradus.exec.Einsum;
import io.gradus.exec.Joining;
import io.gradus.exec.Matrices;
import io.gradus.exec.Splitting;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
import java.util.List;

/** The static methods of {@link Tensor} that put several tensors together; all copy. */
public abstract sealed class JoiningFactories permits DataFactories {
  JoiningFactories() {}

  /** The tensors behind each other along dimension 0. */
  public static Tensor cat(List<Tensor> tensors) {
    return Joining.cat(tensors, 0);
  }

  /**
   * The tensors behind each other along a dimension; dtypes are promoted.
   *
   * @throws ShapeException if sizes differ in any other dimension
   */
  public static Tensor cat(List<Tensor> tensors, int dim) {
    return Joining.cat(tensors, dim);
  }

  /** The tensors along a new dimension 0. */
  public static Tensor stack(List<Tensor> tensors) {
    return Joining.stack(tensors, 0);
  }

  /**
   * The tensors along a new dimension; dtypes are promoted.
   *
   * @throws ShapeException if shapes differ
   */
  public static Tensor stack(List<Tensor> tensors, int dim) {
    return Joining.stack(tensors, dim);
  }

  /** Side by side: along dimension 1, vectors along dimension 0. */
  public static Tensor hstack(List<Tensor> tensors) {
    List<Tensor> all = tensors.stream().map(Tensor::atleast1d).toList();
    return Joining.cat(all, !all.isEmpty() && all.get(0).dim() == 1 ? 0 : 1);
  }

  /** Below each other: along dimension 0, vectors as rows. */
  public static Tensor vstack(List<Tensor> tensors) {
    return Joining.cat(tensors.stream().map(Tensor::atleast2d).toList(), 0);
  }

  /** Along dimension 2. */
  public static Tensor dstack(List<Tensor> tensors) {
    return Joining.cat(tensors.stream().map(Tensor::atleast3d).toList(), 2);
  }

  /** Side by side, vectors as columns. */
  public static Tensor columnStack(List<Tensor> tensors) {
    return hstack(tensors.stream().map(t -> t.dim() <= 1 ? t.reshape(t.numel(), 1) : t).toList());
  }

  /** All tensors expanded to their common shape. */
  public static List<Tensor> broadcastTensors(List<Tensor> tensors) {
    return Joining.broadcast(tensors);
  }

  /**
   * The grid spanned by vectors: tensor {@code i} repeats vector {@code i} along all other
   * dimensions.
   *
   * @param indexing {@code ij} for the order of the vectors, {@code xy} with the first two swapped
   */
  public static List<Tensor> meshgrid(List<Tensor> vectors, String indexing) {
    return Joining.meshgrid(vectors, indexing);
  }

  /** The matrices along the diagonal of a larger one, zeros elsewhere. */
  public static Tensor blockDiag(List<Tensor> tensors) {
    return Joining.blockDiag(tensors);
  }

  /** Every tuple with one element of each vector, a row each. */
  public static Tensor cartesianProd(List<Tensor> vectors) {
    if (vectors.size() == 1) {
      return vectors.get(0);
    }
    return Joining.stack(Joining.meshgrid(vectors, "ij").stream().map(Tensor::flatten).toList(), 1);
  }

  /** Every choice of {@code r} elements of a vector, a row each. */
  public static Tensor combinations(Tensor vector, int r, boolean withReplacement) {
    return Joining.combinations(vector, r, withReplacement);
  }

  /**
   * Sums of products named by letters, as {@code "bij,bjk->bik"} for batches of matrices.
   *
   * @throws ShapeException if sizes with the same letter differ
   */
  public static Tensor einsum(String equation, Tensor... operands) {
    return Einsum.run(equation, List.of(operands));
  }

  /** The product of matrices in the cheapest order; the first and last may be vectors. */
  public static Tensor multiDot(List<Tensor> matrices) {
    return Matrices.chain(matrices);
  }

  /** {@link #multiDot}. */
  public static Tensor chainMatmul(List<Tensor> matrices) {
    return Matrices.chain(matrices);
  }

  /** Row and column numbers of the elements on and below diagonal {@code offset}: [2, n]. */
  public static Tensor trilIndices(long rows, long columns, long offset) {
    return Matrices.triangleIndices(rows, columns, offset, false);
  }

  /** Row and column numbers of the elements on and above diagonal {@code offset}: [2, n]. */
  public static Tensor triuIndices(long rows, long columns, long offset) {
    return Matrices.triangleIndices(rows, columns, offset, true);
  }

  /** Each tensor at least 1-dim. */
  public static List<Tensor> atleast1d(List<Tensor> tensors) {
    return tensors.stream().map(t -> t.atleast1d()).toList();
  }

  /** Each tensor at least 2-dim. */
  public static List<Tensor> atleast2d(List<Tensor> tensors) {
    return tensors.stream().map(t -> t.atleast2d()).toList();
  }

  /** Each tensor at least 3-dim. */
  public static List<Tensor> atleast3d(List<Tensor> tensors) {
    return tensors.stream().map(t -> t.atleast3d()).toList();
  }

  /**
   * Tensors cut into as many pieces each along a dimension (filled up with zeros), the rest of each
   * piece in one row, and the rows of all tensors side by side: [..., chunks, elements].
   *
   * @throws ShapeException if sizes before the dimension differ, or a tensor is empty
   */
  public static Tensor chunkCat(List<Tensor> tensors, int dim, int chunks) {
    return Splitting.chunkCat(tensors, dim, chunks);
  }

  /**
   * The shape that tensors of the given shapes broadcast to.
   *
   * @throws ShapeException if there is none
   */
  public static Shape broadcastShapes(long[]... shapes) {
    Shape common = Shape.SCALAR;
    for (long[] s : shapes) {
      common = Broadcasting.of("broadcast_shapes", common, Shape.of(s));
    }
    return common;
  }
}
