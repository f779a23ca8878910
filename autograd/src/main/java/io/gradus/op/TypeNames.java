package io.gradus.op;

import io.gradus.tensor.dtype.DType;

/** PyTorch's C++ names of dtypes, which its messages use and people search for. */
public final class TypeNames {
  private TypeNames() {}

  /** The name, such as {@code Long} for i64. */
  public static String of(DType dtype) {
    return switch (dtype) {
      case F32 -> "Float";
      case F64 -> "Double";
      case F16 -> "Half";
      case BF16 -> "BFloat16";
      case U8 -> "Byte";
      case I8 -> "Char";
      case I16 -> "Short";
      case I32 -> "Int";
      case I64 -> "Long";
      case BOOL -> "Bool";
    };
  }
}
