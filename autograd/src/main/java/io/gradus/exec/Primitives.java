package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.fusion.Fused;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Lowering;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kernels other than pointwise ones as functions of tensors: allocate and run, no history.
 *
 * <p>The callers have checked shapes and dtypes; they record.
 */
public final class Primitives {
  private static final Operand[] NO_OPERANDS = {};
  private static final Map<ComputeType, Map<DType, Program>> CASTS =
      new EnumMap<>(ComputeType.class);
  private static final Map<ComputeType, Program> SUMS = new EnumMap<>(ComputeType.class);

  static {
    for (ComputeType from : ComputeType.values()) {
      Map<DType, Program> to = new EnumMap<>(DType.class);
      for (DType t : DType.values()) {
        to.put(t, Program.of(List.of(from), Expr.cast(t, Expr.input(0, from))));
      }
      CASTS.put(from, to);
      Expr sum = Expr.of(ScalarOp.ADD, Expr.input(0, from), Expr.input(1, from));
      SUMS.put(from, Program.of(List.of(from, from), sum));
    }
  }

  private Primitives() {}

  /** Runs a kernel, also where the device knows it only in parts. */
  static void run(Device device, Kernel kernel) {
    Lowering.run(device, kernel);
  }

  /** The program that converts its only input. */
  static Program cast(ComputeType from, DType to) {
    Map<DType, Program> casts = CASTS.get(from);
    Program p = casts == null ? null : casts.get(to);
    if (p == null) {
      throw new IllegalStateException("no cast from " + from + " to " + to);
    }
    return p;
  }

  /**
   * A reduction of a tensor, the reduced dimensions kept with size 1.
   *
   * @param accumulate the compute type to reduce in
   * @param result dtype of the result
   */
  public static Tensor reduce(
      ReduceOp op, Tensor t, boolean[] axes, ComputeType accumulate, DType result) {
    Program prologue = cast(t.dtype().compute(), accumulate.dtype());
    return reduce(op, prologue, new Tensor[] {t}, t.shape(), axes, result, Params.NONE);
  }

  /** A reduction of what a program computes of tensors that broadcast to {@code shape}. */
  public static Tensor reduce(
      ReduceOp op,
      Program prologue,
      Tensor[] in,
      Shape shape,
      boolean[] axes,
      DType result,
      long[] params) {
    Device device = in[0].device();
    Operand out = Allocation.of(device, result, shape.keeping(axes));
    Fused.reduce(device, op, prologue, expanded(in, shape), axes, out, params);
    return Internals.fresh(out);
  }

  /** What a program computes of tensors that broadcast to {@code shape}. */
  static Tensor map(Program program, Tensor[] in, Shape shape, DType result, long[] params) {
    Device device = in[0].device();
    Operand[] operands = expanded(in, shape);
    Operand out = Allocation.pointwise(device, result, shape, operands);
    Fused.elementwise(device, program, operands, new Operand[] {out}, params);
    return Internals.fresh(out);
  }

  private static Operand[] expanded(Tensor[] in, Shape shape) {
    Operand[] operands = new Operand[in.length];
    for (int i = 0; i < in.length; i++) {
      Operand x = Internals.late(in[i]);
      operands[i] = x.with(Broadcasting.expand("reduce", x.layout(), shape));
    }
    return operands;
  }

  /**
   * {@code alpha * (a x b)} of tensors of one dtype and equal batch dimensions, each of rank 2 or
   * more.
   */
  public static Tensor contract(Tensor a, Tensor b, double alpha) {
    return contract(a, b, null, alpha, 0);
  }

  /**
   * {@code alpha * (a x b) + beta * c}.
   *
   * @param c broadcasts to the shape of the result; null for none
   */
  public static Tensor contract(Tensor a, Tensor b, @Nullable Tensor c, double alpha, double beta) {
    Operand x = Internals.operand(a);
    Operand y = Internals.operand(b);
    int rank = x.layout().rank();
    Shape shape = x.layout().shape().with(rank - 1, y.layout().size(rank - 1));
    Device device = x.storage().device();
    Operand out = Allocation.of(device, x.dtype(), shape);
    Program epilogue = null;
    Operand[] operands = NO_OPERANDS;
    double old = 0;
    if (c != null && beta != 0) {
      Operand from = Internals.operand(c);
      Operand wide = from.with(Broadcasting.expand("addmm", from.layout(), shape));
      if (alpha == 1 && beta == 1) {
        epilogue = SUMS.get(x.dtype().compute());
        operands = new Operand[] {wide};
      } else {
        device.run(cast(from.dtype().compute(), x.dtype()), wide, out);
        old = beta;
      }
    }
    device.run(new Kernel.Contract(x, y, out, alpha, old, epilogue, operands, Params.NONE));
    return Internals.fresh(out);
  }

  /** {@code in} at positions along an axis; see {@link Kernel.Gather}. */
  public static Tensor gather(Tensor in, int axis, Tensor index) {
    return gather(in, axis, Internals.operand(index));
  }

  /** As {@link #gather(Tensor, int, Tensor)} with an index that may repeat (stride 0). */
  public static Tensor gather(Tensor in, int axis, Operand index) {
    Operand from = Internals.operand(in);
    Device device = in.device();
    Operand out = Allocation.of(device, in.dtype(), index.layout().shape());
    Layout clipped = clip(from.layout(), index.layout().shape(), axis);
    device.run(new Kernel.Gather(from.with(clipped), index, axis, out));
    return Internals.fresh(out);
  }

  /** Gather may look at a corner of its operand: all but {@code axis} cut to the index's sizes. */
  static Layout clip(Layout in, Shape index, int axis) {
    long[] sizes = index.toArray();
    if (sizes.length > 0) {
      sizes[axis] = in.size(axis);
    }
    return Layout.of(Shape.of(sizes), in.strides(), in.offset());
  }
}
