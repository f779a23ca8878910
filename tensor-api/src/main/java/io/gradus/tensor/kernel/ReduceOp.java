package io.gradus.tensor.kernel;

/**
 * How many elements become one.
 *
 * <p>Over nothing: SUM 0, PROD 1, ANY 0, ALL 1; the others are never asked for it. Floating sums
 * are added in blocks of fixed size combined in fixed order, so that their bits do not depend on
 * the number of threads; {@code f32} and narrower sums are at least as accurate as blocks of 4096
 * elements in f32 combined in f64.
 */
public enum ReduceOp {
  /** Sum; integers wrap. */
  SUM,
  /** Product; integers wrap. */
  PROD,
  /** Smallest; NaN if any element is NaN. */
  MIN,
  /** Largest; NaN if any element is NaN. */
  MAX,
  /** Row-major position, among the reduced axes, of the first smallest (or first NaN); I64. */
  ARGMIN,
  /** Row-major position, among the reduced axes, of the first largest (or first NaN); I64. */
  ARGMAX,
  /** 1 if any element is not 0 (NaN counts), as I32. */
  ANY,
  /** 1 if every element is not 0, as I32. */
  ALL
}
