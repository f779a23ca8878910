package io.gradus.backend.cpu.elementwise;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.EncodedScalars;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarMeaning;
import io.gradus.tensor.layout.Shape;
import java.util.HashMap;
import java.util.Map;

/** Evaluates programs one element at a time, as {@link ScalarMeaning} defines them. */
final class Interpreter {
  private Interpreter() {}

  /** The encoded values of all outputs, each rounded to the dtype it is stored in. */
  static long[][] run(Program program, Operand[] in, Shape shape, DType[] out, long[] params) {
    int n = Math.toIntExact(shape.numel());
    long[][] result = new long[out.length][n];
    for (int e = 0; e < n; e++) {
      Map<Expr, Long> value = new HashMap<>();
      for (Expr x : ExprGraph.postOrder(program.outputs())) {
        value.put(x, eval(x, value, in, shape, e, params));
      }
      for (int j = 0; j < out.length; j++) {
        Expr x = program.outputs().get(j);
        result[j][e] = EncodedScalars.cast(out[j], x.type(), value.get(x));
      }
    }
    return result;
  }

  private static long eval(
      Expr e, Map<Expr, Long> value, Operand[] in, Shape shape, long at, long[] params) {
    return switch (e) {
      case Expr.Input x -> read(in[x.index()], at);
      case Expr.Const x -> encode(x.type(), x.bits());
      case Expr.Param x -> encode(x.type(), params[x.index()]);
      case Expr.Index x -> {
        long rest = at;
        for (int d = shape.rank() - 1; d > x.axis(); d--) {
          rest /= shape.size(d);
        }
        yield rest % shape.size(x.axis());
      }
      case Expr.Cast x -> EncodedScalars.cast(x.to(), x.arg().type(), value.get(x.arg()));
      case Expr.Apply x -> {
        int arity = x.op().arity();
        yield EncodedScalars.apply(
            x.op(),
            x.operandType(),
            value.get(x.arg(0)),
            arity > 1 ? value.get(x.arg(1)) : 0,
            arity > 2 ? value.get(x.arg(2)) : 0);
      }
      case Expr.Reduced x -> throw new IllegalArgumentException("only in Rows");
    };
  }

  private static long encode(ComputeType type, long bits) {
    return type == ComputeType.F32
        ? Float.floatToRawIntBits((float) Double.longBitsToDouble(bits))
        : bits;
  }

  /** The encoded value of an element. */
  static long read(Operand o, long linear) {
    int p = (int) o.layout().at(linear);
    Object a = CpuStorage.array(o);
    return switch (o.dtype()) {
      case F32 -> Float.floatToRawIntBits(((float[]) a)[p]);
      case F64 -> Double.doubleToRawLongBits(((double[]) a)[p]);
      case I32 -> ((int[]) a)[p];
      case I64 -> ((long[]) a)[p];
      case F16 -> Float.floatToRawIntBits(Float.float16ToFloat(((short[]) a)[p]));
      case BF16 -> Float.floatToRawIntBits(BFloat16.toFloat(((short[]) a)[p]));
      case I16 -> ((short[]) a)[p];
      case I8, BOOL -> ((byte[]) a)[p];
      case U8 -> ((byte[]) a)[p] & 0xff;
    };
  }

  /** Whether two encoded values are the same number; all NaN are. */
  static boolean same(ComputeType type, long a, long b) {
    return switch (type) {
      case F32 ->
          Float.floatToIntBits(Float.intBitsToFloat((int) a))
              == Float.floatToIntBits(Float.intBitsToFloat((int) b));
      case F64 ->
          Double.doubleToLongBits(Double.longBitsToDouble(a))
              == Double.doubleToLongBits(Double.longBitsToDouble(b));
      case I32, I64 -> a == b;
    };
  }
}
