package io.gradus;

import io.gradus.exec.Counting;
import io.gradus.exec.Covariance;
import io.gradus.exec.Histograms;
import io.gradus.exec.Moments;
import io.gradus.exec.Norms;
import io.gradus.exec.Reductions;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.ShapeException;
import java.util.List;
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

  /** {@link #var(int)} that may keep the dimension with size 1. */
  default Tensor var(int dim, boolean keepdim) {
    return Moments.single(self(), new int[] {dim}, 1, keepdim, false);
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

  /** {@link #std(int)} that may keep the dimension with size 1. */
  default Tensor std(int dim, boolean keepdim) {
    return Moments.single(self(), new int[] {dim}, 1, keepdim, true);
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

  /** {@link #vectorNorm} along a dimension. */
  default Tensor norm(double p, int dim) {
    return norm(p, dim, false);
  }

  /** {@link #vectorNorm} along a dimension that may be kept with size 1. */
  default Tensor norm(double p, int dim, boolean keepdim) {
    return Norms.vector(self(), p, new int[] {dim}, keepdim);
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

  /** {@link #cdist(Tensor, double)} with Euclidean distances. */
  default Tensor cdist(Tensor other) {
    return cdist(other, 2);
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
    return nanToZero().sum(dims, keepdim);
  }

  /** The sum over some dimensions of what is not NaN, converted to a dtype. */
  default Tensor nansum(int[] dims, boolean keepdim, DType dtype) {
    return nanToZero().sum(dims, keepdim, dtype);
  }

  private Tensor nanToZero() {
    Tensor t = self();
    return t.dtype().isFloating() ? t.maskedFill(t.detach().isnan(), 0) : t;
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
    return Histograms.histc(self(), bins, min, max);
  }

  /** {@link #histogram(long, double[], Tensor, boolean)} of the range of the data, unweighted. */
  default Histogram histogram(long bins) {
    return histogram(bins, null, null, false);
  }

  /**
   * How many elements fall into each of equal bins.
   *
   * <p>A bin holds what is not below its lower border and below its upper one; the last one its
   * upper border too. Floating dtypes only; no gradient.
   *
   * @param range the outer borders; null for those of the data
   * @param weight what each element counts, in its dtype; null for 1
   * @param density divides by the sum and by the widths of the bins, so that the integral is 1
   */
  default Histogram histogram(
      long bins, double @Nullable [] range, @Nullable Tensor weight, boolean density) {
    return Histograms.counted(
        "histogram", self().reshape(-1, 1), new long[] {bins}, range, weight, density);
  }

  /** {@link #histogram(long, double[], Tensor, boolean)} for bins with given ascending borders. */
  default Histogram histogram(Tensor edges, @Nullable Tensor weight, boolean density) {
    return Histograms.bordered(
        "histogram", self().reshape(-1, 1), List.of(edges.detach().clone()), weight, density);
  }

  /**
   * How many of the points, whose coordinates lie along the last dimension, fall into each cell of
   * a grid; see {@link #histogram(long, double[], Tensor, boolean)}.
   *
   * @param bins how many for each coordinate
   * @param ranges lower and upper border for each coordinate, one after another; null for the
   *     data's
   * @throws ShapeException if there are not as many numbers of bins as coordinates
   */
  default Histogram histogramdd(
      long[] bins, double @Nullable [] ranges, @Nullable Tensor weight, boolean density) {
    return Histograms.counted("histogramdd", self(), bins, ranges, weight, density);
  }

  /** {@link #histogramdd(long[], double[], Tensor, boolean)} with given borders. */
  default Histogram histogramdd(List<Tensor> edges, @Nullable Tensor weight, boolean density) {
    return Histograms.bordered("histogramdd", self(), edges, weight, density);
  }

  /** The norm of the difference from another tensor, which broadcasts. */
  default Tensor dist(Tensor other, double p) {
    return self().sub(other).norm(p);
  }

  /** The covariances of the rows. */
  default Tensor cov() {
    return Covariance.cov(self(), 1, null, null);
  }

  /** The covariances of the rows, divided by the number of columns minus a correction. */
  default Tensor cov(int correction) {
    return Covariance.cov(self(), correction, null, null);
  }

  /**
   * The covariances of the rows, whose columns are observations that count differently.
   *
   * @param frequencies how often each column was observed, whole numbers; null for once
   * @param importances how much each column matters, floating; null for 1
   * @throws ShapeException for more than two dimensions, or not one weight a column
   */
  default Tensor cov(int correction, @Nullable Tensor frequencies, @Nullable Tensor importances) {
    return Covariance.cov(self(), correction, frequencies, importances);
  }

  /** The correlation coefficients of the rows. */
  default Tensor corrcoef() {
    return Covariance.corrcoef(self());
  }
}
