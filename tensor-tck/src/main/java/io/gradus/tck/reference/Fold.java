package io.gradus.tck.reference;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.EncodedScalars;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.ScalarOp;

/** Reduces a sequence of encoded numbers; floating sums and products in f64. */
final class Fold {
  private final ReduceOp op;
  private final ComputeType type;
  private double real;
  private long whole;
  private long best;
  private long at = -1;
  private long count;

  Fold(ReduceOp op, ComputeType type) {
    this.op = op;
    this.type = type;
    this.real = op == ReduceOp.PROD ? 1 : 0;
    this.whole = op == ReduceOp.PROD || op == ReduceOp.ALL ? 1 : 0;
  }

  void add(long value) {
    switch (op) {
      case SUM -> {
        real += real(value);
        whole += value;
      }
      case PROD -> {
        real *= real(value);
        whole *= value;
      }
      case MIN -> best = count == 0 ? value : pick(ScalarOp.MIN, value);
      case MAX -> best = count == 0 ? value : pick(ScalarOp.MAX, value);
      case ARGMIN -> best(value, ScalarOp.LT);
      case ARGMAX -> best(value, ScalarOp.GT);
      case ANY -> whole |= isZero(value) ? 0 : 1;
      case ALL -> whole &= isZero(value) ? 0 : 1;
    }
    count++;
  }

  private long pick(ScalarOp choice, long value) {
    return EncodedScalars.apply(choice, type, best, value, 0);
  }

  private void best(long value, ScalarOp better) {
    if (at >= 0 && isNaN(best)) {
      return;
    }
    if (at < 0 || isNaN(value) || EncodedScalars.apply(better, type, value, best, 0) != 0) {
      best = value;
      at = count;
    }
  }

  private boolean isZero(long value) {
    return type.isFloating() ? real(value) == 0 : value == 0;
  }

  boolean isNaN(long value) {
    return type.isFloating() && Double.isNaN(real(value));
  }

  private double real(long value) {
    return switch (type) {
      case F32 -> Float.intBitsToFloat((int) value);
      case F64 -> Double.longBitsToDouble(value);
      case I32, I64 -> (double) value;
    };
  }

  /** The result, encoded: in the type of the elements, I64 for positions, I32 for ANY and ALL. */
  long result() {
    return switch (op) {
      case SUM, PROD ->
          switch (type) {
            case F32 -> Float.floatToRawIntBits((float) real);
            case F64 -> Double.doubleToRawLongBits(real);
            case I32 -> (int) whole;
            case I64 -> whole;
          };
      case MIN, MAX -> best;
      case ARGMIN, ARGMAX -> at;
      case ANY, ALL -> whole;
    };
  }
}
