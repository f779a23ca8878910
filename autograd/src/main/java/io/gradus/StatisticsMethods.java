package io.gradus;

import io.gradus.exec.Counting;
import io.gradus.exec.Moments;
import io.gradus.exec.Norms;
import io.gradus.exec.Reductions;
import io.gradus.tensor.dtype.DType;
import org.jspecify.annotations.Nullable;

/** Spread, length and frequency. */
public sealed interface StatisticsMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The variance of all elements, divided by their number minus 1. */
  default Tensor var() {
    return Moments.single(self(), new int[0], 1, false, false);
  }

  /** The variance along a dimension, divided by its size minus 1. */
  default Tensor var(int dim) {
    return Moments.single(self(), new int[] {dim}, 1, false, false);
  }

  /** The variance over some dimensions, divided by the number of elements minus a correction. */
  default Tensor var(int[] dims, double correction, boolean keepdim) {
    return Moments.single(self(), dims, correction, keepdim, false);
  }

  /** The standard deviation of all elements. */
  default Tensor std() {
    return Moments.single(self(), new int[0], 1, false, true);
  }

  /** The standard deviation along a dimension. */
  default Tensor std(int dim) {
    return Moments.single(self(), new int[] {dim}, 1, false, true);
  }

  /** The root of {@link #var(int[], double, boolean)}. */
  default Tensor std(int[] dims, double correction, boolean keepdim) {
    return Moments.single(self(), dims, correction, keepdim, true);
  }

  /** {@link #var(int[], double, boolean)} and the mean. */
  default SpreadMean varMean(int[] dims, double correction, boolean keepdim) {
    return Moments.spread(self(), dims, correction, keepdim, false);
  }

  /** {@link #std(int[], double, boolean)} and the mean. */
  default SpreadMean stdMean(int[] dims, double correction, boolean keepdim) {
    return Moments.spread(self(), dims, correction, keepdim, true);
  }

  /** The Euclidean length of all elements. */
  default Tensor norm() {
    return Norms.vector(self(), 2, new int[0], false);
  }

  /** {@link #vectorNorm} of all elements. */
  default Tensor norm(double p) {
    return Norms.vector(self(), p, new int[0], false);
  }

  /** {@link #vectorNorm}. */
  default Tensor norm(double p, int[] dims, boolean keepdim) {
    return Norms.vector(self(), p, dims, keepdim);
  }

  /**
   * The length of vectors: {@code sum(|x|^p)^(1/p)}; the largest for infinity, the number of
   * elements that are not 0 for 0.
   */
  default Tensor vectorNorm(double p, int[] dims, boolean keepdim) {
    return Norms.vector(self(), p, dims, keepdim);
  }

  /** The distances between the rows of this matrix and those of another one. */
  default Tensor cdist(Tensor other, double p) {
    return Norms.cdist(self(), other, p);
  }

  /** The sum of what is not NaN; of all if no dimension is named. */
  default Tensor nansum(int... dims) {
    return nansum(dims, false);
  }

  /** The sum of what is not NaN over some dimensions. */
  default Tensor nansum(int[] dims, boolean keepdim) {
    Tensor t = self();
    return t.dtype().isFloating()
        ? t.maskedFill(t.detach().isnan(), 0).sum(dims, keepdim)
        : t.sum(dims, keepdim);
  }

  /** The mean of what is not NaN; of all if no dimension is named. */
  default Tensor nanmean(int... dims) {
    return nanmean(dims, false);
  }

  /** The mean of what is not NaN over some dimensions. */
  default Tensor nanmean(int[] dims, boolean keepdim) {
    Tensor present = self().detach().isnan().logicalNot();
    return nansum(dims, keepdim).div(Reductions.sum(present, dims, keepdim));
  }

  /** The number of elements that are not 0; of all if no dimension is named. */
  default Tensor countNonzero(int... dims) {
    return Reductions.sum(self().detach().to(DType.BOOL), dims, false);
  }

  /** How often each whole number from 0 on occurs in this vector. */
  default Tensor bincount() {
    return Counting.bincount(self(), null, 0);
  }

  /** The sum of the weights of each whole number from 0 on, for at least so many numbers. */
  default Tensor bincount(@Nullable Tensor weights, long minlength) {
    return Counting.bincount(self(), weights, minlength);
  }

  /** How many elements fall into each of equal bins; the range is that of the data if empty. */
  default Tensor histc(long bins, double min, double max) {
    return Counting.histc(self(), bins, min, max);
  }

  /** Differences of neighbours along the last dimension. */
  default Tensor diff() {
    return Counting.diff(self(), 1, -1);
  }

  /** Differences of neighbours along a dimension, taken {@code n} times. */
  default Tensor diff(int n, int dim) {
    return Counting.diff(self(), n, dim);
  }

  /** {@link #diff(int, int)} with more elements before and after. */
  default Tensor diff(int n, int dim, @Nullable Tensor prepend, @Nullable Tensor append) {
    return Counting.diff(self(), n, dim, prepend, append);
  }

  /** The integral along the last dimension by the trapezoid rule with steps of 1. */
  default Tensor trapezoid() {
    return Counting.trapezoid(self(), 1, -1);
  }

  /** The integral along a dimension by the trapezoid rule with equal steps. */
  default Tensor trapezoid(double dx, int dim) {
    return Counting.trapezoid(self(), dx, dim);
  }

  /** The integral along a dimension by the trapezoid rule at places {@code x}. */
  default Tensor trapezoid(Tensor x, int dim) {
    return Counting.trapezoid(self(), x, dim);
  }

  /** The running integral along a dimension by the trapezoid rule with equal steps. */
  default Tensor cumulativeTrapezoid(double dx, int dim) {
    return Counting.cumulativeTrapezoid(self(), dx, dim);
  }

  /** The running integral along a dimension by the trapezoid rule at places {@code x}. */
  default Tensor cumulativeTrapezoid(Tensor x, int dim) {
    return Counting.cumulativeTrapezoid(self(), x, dim);
  }

  /** The norm of the difference from another tensor, which broadcasts. */
  default Tensor dist(Tensor other, double p) {
    return self().sub(other).norm(p);
  }

  /** The covariances of the rows. */
  default Tensor cov() {
    return Counting.cov(self(), 1);
  }

  /** The covariances of the rows, divided by the number of columns minus a correction. */
  default Tensor cov(int correction) {
    return Counting.cov(self(), correction);
  }

  /** The correlation coefficients of the rows. */
  default Tensor corrcoef() {
    return Counting.corrcoef(self());
  }
}
