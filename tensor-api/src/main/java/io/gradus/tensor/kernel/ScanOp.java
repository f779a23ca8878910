package io.gradus.tensor.kernel;

/** What a running reduction accumulates. */
public enum ScanOp {
  /** Sum; integers wrap. */
  SUM,
  /** Product; integers wrap. */
  PROD,
  /** Largest so far and its position (the last one among equals); NaN stays. */
  MAX,
  /** Smallest so far and its position (the last one among equals); NaN stays. */
  MIN,
  /** Logarithm of the sum of exponentials; floating only. */
  LOGSUMEXP
}
