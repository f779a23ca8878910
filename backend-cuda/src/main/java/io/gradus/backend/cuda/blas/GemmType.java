package io.gradus.backend.cuda.blas;

import io.gradus.tensor.dtype.DType;
import org.jspecify.annotations.Nullable;

/**
 * How cuBLAS calls the types of a product: the numbers are those of {@code cudaDataType} and {@code
 * cublasComputeType_t}.
 */
enum GemmType {
  F32(0, 68, 77, false),
  F64(1, 70, 70, true),
  F16(2, 68, 68, false),
  BF16(14, 68, 68, false);

  private final int data;
  private final int exact;
  private final int fast;
  private final boolean doubleScalars;

  GemmType(int data, int exact, int fast, boolean doubleScalars) {
    this.data = data;
    this.exact = exact;
    this.fast = fast;
    this.doubleScalars = doubleScalars;
  }

  /** The type for elements of this dtype, or null if cuBLAS has none that keeps the rules. */
  static @Nullable GemmType of(DType dtype) {
    return switch (dtype) {
      case F32 -> F32;
      case F64 -> F64;
      case F16 -> F16;
      case BF16 -> BF16;
      case U8, I8, I16, I32, I64, BOOL -> null;
    };
  }

  int data() {
    return data;
  }

  /** In what to accumulate; {@code tf32} lets float32 factors be rounded to 10 bits. */
  int compute(boolean tf32) {
    return tf32 ? fast : exact;
  }

  /** Whether alpha and beta are doubles. */
  boolean doubleScalars() {
    return doubleScalars;
  }
}
