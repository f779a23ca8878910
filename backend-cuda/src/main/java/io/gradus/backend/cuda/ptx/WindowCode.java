package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where windows lie on the spatial axes of an input: {@code x = y * stride + u * dilation -
 * padding}, of which every {@code inputDilation}-th is an element.
 */
final class WindowCode {
  private final PtxCode code;
  private final IndexMath math;
  private final Axis[] axes;

  /** One spatial axis' numbers. */
  private record Axis(
      Value stride,
      Value padding,
      Value dilation,
      Value size,
      Value step,
      IndexMath.@Nullable Divisor spread) {}

  /** Declares the parameters that {@link #arguments} gives, axis by axis. */
  WindowCode(PtxCode code, IndexMath math, int spatial, boolean spread) {
    this.code = code;
    this.math = math;
    this.axes = new Axis[spatial];
    for (int d = 0; d < spatial; d++) {
      axes[d] =
          new Axis(
              math.parameter(),
              math.parameter(),
              math.parameter(),
              math.parameter(),
              math.parameter(),
              spread ? math.divisor() : null);
    }
  }

  /**
   * The arguments of an axis.
   *
   * @param size of the input along it
   * @param step its stride in memory
   * @param inputDilation 0 where there is none on any axis
   */
  static void arguments(
      List<Argument> to,
      boolean wide,
      int stride,
      int padding,
      int dilation,
      long size,
      long step,
      int inputDilation) {
    for (long number : new long[] {stride, padding, dilation, size, step}) {
      to.add(IndexMath.argument(wide, number));
    }
    if (inputDilation > 0) {
      IndexMath.arguments(to, wide, inputDilation);
    }
  }

  /** The first position of each axis for an output coordinate. */
  Value[] starts(Value[] y) {
    Value[] starts = new Value[axes.length];
    for (int d = 0; d < axes.length; d++) {
      starts[d] =
          math.sub(math.mul(y[y.length - axes.length + d], axes[d].stride), axes[d].padding);
    }
    return starts;
  }

  /**
   * An element under a window.
   *
   * @param inside a predicate: whether it exists
   * @param offset in memory, from the first spatial element
   * @param place row-major among the spatial axes
   */
  record Tap(Value inside, Value offset, Value place) {}

  /** The element for a window coordinate. */
  Tap tap(Value[] starts, Value[] u) {
    Value inside = code.pred("setp.eq.s32", Value.of(0), Value.of(0));
    Value offset = math.number(0);
    Value place = math.number(0);
    for (int d = 0; d < axes.length; d++) {
      Axis axis = axes[d];
      Value x = math.mulAdd(u[u.length - axes.length + d], axis.dilation, starts[d]);
      IndexMath.Divisor spread = axis.spread;
      if (spread != null) {
        // What is negative is divided as the 0 that it is not.
        Value zero = math.number(0);
        Value negative =
            code.pred(math.type() == RegisterType.B64 ? "setp.lt.s64" : "setp.lt.s32", x, zero);
        IndexMath.Division division = math.divide(code.select(negative, zero, x), spread);
        Value between = math.atLeast(division.rest(), math.number(1));
        Value none = code.op(RegisterType.PRED, "or.pred", negative, between);
        x = code.select(none, axis.size, division.quotient());
      }
      // As a number without sign a negative position is large.
      inside = code.op(RegisterType.PRED, "and.pred", inside, math.less(x, axis.size));
      offset = math.mulAdd(x, axis.step, offset);
      place = math.mulAdd(place, axis.size, x);
    }
    return new Tap(inside, offset, place);
  }
}
