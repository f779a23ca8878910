package io.gradus.backend.cuda.dnn;

import io.gradus.tensor.dtype.DType;
import org.jspecify.annotations.Nullable;

/**
 * How cuDNN calls the types of a convolution: the numbers are those of {@code cudnnDataType_t} and
 * {@code cudnnMathType_t}.
 */
enum CudnnType {
  F32(0, 0, 3),
  F64(1, 1, 0),
  F16(2, 0, 1),
  BF16(9, 0, 1);

  /** {@code CUDNN_DEFAULT_MATH}, which lets float32 factors be rounded to 10 bits. */
  private static final int DEFAULT_MATH = 0;

  private final int data;
  private final int compute;
  private final int math;

  CudnnType(int data, int compute, int math) {
    this.data = data;
    this.compute = compute;
    this.math = math;
  }

  /** The type for elements of this dtype, or null if cuDNN has none that keeps the rules. */
  static @Nullable CudnnType of(DType dtype) {
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

  /** In what to add up. */
  int compute() {
    return compute;
  }

  /** {@code CUDNN_FMA_MATH} keeps float32 exact; 16-bit types go to tensor cores. */
  int math(boolean tf32) {
    return this == F32 && tf32 ? DEFAULT_MATH : math;
  }

  /** Whether the algorithm says what math it wants; without TF32, float32 keeps its own. */
  boolean takesMathOfAlgorithm(boolean tf32) {
    return this != F32 || tf32;
  }

  /** Whether alpha and beta are doubles. */
  boolean doubleScalars() {
    return this == F64;
  }
}
