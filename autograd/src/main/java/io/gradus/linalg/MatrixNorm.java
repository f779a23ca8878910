package io.gradus.linalg;

/** Norms of matrices that no number stands for. */
public enum MatrixNorm {
  /** Frobenius: the root of the sum of squares. */
  FRO,
  /** Nuclear: the sum of the singular values. */
  NUC
}
