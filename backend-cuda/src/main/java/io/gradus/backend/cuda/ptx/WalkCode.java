package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import java.util.List;

/**
 * From a position to coordinates and from those to element offsets; sizes and strides are arguments
 * of the launch.
 */
final class WalkCode {
  private final IndexMath math;
  private final int rank;
  private final IndexMath.Divisor[] divisors;
  private final Value[][] strides;

  /** Declares the parameters that {@link #arguments} gives. */
  WalkCode(IndexMath math, int rank, int operands) {
    this.math = math;
    this.rank = rank;
    this.divisors = new IndexMath.Divisor[rank];
    for (int d = 1; d < rank; d++) {
      divisors[d] = math.divisor();
    }
    this.strides = new Value[operands][rank];
    for (Value[] steps : strides) {
      for (int d = 0; d < rank; d++) {
        steps[d] = math.parameter();
      }
    }
  }

  static void arguments(List<Argument> to, Walk walk, boolean wide) {
    arguments(to, walk, wide, 1);
  }

  /**
   * The arguments of a walk in steps of several elements along the innermost axis.
   *
   * @param vector divides the innermost size; strides there become those of a step
   */
  static void arguments(List<Argument> to, Walk walk, boolean wide, int vector) {
    int last = walk.rank() - 1;
    for (int d = 1; d <= last; d++) {
      IndexMath.arguments(to, wide, walk.sizes()[d] / (d == last ? vector : 1));
    }
    for (long[] steps : walk.strides()) {
      for (int d = 0; d <= last; d++) {
        to.add(IndexMath.argument(wide, steps[d] * (d == last ? vector : 1)));
      }
    }
  }

  /** The coordinates of a row-major position. */
  Value[] coordinates(Value position) {
    Value[] at = new Value[rank];
    Value rest = position;
    for (int d = rank - 1; d > 0; d--) {
      IndexMath.Division division = math.divide(rest, divisors[d]);
      at[d] = division.rest();
      rest = division.quotient();
    }
    at[0] = rest;
    return at;
  }

  /** The element offset of an operand at coordinates. */
  Value offset(int operand, Value[] at) {
    Value sum = math.mul(at[0], strides[operand][0]);
    for (int d = 1; d < rank; d++) {
      sum = math.mulAdd(at[d], strides[operand][d], sum);
    }
    return sum;
  }

  /** The element offset of an operand at coordinates, beyond another offset. */
  Value offset(int operand, Value[] at, Value from) {
    Value sum = from;
    for (int d = 0; d < rank; d++) {
      sum = math.mulAdd(at[d], strides[operand][d], sum);
    }
    return sum;
  }
}
