package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.elementwise.RowCode;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ReduceOp;

/**
 * Reductions of blocks, and of the results of blocks, for every operation and compute type.
 *
 * <p>Partial results are encoded as in {@link io.gradus.tensor.kernel.Params}: floating ones as the
 * bits of a double, so that f32 sums are combined in f64.
 */
final class Blocks {
  /** Elements that are summed before their sum is widened. */
  static final int SIZE = 4096;

  private Blocks() {}

  /** How many blocks a row has, the last of which may be shorter; a row has an element at least. */
  static int count(int length) {
    return (length - 1) / SIZE + 1; // length + SIZE - 1 may be more than an int holds
  }

  /**
   * How many elements a thread takes at a time: at least {@code least}, and of large operands a
   * 128th, up to 262,144. A thread that goes on in another part of memory loses about a microsecond
   * until the processor has noticed the new stream and fetches ahead, so pieces are as large as
   * sharing the work evenly allows. It depends on the size alone, never on the number of threads,
   * for the bits of a sum depend on it.
   */
  static long grain(long elements, int least) {
    return Math.max(least, Math.min(elements >> 7, 1 << 18));
  }

  /** The type of the result of reducing values of a type. */
  static ComputeType resultType(ReduceOp op, ComputeType type) {
    return switch (op) {
      case SUM, PROD, MIN, MAX -> type;
      case ARGMIN, ARGMAX -> ComputeType.I64;
      case ANY, ALL -> ComputeType.I32;
    };
  }

  /** Whether the result is a position. */
  static boolean isPosition(ReduceOp op) {
    return op == ReduceOp.ARGMIN || op == ReduceOp.ARGMAX;
  }

  /** The result over nothing; for minima and maxima what changes no other value. */
  static long identity(ReduceOp op, ComputeType type) {
    return switch (op) {
      case SUM -> type.isFloating() ? bits(0.0) : 0;
      case PROD -> type.isFloating() ? bits(1.0) : 1;
      case MIN, ARGMIN ->
          switch (type) {
            case F32, F64 -> bits(Double.POSITIVE_INFINITY);
            case I32 -> Integer.MAX_VALUE;
            case I64 -> Long.MAX_VALUE;
          };
      case MAX, ARGMAX ->
          switch (type) {
            case F32, F64 -> bits(Double.NEGATIVE_INFINITY);
            case I32 -> Integer.MIN_VALUE;
            case I64 -> Long.MIN_VALUE;
          };
      case ANY -> 0;
      case ALL -> 1;
    };
  }

  /** Reduces {@code a[o .. o+n)}; for positions the extreme value. */
  static long reduce(ReduceOp op, ComputeType type, Object a, int o, int n) {
    return switch (type) {
      case F32 -> reduce(op, (float[]) a, o, n);
      case F64 -> reduce(op, (double[]) a, o, n);
      case I32 -> reduce(op, (int[]) a, o, n);
      case I64 -> reduce(op, (long[]) a, o, n);
    };
  }

  private static long reduce(ReduceOp op, float[] a, int o, int n) {
    return switch (op) {
      case SUM -> bits(FloatBlocks.sum(a, o, n));
      case PROD -> bits(FloatBlocks.product(a, o, n));
      case MIN, ARGMIN -> bits(FloatBlocks.min(a, o, n));
      case MAX, ARGMAX -> bits(FloatBlocks.max(a, o, n));
      case ANY -> FloatBlocks.anyNonZero(a, o, n) ? 1 : 0;
      case ALL -> FloatBlocks.anyZero(a, o, n) ? 0 : 1;
    };
  }

  private static long reduce(ReduceOp op, double[] a, int o, int n) {
    return switch (op) {
      case SUM -> bits(DoubleBlocks.sum(a, o, n));
      case PROD -> bits(DoubleBlocks.product(a, o, n));
      case MIN, ARGMIN -> bits(DoubleBlocks.min(a, o, n));
      case MAX, ARGMAX -> bits(DoubleBlocks.max(a, o, n));
      case ANY -> DoubleBlocks.anyNonZero(a, o, n) ? 1 : 0;
      case ALL -> DoubleBlocks.anyZero(a, o, n) ? 0 : 1;
    };
  }

  private static long reduce(ReduceOp op, int[] a, int o, int n) {
    return switch (op) {
      case SUM -> IntBlocks.sum(a, o, n);
      case PROD -> IntBlocks.product(a, o, n);
      case MIN, ARGMIN -> IntBlocks.min(a, o, n);
      case MAX, ARGMAX -> IntBlocks.max(a, o, n);
      case ANY -> IntBlocks.anyNonZero(a, o, n) ? 1 : 0;
      case ALL -> IntBlocks.anyZero(a, o, n) ? 0 : 1;
    };
  }

  private static long reduce(ReduceOp op, long[] a, int o, int n) {
    return switch (op) {
      case SUM -> LongBlocks.sum(a, o, n);
      case PROD -> LongBlocks.product(a, o, n);
      case MIN, ARGMIN -> LongBlocks.min(a, o, n);
      case MAX, ARGMAX -> LongBlocks.max(a, o, n);
      case ANY -> LongBlocks.anyNonZero(a, o, n) ? 1 : 0;
      case ALL -> LongBlocks.anyZero(a, o, n) ? 0 : 1;
    };
  }

  /** The sum of the rounded products of neighbours of two arrays of floating numbers. */
  static long sumOfProducts(ComputeType type, RowCode.Place a, RowCode.Place b, int n) {
    return bits(
        type == ComputeType.F32
            ? FloatBlocks.sumOfProducts((float[]) a.array(), a.at(), (float[]) b.array(), b.at(), n)
            : DoubleBlocks.sumOfProducts(
                (double[]) a.array(), a.at(), (double[]) b.array(), b.at(), n));
  }

  /** The result of two blocks from their results. */
  static long combine(ReduceOp op, ComputeType type, long x, long y) {
    if (type.isFloating()) {
      double a = Double.longBitsToDouble(x);
      double b = Double.longBitsToDouble(y);
      return switch (op) {
        case SUM -> bits(a + b);
        case PROD -> bits(a * b);
        case MIN, ARGMIN -> bits(Math.min(a, b));
        case MAX, ARGMAX -> bits(Math.max(a, b));
        case ANY -> x | y;
        case ALL -> x & y;
      };
    }
    return switch (op) {
      case SUM -> x + y;
      case PROD -> x * y;
      case MIN, ARGMIN -> Math.min(x, y);
      case MAX, ARGMAX -> Math.max(x, y);
      case ANY -> x | y;
      case ALL -> x & y;
    };
  }

  /**
   * The result of a row from those of its blocks, first to last.
   *
   * @param positions where the extreme values are; empty where none is asked for
   */
  static long combineAll(ReduceOp op, ComputeType type, long[] partial, long[] positions) {
    long value = partial[0];
    int best = 0;
    for (int b = 1; b < partial.length; b++) {
      if (!isPosition(op)) {
        value = combine(op, type, value, partial[b]);
      } else if (replaces(op, type, partial[b], partial[best])) {
        best = b;
      }
    }
    return isPosition(op) ? positions[best] : value;
  }

  /**
   * Whether a later extreme value replaces an earlier one: NaN beats all, the first among equals.
   */
  static boolean replaces(ReduceOp op, ComputeType type, long later, long earlier) {
    if (type.isFloating()) {
      double a = Double.longBitsToDouble(later);
      double b = Double.longBitsToDouble(earlier);
      return !Double.isNaN(b) && (Double.isNaN(a) || (op == ReduceOp.ARGMIN ? a < b : a > b));
    }
    return op == ReduceOp.ARGMIN ? later < earlier : later > earlier;
  }

  /** Where in {@code a[o .. o+n)} the value first is. */
  static int find(ComputeType type, Object a, int o, int n, long value) {
    return switch (type) {
      case F32 -> FloatBlocks.find((float[]) a, o, n, (float) Double.longBitsToDouble(value));
      case F64 -> DoubleBlocks.find((double[]) a, o, n, Double.longBitsToDouble(value));
      case I32 -> IntBlocks.find((int[]) a, o, n, (int) value);
      case I64 -> LongBlocks.find((long[]) a, o, n, value);
    };
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }
}
