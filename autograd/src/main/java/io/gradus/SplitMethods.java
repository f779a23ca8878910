package io.gradus;

import io.gradus.exec.Splitting;
import io.gradus.tensor.error.ShapeException;
import java.util.List;

/** One tensor as several views of its parts. */
public sealed interface SplitMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** At most {@code n} parts of equal size, the last one perhaps smaller. */
  default List<Tensor> chunk(int n, int dim) {
    return Splitting.chunk(self(), n, dim);
  }

  /** {@link #chunk(int, int)} along dimension 0. */
  default List<Tensor> chunk(int n) {
    return chunk(n, 0);
  }

  /** Parts of a size, the last one perhaps smaller. */
  default List<Tensor> split(long size, int dim) {
    return Splitting.split(self(), size, dim);
  }

  /** {@link #split(long, int)} along dimension 0. */
  default List<Tensor> split(long size) {
    return split(size, 0);
  }

  /**
   * Parts of the given sizes.
   *
   * @throws ShapeException if they do not add up to the size of the dimension
   */
  default List<Tensor> split(long[] sizes, int dim) {
    return Splitting.split(self(), sizes, dim);
  }

  /** {@link #split(long[], int)} along dimension 0. */
  default List<Tensor> split(long[] sizes) {
    return split(sizes, 0);
  }

  /** Exactly {@code sections} parts, the first ones perhaps larger by one. */
  default List<Tensor> tensorSplit(int sections, int dim) {
    return Splitting.tensorSplit(self(), sections, dim);
  }

  /** Parts that begin at 0 and at each of the indices. */
  default List<Tensor> tensorSplit(long[] indices, int dim) {
    return Splitting.tensorSplit(self(), indices, dim);
  }

  /** {@link #tensorSplit(int, int)} of columns; a vector is split along its only dimension. */
  default List<Tensor> hsplit(int sections) {
    Tensor t = self();
    Splitting.checkSections("hsplit", t, 1, t.dim() == 1 ? 0 : 1, sections);
    return tensorSplit(sections, t.dim() == 1 ? 0 : 1);
  }

  /** {@link #tensorSplit(long[], int)} of columns; a vector is split along its only dimension. */
  default List<Tensor> hsplit(long... indices) {
    Splitting.checkRank("hsplit", self(), 1);
    return tensorSplit(indices, self().dim() == 1 ? 0 : 1);
  }

  /** {@link #tensorSplit(int, int)} of rows. */
  default List<Tensor> vsplit(int sections) {
    Splitting.checkSections("vsplit", self(), 2, 0, sections);
    return tensorSplit(sections, 0);
  }

  /** {@link #tensorSplit(long[], int)} of rows. */
  default List<Tensor> vsplit(long... indices) {
    Splitting.checkRank("vsplit", self(), 2);
    return tensorSplit(indices, 0);
  }

  /** {@link #tensorSplit(int, int)} along dimension 2. */
  default List<Tensor> dsplit(int sections) {
    Splitting.checkSections("dsplit", self(), 3, 2, sections);
    return tensorSplit(sections, 2);
  }

  /** {@link #tensorSplit(long[], int)} along dimension 2. */
  default List<Tensor> dsplit(long... indices) {
    Splitting.checkRank("dsplit", self(), 3);
    return tensorSplit(indices, 2);
  }

  /** The slices along a dimension, which disappears. */
  default List<Tensor> unbind(int dim) {
    return Splitting.unbind(self(), dim);
  }

  /** {@link #unbind(int)} along dimension 0. */
  default List<Tensor> unbind() {
    return unbind(0);
  }
}
