package io.gradus.linalg;

/**
 * LAPACK's ways to solve least squares, which differ in what they report.
 *
 * <p>The solution is computed from the singular values for each of them.
 */
public enum LeastSquaresDriver {
  /** For matrices of full rank; reports residuals. */
  GELS,
  /** For any matrix; reports the rank. */
  GELSY,
  /** For any matrix; reports residuals, rank and singular values. */
  GELSD,
  /** As {@link #GELSD}. */
  GELSS
}
