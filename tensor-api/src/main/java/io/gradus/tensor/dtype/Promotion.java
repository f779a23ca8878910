package io.gradus.tensor.dtype;

import org.jspecify.annotations.Nullable;

/**
 * Which dtype comes out when operands of several dtypes meet.
 *
 * <p>PyTorch's rule (its note on "Type Promotion"): categories rank bool &lt; int &lt; float;
 * within the highest category present, tensors with dimensions decide before 0-dim tensors, and
 * those before plain numbers.
 */
public final class Promotion {
  private static volatile DType defaultDType = DType.F32;

  private Promotion() {}

  /** The floating dtype that whole numbers become when an operation needs fractions. */
  public static DType defaultDType() {
    return defaultDType;
  }

  /** Sets {@link #defaultDType()}; the caller has checked that it is floating. */
  public static void setDefaultDType(DType dtype) {
    defaultDType = dtype;
  }

  /** The smallest dtype that both can be cast to without leaving their category. */
  public static DType promote(DType a, DType b) {
    if (a == b) {
      return a;
    }
    if (a.category() != b.category()) {
      return a.category().compareTo(b.category()) > 0 ? a : b;
    }
    if (a.isFloating()) {
      // f16 and bf16 have no common half format.
      return a == DType.F64 || b == DType.F64 ? DType.F64 : DType.F32;
    }
    if (a == DType.U8 || b == DType.U8) {
      DType other = a == DType.U8 ? b : a;
      return other == DType.I8 ? DType.I16 : other;
    }
    return a.byteSize() > b.byteSize() ? a : b;
  }

  /** The dtype that a number of this category has when nothing else decides. */
  public static DType ofNumber(Category category) {
    return switch (category) {
      case BOOL -> DType.BOOL;
      case INT -> DType.I64;
      case FLOAT -> defaultDType;
    };
  }

  /**
   * The result dtype of an operation.
   *
   * @param dimensioned promoted dtype of the tensors with at least one dimension, null if none
   * @param zeroDim promoted dtype of the 0-dim tensors, null if none
   * @param number promoted dtype of the plain numbers ({@link #ofNumber}), null if none
   */
  public static DType resultType(
      @Nullable DType dimensioned, @Nullable DType zeroDim, @Nullable DType number) {
    DType result = combine(dimensioned, combine(zeroDim, number));
    if (result == null) {
      throw new IllegalArgumentException("an operation without operands has no result dtype");
    }
    return result;
  }

  /** {@link #promote} where either may be absent. */
  public static @Nullable DType promoteNullable(@Nullable DType a, @Nullable DType b) {
    return a == null ? b : b == null ? a : promote(a, b);
  }

  private static @Nullable DType combine(@Nullable DType higher, @Nullable DType lower) {
    if (higher == null || lower == null) {
      return higher == null ? lower : higher;
    }
    return lower.category().compareTo(higher.category()) > 0 ? promote(higher, lower) : higher;
  }

  /** Whether a result of dtype {@code from} may be written into a tensor of dtype {@code to}. */
  public static boolean canCast(DType from, DType to) {
    return from.category().compareTo(to.category()) <= 0;
  }
}
