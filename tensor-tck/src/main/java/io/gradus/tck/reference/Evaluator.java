package io.gradus.tck.reference;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarMeaning;
import io.gradus.tensor.layout.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Evaluates a program at one coordinate. */
final class Evaluator {
  private final Program program;
  private final List<Expr> order;
  private final Operand[] in;
  private final long[] params;
  private final Shape shape;
  private final Map<Expr, Long> values = new HashMap<>();

  /** Results of earlier stages, for {@link Expr.Reduced}. */
  final long[] reduced;

  Evaluator(Program program, Operand[] in, Shape shape, long[] params, int stages) {
    this.program = program;
    this.order = ExprGraph.postOrder(program.outputs());
    this.in = in;
    this.shape = shape;
    this.params = params;
    this.reduced = new long[stages];
  }

  /** Computes all outputs at a row-major position; read them with {@link #output}. */
  void at(long linear) {
    values.clear();
    for (Expr e : order) {
      values.put(e, value(e, linear));
    }
  }

  /** Output {@code j} at the last position, encoded. */
  long output(int j) {
    return get(program.outputs().get(j));
  }

  private long get(Expr e) {
    Long v = values.get(e);
    if (v == null) {
      throw new IllegalStateException("no value for " + e);
    }
    return v;
  }

  private long value(Expr e, long linear) {
    return switch (e) {
      case Expr.Input x -> ReferenceStorage.get(in[x.index()], linear);
      case Expr.Param x -> number(x.type(), params[x.index()]);
      case Expr.Const x -> number(x.type(), x.bits());
      case Expr.Index x -> coordinate(linear, x.axis());
      case Expr.Reduced x -> reduced[x.stage()];
      case Expr.Cast x -> ScalarMeaning.cast(x.to(), x.arg().type(), get(x.arg()));
      case Expr.Apply x ->
          ScalarMeaning.apply(
              x.op(),
              x.operandType(),
              get(x.arg(0)),
              x.op().arity() > 1 ? get(x.arg(1)) : 0,
              x.op().arity() > 2 ? get(x.arg(2)) : 0);
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
