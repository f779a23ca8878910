package io.gradus.tck.reference;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.EncodedScalars;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Shape;
import java.util.HashMap;
import java.util.Map;

/** Evaluates a program at one coordinate. */
final class Evaluator {
  private final Expr[] order;
  private final int[][] arguments;
  private final int[] outputs;
  private final Operand[] in;
  private final long[] params;
  private final Shape shape;
  private final long[] values;

  /** Results of earlier stages, for {@link Expr.Reduced}. */
  final long[] reduced;

  Evaluator(Program program, Operand[] in, Shape shape, long[] params, int stages) {
    this.order = ExprGraph.postOrder(program.outputs()).toArray(Expr[]::new);
    this.arguments = new int[order.length][];
    this.values = new long[order.length];
    Map<Expr, Integer> places = new HashMap<>();
    for (int k = 0; k < order.length; k++) {
      arguments[k] = arguments(order[k], places);
      places.put(order[k], k);
    }
    this.outputs = program.outputs().stream().mapToInt(e -> place(e, places)).toArray();
    this.in = in;
    this.shape = shape;
    this.params = params;
    this.reduced = new long[stages];
  }

  /** Computes all outputs at a row-major position; read them with {@link #output}. */
  void at(long linear) {
    for (int k = 0; k < order.length; k++) {
      values[k] = value(order[k], arguments[k], linear);
    }
  }

  /** Output {@code j} at the last position, encoded. */
  long output(int j) {
    return values[outputs[j]];
  }

  private static int place(Expr e, Map<Expr, Integer> places) {
    Integer place = places.get(e);
    if (place == null) {
      throw new IllegalStateException("no value for " + e);
    }
    return place;
  }

  private static int[] arguments(Expr e, Map<Expr, Integer> places) {
    return switch (e) {
      case Expr.Apply x -> {
        int[] at = new int[3];
        for (int k = 0; k < x.op().arity(); k++) {
          at[k] = place(x.arg(k), places);
        }
        yield at;
      }
      case Expr.Cast x -> new int[] {place(x.arg(), places)};
      case Expr.Input x -> new int[0];
      case Expr.Param x -> new int[0];
      case Expr.Const x -> new int[0];
      case Expr.Index x -> new int[0];
      case Expr.Reduced x -> new int[0];
    };
  }

  private long value(Expr e, int[] from, long linear) {
    return switch (e) {
      case Expr.Input x -> ReferenceStorage.get(in[x.index()], linear);
      case Expr.Param x -> number(x.type(), params[x.index()]);
      case Expr.Const x -> number(x.type(), x.bits());
      case Expr.Index x -> coordinate(linear, x.axis());
      case Expr.Reduced x -> reduced[x.stage()];
      case Expr.Cast x -> EncodedScalars.cast(x.to(), x.arg().type(), values[from[0]]);
      case Expr.Apply x ->
          EncodedScalars.apply(
              x.op(), x.operandType(), values[from[0]], values[from[1]], values[from[2]]);
    };
  }

  /** From the encoding of params and constants to that of values. */
  private static long number(ComputeType type, long bits) {
    return switch (type) {
      case F32 -> Float.floatToRawIntBits((float) Double.longBitsToDouble(bits));
      case F64, I64 -> bits;
      case I32 -> (int) bits;
    };
  }

  private long coordinate(long linear, int axis) {
    long rest = linear;
    for (int d = shape.rank() - 1; d > axis; d--) {
      rest /= shape.size(d);
    }
    return rest % shape.size(axis);
  }
}
