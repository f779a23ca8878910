package io.gradus.tensor.kernel;

/** How a scattered value meets the one that is already there. */
public enum ScatterMode {
  /** Replaces it; which of several sources wins is the last in row-major order. */
  SET,
  /** Adds. */
  ADD,
  /** Multiplies. */
  MUL,
  /** Keeps the smaller; NaN wins. */
  MIN,
  /** Keeps the larger; NaN wins. */
  MAX
}
