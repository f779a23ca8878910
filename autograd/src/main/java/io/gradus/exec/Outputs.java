package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.fusion.Fused;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.op.Arithmetic;
import io.gradus.op.MapOp;
import io.gradus.op.MapProgram;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Shape;

/** Results written into a tensor that the caller provides; never recorded. */
public final class Outputs {
  private Outputs() {}

  /** Writes {@code op(in, numbers)} into {@code out}, which only an empty one is resized for. */
  public static Tensor map(MapOp op, Tensor out, Tensor[] in, Scalar... numbers) {
    String name = op.name();
    checkNotRecorded(name, out, Record.wanted(in));
    Call call = Call.of(op, in, numbers);
    DType common = op.common(call.promoted());
    InPlace.checkCast(name, op.result(common), out.dtype());
    checkPlace(name, out, call.shape(), call.device().name());
    InPlace.checkWritable(name, out, false);
    if (out.shape().equals(call.shape())) {
      InPlace.checkOverlap(name, out, call.tensors());
    }
    Conditions.checkDivisor(op, in, numbers, common);
    long[] params = Executor.params(op, numbers, common);
    MapProgram p = op.program(call.dtypes(), common, out.dtype());
    Operand to = resized(out, call.shape());
    Fused.elementwise(call.device(), p.program(), call.expanded(), new Operand[] {to}, params);
    InPlace.written(out, null);
    return out;
  }

  /** Copies a result that was computed for it into {@code out}. */
  public static Tensor assign(Tensor out, Tensor result) {
    assign(new Tensor[] {out}, new Tensor[] {result});
    return out;
  }

  /** Copies several results, each into its target, after all of them are checked. */
  public static void assign(Tensor[] targets, Tensor[] results) {
    String name = "out";
    for (int i = 0; i < targets.length; i++) {
      Tensor result = results[i];
      checkNotRecorded(name, targets[i], result.requiresGrad() && GradMode.isEnabled());
      InPlace.checkCast(name, result.dtype(), targets[i].dtype());
      checkPlace(name, targets[i], result.shape(), result.device().name());
      InPlace.checkWritable(name, targets[i], false);
      if (targets[i].shape().equals(result.shape())) {
        InPlace.checkOverlap(name, targets[i]);
      }
    }
    for (int i = 0; i < targets.length; i++) {
      Tensor result = results[i].detach();
      // A view of the target would be read while it is written.
      Tensor own = result.sameStorage(targets[i]) ? result.clone() : result;
      resized(targets[i], result.shape());
      InPlace.copy(Arithmetic.COPY, targets[i], own);
    }
  }

  private static void checkNotRecorded(String name, Tensor out, boolean recorded) {
    if (recorded || Record.wanted(out)) {
      throw new AutogradException(
          "[%s] functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad; do it inside noGrad, or without out."
              .formatted(name));
    }
  }

  private static void checkPlace(String name, Tensor out, Shape shape, String device) {
    if (!out.device().name().equals(device)) {
      throw new DeviceException(
          "[%s] Expected all tensors to be on the same device, but found at least two devices, %s and %s!; the output must be where the operands are."
              .formatted(name, out.device().name(), device));
    }
    if (!out.shape().equals(shape) && out.numel() != 0) {
      throw new ShapeException(
          "[%s] output with shape %s doesn't match the broadcast shape %s; only an empty output is resized."
              .formatted(name, out.shape(), shape));
    }
  }

  private static Operand resized(Tensor out, Shape shape) {
    if (!out.shape().equals(shape)) {
      Internals.setOperand(out, Allocation.of(out.device(), out.dtype(), shape));
    }
    return Internals.writable(out);
  }
}
