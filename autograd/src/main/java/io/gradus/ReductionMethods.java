package io.gradus;

import io.gradus.exec.Extremes;
import io.gradus.exec.Reductions;
import io.gradus.exec.Softmax;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.TensorIndexException;

/**
 * Many elements to one.
 *
 * <p>Reduced dimensions disappear unless {@code keepdim}; then they stay with size 1. A list of no
 * dimensions means all.
 */
public sealed interface ReductionMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The sum of all elements; whole numbers and bool add up to {@code i64}. */
  default Tensor sum() {
    return Reductions.sum(self(), new int[0], false);
  }

  /** The sum over some dimensions, all if none is named. */
  default Tensor sum(int... dims) {
    return Reductions.sum(self(), dims, false);
  }

  /** The sum over one dimension. */
  default Tensor sum(int dim, boolean keepdim) {
    return Reductions.sum(self(), new int[] {dim}, keepdim);
  }

  /** The sum over some dimensions, all if none is named. */
  default Tensor sum(int[] dims, boolean keepdim) {
    return Reductions.sum(self(), dims, keepdim);
  }

  /** The sum over some dimensions of the elements converted to a dtype. */
  default Tensor sum(int[] dims, boolean keepdim, DType dtype) {
    return Reductions.sum(self().to(dtype), dims, keepdim, dtype);
  }

  /** The sum over the dimensions in which this tensor was broadcast from {@code sizes}. */
  default Tensor sumToSize(long... sizes) {
    return Reductions.sumToSize(self(), sizes);
  }

  /**
   * The mean of all elements.
   *
   * @throws DTypeException for whole numbers and bool
   */
  default Tensor mean() {
    return Reductions.mean(self(), new int[0], false);
  }

  /** The mean over some dimensions, all if none is named. */
  default Tensor mean(int... dims) {
    return Reductions.mean(self(), dims, false);
  }

  /** The mean over one dimension. */
  default Tensor mean(int dim, boolean keepdim) {
    return Reductions.mean(self(), new int[] {dim}, keepdim);
  }

  /** The mean over some dimensions, all if none is named. */
  default Tensor mean(int[] dims, boolean keepdim) {
    return Reductions.mean(self(), dims, keepdim);
  }

  /** The mean over some dimensions of the elements converted to a floating dtype. */
  default Tensor mean(int[] dims, boolean keepdim, DType dtype) {
    return Reductions.mean(self().to(dtype), dims, keepdim);
  }

  /** The product of all elements; whole numbers and bool multiply to {@code i64}. */
  default Tensor prod() {
    return Reductions.prod(self());
  }

  /** The product of the elements converted to a dtype. */
  default Tensor prod(DType dtype) {
    return Reductions.prod(self().to(dtype)).to(dtype);
  }

  /** The product over a dimension of the elements converted to a dtype. */
  default Tensor prod(int dim, boolean keepdim, DType dtype) {
    return Reductions.prod(self().to(dtype), dim, keepdim).to(dtype);
  }

  /** The product over a dimension. */
  default Tensor prod(int dim) {
    return prod(dim, false);
  }

  /** The product over a dimension. */
  default Tensor prod(int dim, boolean keepdim) {
    return Reductions.prod(self(), dim, keepdim);
  }

  /** Whether any element is not 0; NaN counts. */
  default Tensor any() {
    return Reductions.any(self(), new int[0], false);
  }

  /** {@link #any(int, boolean)} without the dimension. */
  default Tensor any(int dim) {
    return any(dim, false);
  }

  /** Whether any element over a dimension is not 0. */
  default Tensor any(int dim, boolean keepdim) {
    return Reductions.any(self(), new int[] {dim}, keepdim);
  }

  /** Whether any element over some dimensions is not 0. */
  default Tensor any(int[] dims, boolean keepdim) {
    return Reductions.any(self(), dims, keepdim);
  }

  /** Whether no element is 0. */
  default Tensor all() {
    return Reductions.all(self(), new int[0], false);
  }

  /** {@link #all(int, boolean)} without the dimension. */
  default Tensor all(int dim) {
    return all(dim, false);
  }

  /** Whether no element over a dimension is 0. */
  default Tensor all(int dim, boolean keepdim) {
    return Reductions.all(self(), new int[] {dim}, keepdim);
  }

  /** Whether no element over some dimensions is 0. */
  default Tensor all(int[] dims, boolean keepdim) {
    return Reductions.all(self(), dims, keepdim);
  }

  /**
   * The largest element, NaN if there is one; its gradient is shared among equals.
   *
   * @throws TensorIndexException if there is no element
   */
  default Tensor max() {
    return Extremes.whole(self(), true);
  }

  /** The largest elements along a dimension and where they are: the first of equals. */
  default ValuesIndices max(int dim) {
    return max(dim, false);
  }

  /** The largest elements along a dimension and where they are: the first of equals. */
  default ValuesIndices max(int dim, boolean keepdim) {
    return Extremes.along(self(), dim, keepdim, true);
  }

  /**
   * The smallest element, NaN if there is one; its gradient is shared among equals.
   *
   * @throws TensorIndexException if there is no element
   */
  default Tensor min() {
    return Extremes.whole(self(), false);
  }

  /** The smallest elements along a dimension and where they are: the first of equals. */
  default ValuesIndices min(int dim) {
    return min(dim, false);
  }

  /** The smallest elements along a dimension and where they are: the first of equals. */
  default ValuesIndices min(int dim, boolean keepdim) {
    return Extremes.along(self(), dim, keepdim, false);
  }

  /** The largest elements over some dimensions; gradients are shared among equals. */
  default Tensor amax(int... dims) {
    return amax(dims, false);
  }

  /** The largest elements over some dimensions; gradients are shared among equals. */
  default Tensor amax(int[] dims, boolean keepdim) {
    return Extremes.over(self(), dims, keepdim, true);
  }

  /** The smallest elements over some dimensions; gradients are shared among equals. */
  default Tensor amin(int... dims) {
    return amin(dims, false);
  }

  /** The smallest elements over some dimensions; gradients are shared among equals. */
  default Tensor amin(int[] dims, boolean keepdim) {
    return Extremes.over(self(), dims, keepdim, false);
  }

  /** The smallest and the largest element. */
  default MinMax aminmax() {
    return Extremes.both(self(), new int[0], false);
  }

  /** The smallest and the largest elements along a dimension. */
  default MinMax aminmax(int dim, boolean keepdim) {
    return Extremes.both(self(), new int[] {dim}, keepdim);
  }

  /** The row-major position of the first largest element (or the first NaN), {@code i64}. */
  default Tensor argmax() {
    return Extremes.arg(self(), true);
  }

  /** The positions of the first largest elements along a dimension. */
  default Tensor argmax(int dim) {
    return argmax(dim, false);
  }

  /** The positions of the first largest elements along a dimension. */
  default Tensor argmax(int dim, boolean keepdim) {
    return Extremes.arg(self(), dim, keepdim, true);
  }

  /** The row-major position of the first smallest element (or the first NaN), {@code i64}. */
  default Tensor argmin() {
    return Extremes.arg(self(), false);
  }

  /** The positions of the first smallest elements along a dimension. */
  default Tensor argmin(int dim) {
    return argmin(dim, false);
  }

  /** The positions of the first smallest elements along a dimension. */
  default Tensor argmin(int dim, boolean keepdim) {
    return Extremes.arg(self(), dim, keepdim, false);
  }

  /**
   * Exponentials that add up to 1 along a dimension.
   *
   * @throws DTypeException for whole numbers and bool
   */
  default Tensor softmax(int dim) {
    return Softmax.softmax(self(), dim);
  }

  /** {@link #softmax(int)} computed in a dtype. */
  default Tensor softmax(int dim, DType dtype) {
    return Softmax.softmax(self().to(dtype), dim);
  }

  /** The logarithm of {@link #softmax(int)}, accurate where that is near 0. */
  default Tensor logSoftmax(int dim) {
    return Softmax.logSoftmax(self(), dim);
  }

  /** {@link #logSoftmax(int)} computed in a dtype. */
  default Tensor logSoftmax(int dim, DType dtype) {
    return Softmax.logSoftmax(self().to(dtype), dim);
  }

  /** {@link #softmax(int)} of the negated elements. */
  default Tensor softmin(int dim) {
    return Softmax.softmax(self().neg(), dim);
  }

  /** {@link #softmin(int)} computed in a dtype; the elements are negated first. */
  default Tensor softmin(int dim, DType dtype) {
    return Softmax.softmax(self().neg().to(dtype), dim);
  }

  /** The logarithm of the sum of exponentials over some dimensions; does not overflow. */
  default Tensor logsumexp(int... dims) {
    return logsumexp(dims, false);
  }

  /** The logarithm of the sum of exponentials over some dimensions; does not overflow. */
  default Tensor logsumexp(int[] dims, boolean keepdim) {
    return Softmax.logsumexp(self(), dims, keepdim);
  }
}
