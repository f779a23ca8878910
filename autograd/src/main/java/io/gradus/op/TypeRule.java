package io.gradus.op;

/** Which dtype a pointwise operation computes in and returns. */
public enum TypeRule {
  /** Computes in the promoted dtype of the operands and returns it. */
  PROMOTE,
  /** As {@link #PROMOTE}, but whole numbers become the default floating dtype. */
  FLOAT,
  /** Computes in the promoted dtype, returns bool. */
  BOOL
}
