package io.gradus.exec;

/** How several values for one element become one. */
public enum ScatterReduction {
  /** They are added. */
  SUM,
  /** They are multiplied. */
  PROD,
  /** Their mean. */
  MEAN,
  /** The largest. */
  AMAX,
  /** The smallest. */
  AMIN
}
