package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.elementwise.RowCode;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.backend.cpu.runs.Walk;
import io.gradus.tensor.backend.Lowering;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link Kernel.Rows}: each row goes through all stages while it is in the nearest cache; a
 * row that does not fit there is read once for each stage.
 *
 * <p>Where the reduced axes are not the innermost ones in memory, stage after stage over the whole
 * is faster ({@link Lowering}).
 */
public final class RowsKernels {
  private static final int GRAIN = 1 << 14;

  private final RowsPlan plan;
  private final RowCode.Binding binding;
  private final List<ReduceOp> ops;
  private final long rows;
  private final int length;
  private final @Nullable Walk[] narrow;
  private final boolean isAnyFull;

  /** Runs the kernel to its end. */
  public static void run(Kernel.Rows k) {
    if (SoftmaxRows.run(k) || LayerNormRows.run(k)) {
      return;
    }
    Shape shape = k.in()[0].layout().shape();
    AxisOrder order = AxisOrder.of(k.in(), k.axes(), true);
    boolean[] full = new boolean[k.out().length];
    for (int j = 0; j < full.length; j++) {
      full[j] = k.out()[j].layout().numel() == shape.numel() && order.reduced() > 1;
    }
    RowsPlan plan =
        shape.numel() == 0 || order.inner() != 1 || order.reduced() > Integer.MAX_VALUE
            ? null
            : RowsPlan.of(order.apply(k.program()), k.reductions(), perRow(k));
    if (plan == null || !plan.fits(full)) {
      Lowering.rows(k.in()[0].storage().device(), k);
    } else {
      new RowsKernels(k, order, plan, full).run();
    }
  }

  /** For each input whether it is the same all along the reduced axes. */
  private static boolean[] perRow(Kernel.Rows k) {
    boolean[] perRow = new boolean[k.in().length];
    for (int i = 0; i < perRow.length; i++) {
      Layout l = k.in()[i].layout();
      perRow[i] = true;
      for (int d = 0; d < l.rank(); d++) {
        perRow[i] &= !k.axes()[d] || l.stride(d) == 0 || l.size(d) == 1;
      }
    }
    return perRow;
  }

  private RowsKernels(Kernel.Rows k, AxisOrder order, RowsPlan plan, boolean[] full) {
    this.plan = plan;
    this.ops = k.reductions();
    this.rows = order.outer();
    this.length = (int) order.reduced();
    Operand[] in = new Operand[k.in().length];
    for (int i = 0; i < in.length; i++) {
      in[i] = k.in()[i].with(order.apply(k.in()[i].layout()));
    }
    @Nullable Operand[] out = new Operand[full.length];
    this.narrow = new Walk[full.length];
    boolean any = false;
    for (int j = 0; j < full.length; j++) {
      Operand o = k.out()[j].with(order.apply(k.out()[j].layout()));
      out[j] = full[j] ? o : null;
      narrow[j] = full[j] ? null : new Walk(o);
      any |= full[j];
    }
    this.isAnyFull = any;
    this.binding = plan.code().bind(in, out, in[0].layout().shape(), k.params());
  }

  private void run() {
    if (length > Blocks.SIZE) {
      for (long row = 0; row < rows; row++) {
        longRow(row);
      }
      return;
    }
    Workers.run(
        rows,
        Math.max(1, GRAIN / length),
        (from, to) -> {
          RowCode.Frame frame = binding.frame(length);
          for (long row = from; row < to; row++) {
            frame.load(row * length, length);
            for (int s = 0; s < plan.stages(); s++) {
              frame.give(s, reduce(frame, s));
            }
            finish(frame, row);
          }
        });
  }

  private void finish(RowCode.Frame frame, long row) {
    if (isAnyFull) {
      frame.finish();
    } else {
      frame.finishUniform();
    }
    storeNarrow(frame, row);
  }

  private void storeNarrow(RowCode.Frame frame, long row) {
    for (int j = 0; j < narrow.length; j++) {
      Walk walk = narrow[j];
      if (walk != null) {
        walk.store(frame.type(j), frame.uniformValue(j), 0, row, 1);
      }
    }
  }

  /** What a stage makes of a row. */
  private long reduce(RowCode.Frame frame, int stage) {
    ReduceOp op = ops.get(stage);
    if (op == ReduceOp.SUM && frame.computeFactors(stage)) {
      return products(frame, stage, length);
    }
    frame.compute(stage);
    ComputeType type = plan.type(stage);
    Object array = frame.array(stage);
    int at = frame.at(stage);
    long value = Blocks.reduce(op, type, array, at, length);
    return Blocks.isPosition(op) ? Blocks.find(type, array, at, length, value) : value;
  }

  private static long products(RowCode.Frame frame, int stage, int n) {
    return Params.of(
        FloatBlocks.sumOfProducts(
            frame.factor(stage, 0),
            frame.factorAt(stage, 0),
            frame.factor(stage, 1),
            frame.factorAt(stage, 1),
            n));
  }

  /** A row in blocks, which threads share. */
  private void longRow(long row) {
    int stages = plan.stages();
    int blocks = (length + Blocks.SIZE - 1) / Blocks.SIZE;
    long[] given = new long[stages];
    long start = row * length;
    for (int s = 0; s < stages; s++) {
      int stage = s;
      long[] partial = new long[blocks];
      long[] positions = new long[Blocks.isPosition(ops.get(s)) ? blocks : 0];
      blocks(
          blocks,
          (frame, b, n) -> {
            long first = (long) b * Blocks.SIZE;
            load(frame, start + first, n, stage, given);
            ReduceOp op = ops.get(stage);
            if (op == ReduceOp.SUM && frame.computeFactors(stage)) {
              partial[b] = products(frame, stage, n);
              return;
            }
            frame.compute(stage);
            ComputeType type = plan.type(stage);
            Object array = frame.array(stage);
            int at = frame.at(stage);
            partial[b] = Blocks.reduce(op, type, array, at, n);
            if (positions.length > 0) {
              positions[b] = first + Blocks.find(type, array, at, n, partial[b]);
            }
          });
      given[s] = Blocks.combineAll(ops.get(s), plan.type(s), partial, positions);
      given[s] = rounded(plan.resultType(s), given[s]);
    }
    RowCode.Frame one = binding.frame(Blocks.SIZE);
    load(one, start, Math.min(length, Blocks.SIZE), stages, given);
    one.finishUniform();
    storeNarrow(one, row);
    if (isAnyFull) {
      blocks(
          blocks,
          (frame, b, n) -> {
            load(frame, start + (long) b * Blocks.SIZE, n, stages, given);
            frame.finish();
          });
    }
  }

  private static long rounded(ComputeType type, long value) {
    Object one = Runs.array(type, 1);
    Runs.set(type, one, 0, value);
    return Runs.get(type, one, 0);
  }

  private static void load(RowCode.Frame frame, long from, int n, int known, long[] given) {
    frame.load(from, n);
    for (int s = 0; s < known; s++) {
      frame.give(s, given[s]);
    }
  }

  private interface Block {
    void run(RowCode.Frame frame, int block, int n);
  }

  private void blocks(int count, Block body) {
    Workers.run(
        count,
        GRAIN / Blocks.SIZE,
        (from, to) -> {
          RowCode.Frame frame = binding.frame(Blocks.SIZE);
          for (int b = (int) from; b < to; b++) {
            body.run(frame, b, Math.min(Blocks.SIZE, length - b * Blocks.SIZE));
          }
        });
  }
}
