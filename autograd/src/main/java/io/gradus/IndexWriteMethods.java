package io.gradus;

import io.gradus.exec.ReducingScatter;
import io.gradus.exec.ScatterReduction;
import io.gradus.exec.Slices;
import io.gradus.exec.Takes;
import io.gradus.tensor.error.TensorIndexException;

/** Writing along a dimension or into the flattened tensor, by position or condition. */
public sealed interface IndexWriteMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** Adds slices of {@code source} to those at the positions {@code index}. */
  default Tensor indexAdd_(int dim, Tensor index, Tensor source) {
    return Slices.indexAdd_(self(), dim, index, source, 1);
  }

  /** Adds {@code alpha} times slices of {@code source} to those at the positions. */
  default Tensor indexAdd_(int dim, Tensor index, Tensor source, Number alpha) {
    return Slices.indexAdd_(self(), dim, index, source, alpha);
  }

  /** A copy with {@code alpha} times slices of {@code source} added at the positions. */
  default Tensor indexAdd(int dim, Tensor index, Tensor source, Number alpha) {
    return Slices.indexAdd(self(), dim, index, source, alpha);
  }

  /** Overwrites the slices at the positions {@code index}. */
  default Tensor indexCopy_(int dim, Tensor index, Tensor source) {
    return Slices.indexCopy_(self(), dim, index, source);
  }

  /** A copy with the slices at the positions overwritten. */
  default Tensor indexCopy(int dim, Tensor index, Tensor source) {
    return Slices.indexCopy(self(), dim, index, source);
  }

  /** Fills the slices at the positions {@code index} with a number. */
  default Tensor indexFill_(int dim, Tensor index, Number value) {
    return Slices.indexFill_(self(), dim, index, value);
  }

  /** As {@link #indexFill_(int, Tensor, Number)} with a 0-dim tensor, which takes a gradient. */
  default Tensor indexFill_(int dim, Tensor index, Tensor value) {
    return self().copy_(self().clone().indexFill(dim, index, value));
  }

  /** A copy with the slices at the positions filled with a number. */
  default Tensor indexFill(int dim, Tensor index, Number value) {
    return Slices.indexFill(self(), dim, index, value);
  }

  /** As {@link #indexFill(int, Tensor, Number)} with a 0-dim tensor, which takes a gradient. */
  default Tensor indexFill(int dim, Tensor index, Tensor value) {
    return Slices.indexFill(self(), dim, index, value);
  }

  /** As {@link Tensor#scatterAdd_}, combining by another reduction. */
  default Tensor scatterReduce_(
      int dim, Tensor index, Tensor source, ScatterReduction reduce, boolean includeSelf) {
    // Backward needs what was there before.
    return self().copy_(self().clone().scatterReduce(dim, index, source, reduce, includeSelf));
  }

  /**
   * A copy in which what falls on one element is combined.
   *
   * @param includeSelf whether the element that was there takes part
   */
  default Tensor scatterReduce(
      int dim, Tensor index, Tensor source, ScatterReduction reduce, boolean includeSelf) {
    return ReducingScatter.run(self(), dim, index, source, reduce, includeSelf);
  }

  /**
   * {@link Tensor#scatter(int, Tensor, Tensor)} that combines what is there with what comes; what
   * was there takes part.
   */
  default Tensor scatter(int dim, Tensor index, Tensor source, ScatterReduction reduce) {
    return ReducingScatter.run(self(), dim, index, source, reduce, true);
  }

  /** {@link #scatter(int, Tensor, Tensor, ScatterReduction)} for one number everywhere. */
  default Tensor scatter(int dim, Tensor index, Number value, ScatterReduction reduce) {
    Tensor source = Tensor.fullLike(index, value, Options.dtype(self().dtype()));
    return ReducingScatter.run(self(), dim, index, source, reduce, true);
  }

  /** {@link #scatter(int, Tensor, Tensor, ScatterReduction)}, in place. */
  default Tensor scatter_(int dim, Tensor index, Tensor source, ScatterReduction reduce) {
    return self().copy_(self().clone().scatter(dim, index, source, reduce));
  }

  /** {@link #scatter(int, Tensor, Number, ScatterReduction)}, in place. */
  default Tensor scatter_(int dim, Tensor index, Number value, ScatterReduction reduce) {
    return self().copy_(self().clone().scatter(dim, index, value, reduce));
  }

  /**
   * The elements at positions of the flattened tensor.
   *
   * @throws TensorIndexException for a position outside
   */
  default Tensor take(Tensor index) {
    return Takes.take(self(), index);
  }

  /** {@link Tensor#gather} where both broadcast in all other dimensions. */
  default Tensor takeAlongDim(Tensor index, int dim) {
    return Takes.takeAlongDim(self(), index, dim);
  }

  /** {@link #take} in the shape of a vector. */
  default Tensor takeAlongDim(Tensor index) {
    return self().flatten().gather(0, Takes.wrapped(index.flatten(), self().numel()));
  }

  /** Overwrites (or adds to) the elements at positions of the flattened tensor. */
  default Tensor put_(Tensor index, Tensor source, boolean accumulate) {
    return self().copy_(put(index, source, accumulate));
  }

  /** {@link #put_} in a copy. */
  default Tensor put(Tensor index, Tensor source, boolean accumulate) {
    return Takes.put(self(), index, source, accumulate);
  }

  /** Overwrites the elements where a mask is true with those of {@code source} in order. */
  default Tensor maskedScatter_(Tensor mask, Tensor source) {
    return self().copy_(maskedScatter(mask, source));
  }

  /** {@link #maskedScatter_} in a copy. */
  default Tensor maskedScatter(Tensor mask, Tensor source) {
    return Takes.maskedScatter(self(), mask, source);
  }
}
