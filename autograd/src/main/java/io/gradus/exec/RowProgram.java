package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.RowFormulas;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A chain of reductions and maps over the same axes for {@code f32} and {@code f64}.
 *
 * @param reductions how the first outputs of the programs are reduced
 * @param kept for each further output whether it has one value a row rather than one an element
 */
record RowProgram(List<ReduceOp> reductions, boolean[] kept, Map<ComputeType, Program> programs) {
  static RowProgram of(
      int inputs,
      List<ReduceOp> reductions,
      boolean[] kept,
      Function<ComputeType, List<Expr>> body) {
    Map<ComputeType, Program> programs = new EnumMap<>(ComputeType.class);
    for (ComputeType t : List.of(ComputeType.F32, ComputeType.F64)) {
      programs.put(t, Program.of(Collections.nCopies(inputs, t), body.apply(t)));
    }
    return new RowProgram(reductions, kept, programs);
  }

  /** What a formula says, for both types. */
  static RowProgram of(boolean[] kept, Function<ComputeType, RowFormulas> formula) {
    Map<ComputeType, Program> programs = new EnumMap<>(ComputeType.class);
    for (ComputeType t : List.of(ComputeType.F32, ComputeType.F64)) {
      programs.put(t, formula.apply(t).program());
    }
    return new RowProgram(formula.apply(ComputeType.F32).reductions(), kept, programs);
  }

  /** Runs on tensors of one floating dtype that broadcast to {@code shape}; no history. */
  Tensor[] run(Tensor[] in, Shape shape, boolean[] axes, long... params) {
    DType dtype = in[0].dtype();
    Device device = in[0].device();
    Operand[] operands = new Operand[in.length];
    for (int i = 0; i < in.length; i++) {
      Operand x = Internals.operand(in[i]);
      operands[i] = x.with(Broadcasting.expand("rows", x.layout(), shape));
    }
    Operand[] outs = new Operand[kept.length];
    Tensor[] results = new Tensor[kept.length];
    for (int j = 0; j < outs.length; j++) {
      outs[j] = Allocation.of(device, dtype, kept[j] ? shape.keeping(axes) : shape);
      results[j] = Internals.fresh(outs[j]);
    }
    Program program = programs.get(dtype.compute());
    if (program == null) {
      throw new IllegalStateException("not a floating dtype: " + dtype);
    }
    Primitives.run(device, new Kernel.Rows(reductions, program, operands, axes, outs, params));
    return results;
  }
}
