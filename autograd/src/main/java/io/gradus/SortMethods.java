package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.exec.Searching;
import io.gradus.exec.Sorting;
import io.gradus.exec.Sorting.Interpolation;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/** Elements in order, and picks from that order; NaN counts as the largest. */
public sealed interface SortMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The elements along the last dimension in ascending order and where they were. */
  default ValuesIndices sort() {
    return Sorting.sort(self(), -1, false);
  }

  /** {@link #sort(int, boolean)} in ascending order. */
  default ValuesIndices sort(int dim) {
    return sort(dim, false);
  }

  /** The elements along a dimension in order and where they were; equals keep their order. */
  default ValuesIndices sort(int dim, boolean descending) {
    return Sorting.sort(self(), dim, descending);
  }

  /** The positions that would sort the last dimension. */
  default Tensor argsort() {
    return argsort(-1, false);
  }

  /** {@link #argsort(int, boolean)} in ascending order. */
  default Tensor argsort(int dim) {
    return argsort(dim, false);
  }

  /** The positions that would sort a dimension. */
  default Tensor argsort(int dim, boolean descending) {
    return Sorting.sort(self().detach(), dim, descending).indices();
  }

  /** The elements along dimension 0 in ascending order. */
  default Tensor msort() {
    return Sorting.sort(self(), 0, false).values();
  }

  /** The {@code k} largest elements along the last dimension, in descending order. */
  default ValuesIndices topk(long k) {
    return topk(k, -1, true);
  }

  /**
   * The {@code k} largest or smallest elements along a dimension, in order.
   *
   * @throws TensorIndexException if there are fewer
   */
  default ValuesIndices topk(long k, int dim, boolean largest) {
    return Sorting.topk(self(), k, dim, largest);
  }

  /** The {@code k}-th smallest element along a dimension, counting from 1. */
  default ValuesIndices kthvalue(long k, int dim, boolean keepdim) {
    return Sorting.kthvalue(self(), k, dim, keepdim);
  }

  /** The {@code k}-th smallest element along the last dimension, counting from 1. */
  default ValuesIndices kthvalue(long k) {
    return kthvalue(k, -1, false);
  }

  /** The lower of the two middle elements of all; NaN if there is one. */
  default Tensor median() {
    return Sorting.median(self(), false);
  }

  /** {@link #median(int, boolean)} without the dimension. */
  default ValuesIndices median(int dim) {
    return median(dim, false);
  }

  /** The lower of the two middle elements along a dimension; NaN if there is one. */
  default ValuesIndices median(int dim, boolean keepdim) {
    return Sorting.median(self(), dim, keepdim, false);
  }

  /** {@link #median()} of what is not NaN. */
  default Tensor nanmedian() {
    return Sorting.median(self(), true);
  }

  /** {@link #nanmedian(int, boolean)} without the dimension. */
  default ValuesIndices nanmedian(int dim) {
    return nanmedian(dim, false);
  }

  /** {@link #median(int, boolean)} of what is not NaN. */
  default ValuesIndices nanmedian(int dim, boolean keepdim) {
    return Sorting.median(self(), dim, keepdim, true);
  }

  /** {@link #mode(int, boolean)} without the dimension. */
  default ValuesIndices mode(int dim) {
    return mode(dim, false);
  }

  /** The most frequent element along a dimension (the smallest of equals) and a place of it. */
  default ValuesIndices mode(int dim, boolean keepdim) {
    return Sorting.mode(self(), dim, keepdim);
  }

  /** {@link #mode(int, boolean)} along the last dimension. */
  default ValuesIndices mode() {
    return mode(-1, false);
  }

  /** The element below which the share {@code q} of all elements lies, interpolated. */
  default Tensor quantile(double q) {
    return quantile(number(q));
  }

  /** {@link #quantile(double)} for several shares (0-dim or 1-dim). */
  default Tensor quantile(Tensor q) {
    return Sorting.quantile(self(), q, null, false, false, Interpolation.LINEAR);
  }

  /** {@link #quantile(double, int, boolean)} without the dimension. */
  default Tensor quantile(double q, int dim) {
    return quantile(q, dim, false);
  }

  /** {@link #quantile(double)} along a dimension. */
  default Tensor quantile(double q, int dim, boolean keepdim) {
    return quantile(number(q), dim, keepdim, Interpolation.LINEAR);
  }

  /** {@link #quantile(double)} along a dimension, or of all elements if it is null. */
  default Tensor quantile(double q, @Nullable Integer dim, boolean keepdim, Interpolation how) {
    return quantile(number(q), dim, keepdim, how);
  }

  /**
   * The quantiles along a dimension, or of all elements if it is null; a 1-dim {@code q} gives the
   * result a dimension in front.
   *
   * @throws InvalidArgumentException if a share is not within 0 and 1
   */
  default Tensor quantile(Tensor q, @Nullable Integer dim, boolean keepdim, Interpolation how) {
    return Sorting.quantile(self(), q, dim, keepdim, false, how);
  }

  /** {@link #quantile(double)} of what is not NaN. */
  default Tensor nanquantile(double q) {
    return nanquantile(number(q), null, false, Interpolation.LINEAR);
  }

  /** {@link #quantile(double, Integer, boolean, Interpolation)} of what is not NaN. */
  default Tensor nanquantile(double q, @Nullable Integer dim, boolean keepdim, Interpolation how) {
    return nanquantile(number(q), dim, keepdim, how);
  }

  /** {@link #quantile(Tensor, Integer, boolean, Interpolation)} of what is not NaN. */
  default Tensor nanquantile(Tensor q, @Nullable Integer dim, boolean keepdim, Interpolation how) {
    return Sorting.quantile(self(), q, dim, keepdim, true, how);
  }

  private Tensor number(double q) {
    return Executor.full(Shape.SCALAR, self().dtype(), self().device(), Scalar.of(q));
  }

  /** The distinct elements in ascending order. */
  default Tensor unique() {
    return Searching.unique(self()).values();
  }

  /** {@link #unique()} with the place of each element in it, and how often it occurs. */
  default UniqueResult uniqueWithCounts() {
    return Searching.unique(self());
  }

  /** The distinct slices along a dimension, in lexicographic order. */
  default UniqueResult unique(int dim) {
    return Searching.unique(self(), dim, false);
  }

  /** The elements without immediate repetitions. */
  default UniqueResult uniqueConsecutive() {
    return Searching.uniqueConsecutive(self());
  }

  /** The slices along a dimension without immediate repetitions. */
  default UniqueResult uniqueConsecutive(int dim) {
    return Searching.unique(self(), dim, true);
  }

  /**
   * Where each of {@code values} belongs in this sorted tensor (along its last dimension), so that
   * the order stays.
   *
   * @param right behind equals instead of before them
   */
  default Tensor searchsorted(Tensor values, boolean right) {
    return Searching.searchsorted(self(), values, right);
  }

  /** {@link #searchsorted(Tensor, boolean)} for one number and a sorted vector. */
  default Tensor searchsorted(Number value, boolean right) {
    return Searching.searchsorted(self(), value, right);
  }

  /**
   * {@link #searchsorted(Tensor, boolean)} in a tensor that {@code sorter} would sort, as {@link
   * #argsort} gives it.
   *
   * @throws TensorIndexException if it names a place that does not exist
   */
  default Tensor searchsorted(Tensor values, boolean right, Tensor sorter) {
    return Searching.searchsorted(Searching.arranged(self(), sorter), values, right);
  }

  /** Where each element belongs among sorted {@code boundaries} (1-dim). */
  default Tensor bucketize(Tensor boundaries, boolean right) {
    return Searching.searchsorted(boundaries, self(), right);
  }

  /** Whether each element is among {@code elements}, or with {@code invert} is not. */
  default Tensor isin(Tensor elements, boolean invert) {
    Tensor found = Searching.isin(self(), elements);
    return invert ? found.logicalNot() : found;
  }

  /** Whether each element is among {@code elements}. */
  default Tensor isin(Tensor elements) {
    return Searching.isin(self(), elements);
  }
}
