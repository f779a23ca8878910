package io.gradus.tensor.dtype;

/**
 * The four types that kernels compute in.
 *
 * <p>Narrower dtypes are widened when they are loaded and narrowed when they are stored ({@code f16
 * bf16} through {@code F32}; {@code i8 u8 i16 bool} through {@code I32}), so that an operation is
 * written for four types and not for ten.
 */
public enum ComputeType {
  /** IEEE binary32. */
  F32(true),
  /** IEEE binary64. */
  F64(true),
  /** 32-bit two's complement, wrapping. */
  I32(false),
  /** 64-bit two's complement, wrapping. */
  I64(false);

  private final boolean floating;

  ComputeType(boolean floating) {
    this.floating = floating;
  }

  /** Whether this is {@link #F32} or {@link #F64}. */
  public boolean isFloating() {
    return floating;
  }

  /** The dtype that holds exactly the values of this type. */
  public DType dtype() {
    return switch (this) {
      case F32 -> DType.F32;
      case F64 -> DType.F64;
      case I32 -> DType.I32;
      case I64 -> DType.I64;
    };
  }
}
