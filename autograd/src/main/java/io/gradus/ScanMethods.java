package io.gradus;

import io.gradus.exec.Scans;
import io.gradus.tensor.dtype.DType;

/** Running reductions: element {@code i} of the result is made of elements {@code 0..i}. */
public sealed interface ScanMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The running sum along a dimension; whole numbers and bool add up to {@code i64}. */
  default Tensor cumsum(int dim) {
    return Scans.cumsum(self(), dim);
  }

  /** The running sum along a dimension in a dtype. */
  default Tensor cumsum(int dim, DType dtype) {
    return Scans.whole(self(), dim, dtype, false);
  }

  /** The running product along a dimension in a dtype. */
  default Tensor cumprod(int dim, DType dtype) {
    return Scans.whole(self(), dim, dtype, true);
  }

  /** The running product along a dimension; whole numbers and bool multiply to {@code i64}. */
  default Tensor cumprod(int dim) {
    return Scans.cumprod(self(), dim);
  }

  /** The largest so far along a dimension and where it is: the last of equals. */
  default ValuesIndices cummax(int dim) {
    return Scans.extreme(self(), dim, true);
  }

  /** The smallest so far along a dimension and where it is: the last of equals. */
  default ValuesIndices cummin(int dim) {
    return Scans.extreme(self(), dim, false);
  }

  /** The logarithm of the running sum of exponentials along a dimension. */
  default Tensor logcumsumexp(int dim) {
    return Scans.logcumsumexp(self(), dim);
  }
}
