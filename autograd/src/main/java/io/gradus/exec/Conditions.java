package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.op.MapOp;
import io.gradus.op.TypeNames;
import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.NumericalException;

/** Requirements on the operands of pointwise operations beyond shape and promotion. */
final class Conditions {
  private Conditions() {}

  /** Conditions are bool. */
  static void check(MapOp op, Tensor[] in) {
    for (int i = in.length - op.conditions(); i < in.length; i++) {
      DType dtype = in[i].dtype();
      if (dtype != DType.BOOL) {
        throw new DTypeException(
            op.name().equals("where")
                ? "[where] where expected condition to be a boolean tensor, but got a tensor with"
                    + " dtype %s; compare first, as in x.gt(0)".formatted(TypeNames.of(dtype))
                : "[%s] %s only supports boolean masks, but got mask with dtype %s; compare first, as in x.gt(0)"
                    .formatted(op.name(), op.name(), dtype));
      }
    }
  }

  /** A whole-number divisor is not 0. */
  static void checkDivisor(MapOp op, Tensor[] in, Scalar[] numbers, DType common) {
    if (!op.divides() || common.isFloating()) {
      return;
    }
    boolean zero =
        op.divisorIsNumber()
            ? common.wrap(numbers[0].toLong()) == 0
            : in[in.length - 1].detach().eq(0).any().item().longValue() != 0;
    if (zero) {
      throw new NumericalException(
          "[%s] ZeroDivisionError: a whole number was divided by zero, dtype %s; convert to a floating dtype to get inf and nan."
              .formatted(op.name(), common));
    }
  }

  /** A number that is stored must be a value of the dtype. */
  static void checkRange(String name, Scalar number, DType dtype) {
    boolean fits =
        switch (dtype) {
          case F32, F64, F16, BF16, BOOL -> true;
          case U8, I8, I16, I32, I64 -> {
            double d = number.toDouble();
            long n = number.toLong();
            // PyTorch lets negative numbers wrap into u8, as C does.
            long least = dtype == DType.U8 ? -255 : dtype.minInteger();
            boolean exact = number.category() != Category.FLOAT;
            yield (exact || d >= -0x1p63 && d < 0x1p63) && n >= least && n <= dtype.maxInteger();
          }
        };
    if (!fits) {
      throw new InvalidArgumentException(
          "[%s] value cannot be converted to type %s without overflow: %s"
              .formatted(name, dtype, number));
    }
  }
}
