package io.gradus.backend.cuda.ptx;

/** How a factor of a product on tensor cores is read. */
sealed interface TensorSide permits HalfSide, FloatSide {
  /** Whether neighbours along the depth are neighbours in memory. */
  boolean alongDepth();
}
