package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.runs.Evaluation;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.backend.cpu.runs.Walk;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;

/** Runs {@link Kernel.Reduce}. */
public final class ReduceKernels {
  private ReduceKernels() {}

  /** Runs the kernel to its end. */
  public static void run(Kernel.Reduce k) {
    long results = k.out().layout().numel();
    if (results == 0) {
      return;
    }
    AxisOrder order = AxisOrder.of(k.in(), k.axes(), Blocks.isPosition(k.op()));
    Operand[] in = new Operand[k.in().length];
    for (int i = 0; i < in.length; i++) {
      in[i] = k.in()[i].with(order.apply(k.in()[i].layout()));
    }
    Walk out = new Walk(k.out().with(order.apply(k.out().layout())));
    Evaluation prologue =
        new Evaluation(order.apply(k.prologue()), in, in[0].layout().shape(), k.params());
    if (order.reduced() == 0) {
      ComputeType type = Blocks.resultType(k.op(), prologue.type(0));
      Object value = Runs.array(type, 1);
      Runs.set(type, value, 0, Blocks.identity(k.op(), type));
      for (long i = 0; i < results; i++) {
        out.store(type, value, 0, i, 1);
      }
    } else if (order.inner() == 1) {
      new RowReduction(k.op(), prologue, order.outer(), order.reduced()).run(out);
    } else {
      new ColumnReduction(k.op(), prologue, order, NormWeights.of(k, order)).run(out);
    }
  }
}
