package io.gradus.tensor.dtype;

/** The kinds of numbers, in the order in which type promotion ranks them. */
public enum Category {
  /** Truth values. */
  BOOL,
  /** Signed and unsigned integers. */
  INT,
  /** Binary floating point. */
  FLOAT
}
