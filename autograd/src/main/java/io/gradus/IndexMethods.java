package io.gradus;

import io.gradus.exec.Indexing;
import io.gradus.exec.Scattering;
import io.gradus.exec.Slices;
import io.gradus.tensor.error.TensorIndexException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements chosen by position or condition. */
public sealed interface IndexMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /**
   * What a subscript names: a view for positions, ranges, new axes and the ellipsis, a copy as soon
   * as a mask or an index tensor takes part.
   *
   * @throws TensorIndexException for a position outside of its dimension
   */
  default Tensor get(Index... parts) {
    return Indexing.get(self(), parts);
  }

  /** {@link #get(Index...)} with one position a dimension. */
  default Tensor get(long... positions) {
    Index[] parts = new Index[positions.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Index.at(positions[i]);
    }
    return Indexing.get(self(), parts);
  }

  /** {@link #get(Index...)} with one mask or index tensor. */
  default Tensor get(Tensor pick) {
    return Indexing.get(self(), Index.of(pick));
  }

  /**
   * Writes a tensor, broadcast, into what a subscript names, and returns this tensor.
   *
   * @throws TensorIndexException for a position outside of its dimension; nothing is written then
   */
  default Tensor set(Tensor value, Index... parts) {
    return Indexing.set(self(), value, parts);
  }

  /** Writes a number into what a subscript names, and returns this tensor. */
  default Tensor set(Number value, Index... parts) {
    return Indexing.set(self(), value, parts);
  }

  /** Elements at positions, one index tensor a dimension; null keeps a dimension whole. */
  default Tensor index(List<@Nullable Tensor> indices) {
    return Indexing.pick("index", self(), indices);
  }

  /** Writes (or adds) values at positions, one index tensor a dimension. */
  default Tensor indexPut_(List<@Nullable Tensor> indices, Tensor values, boolean accumulate) {
    return Indexing.put_(self(), indices, values, accumulate);
  }

  /** {@link #indexPut_} in a copy. */
  default Tensor indexPut(List<@Nullable Tensor> indices, Tensor values, boolean accumulate) {
    return Indexing.put(self(), indices, values, accumulate);
  }

  /** The elements where a mask, which broadcasts, is true, as a vector. */
  default Tensor maskedSelect(Tensor mask) {
    return Indexing.maskedSelect(self(), mask);
  }

  /** The positions of the elements that are not 0, one a row. */
  default Tensor nonzero() {
    return Indexing.nonzero(self());
  }

  /** {@link #nonzero}. */
  default Tensor argwhere() {
    return Indexing.nonzero(self());
  }

  /** The slices at the positions {@code index} (1-dim, i32 or i64) along a dimension, copied. */
  default Tensor indexSelect(int dim, Tensor index) {
    return Slices.indexSelect(self(), dim, index);
  }

  /** This tensor with slices of {@code source} added at the positions {@code index}. */
  default Tensor indexAdd(int dim, Tensor index, Tensor source) {
    return Slices.indexAdd(self(), dim, index, source, 1);
  }

  /**
   * For each position in {@code index} the element of its line along {@code dim}: {@code out[i][j]
   * = this[i][index[i][j]]} for dimension 1.
   */
  default Tensor gather(int dim, Tensor index) {
    return Scattering.gather(self(), dim, index);
  }

  /** The reverse of {@link #gather}: a copy with {@code source} written at the positions. */
  default Tensor scatter(int dim, Tensor index, Tensor source) {
    return Scattering.set(self(), dim, index, source);
  }

  /** A copy with one number written at the positions. */
  default Tensor scatter(int dim, Tensor index, Number value) {
    return Scattering.set(self(), dim, index, value);
  }

  /** Writes {@code source} at the positions, the reverse of {@link #gather}. */
  default Tensor scatter_(int dim, Tensor index, Tensor source) {
    return Scattering.set_(self(), dim, index, source);
  }

  /** Writes one number at the positions. */
  default Tensor scatter_(int dim, Tensor index, Number value) {
    return Scattering.set_(self(), dim, index, value);
  }

  /** A copy with {@code source} added at the positions. */
  default Tensor scatterAdd(int dim, Tensor index, Tensor source) {
    return Scattering.add(self(), dim, index, source);
  }

  /** Adds {@code source} at the positions. */
  default Tensor scatterAdd_(int dim, Tensor index, Tensor source) {
    return Scattering.add_(self(), dim, index, source);
  }
}
