package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Evaluation;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.backend.cpu.runs.Walk;
import io.gradus.tensor.backend.Lowering;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link Kernel.Rows}: as many rows at a time as fit a tile go through all stages while they
 * are in the nearest cache.
 *
 * <p>Where the reduced axes are not the innermost ones in memory, stage after stage over the whole
 * is faster ({@link Lowering}).
 */
public final class RowsKernels {
  private static final int GRAIN = 1 << 14;

  private final Kernel.Rows kernel;
  private final long rows;
  private final int length;
  private final int stages;
  private final Evaluation[] reductions;
  private final RowReduction[] rowReductions;
  private final ComputeType[] types;
  private final Maps narrow;
  private final Maps full;

  /** Runs the kernel to its end. */
  public static void run(Kernel.Rows k) {
    Shape shape = k.in()[0].layout().shape();
    AxisOrder order = AxisOrder.of(k.in(), k.axes(), true);
    if (shape.numel() == 0
        || order.inner() != 1
        || order.reduced() > Integer.MAX_VALUE
        || order.reduced() > Evaluation.TILE && order.outer() < 4) {
      Lowering.rows(k.in()[0].storage().device(), k);
      return;
    }
    new RowsKernels(k, order).run();
  }

  /** The outputs of one shape, computed together. */
  private record Maps(@Nullable Evaluation evaluation, Walk[] out) {}

  private RowsKernels(Kernel.Rows k, AxisOrder order) {
    this.kernel = k;
    this.rows = order.outer();
    this.length = (int) order.reduced();
    this.stages = k.reductions().size();
    Program program = order.apply(k.program());
    List<ComputeType> inputs = new ArrayList<>(program.inputs());
    int bound = inputs.size();
    List<Expr> exprs =
        ExprGraph.substitute(
            program.outputs(),
            e -> e instanceof Expr.Reduced r ? Expr.input(bound + r.stage(), r.type()) : null);
    @Nullable Operand[] in = new Operand[bound + stages];
    for (int i = 0; i < bound; i++) {
      in[i] = k.in()[i].with(order.apply(k.in()[i].layout()));
    }
    this.types = new ComputeType[stages];
    for (int s = 0; s < stages; s++) {
      types[s] = Blocks.resultType(k.reductions().get(s), exprs.get(s).type());
      inputs.add(types[s]);
    }
    Shape shape = order.apply(k.in()[0].layout()).shape();
    this.reductions = new Evaluation[stages];
    this.rowReductions = new RowReduction[stages];
    for (int s = 0; s < stages; s++) {
      reductions[s] = new Evaluation(Program.of(inputs, exprs.get(s)), in, shape, k.params());
    }
    for (int s = 0; s < stages; s++) {
      rowReductions[s] = new RowReduction(k.reductions().get(s), reductions[s], rows, length);
    }
    this.full = maps(order, exprs, inputs, in, shape, true);
    this.narrow = maps(order, exprs, inputs, in, shape, false);
  }

  private Maps maps(
      AxisOrder order,
      List<Expr> exprs,
      List<ComputeType> inputs,
      @Nullable Operand[] in,
      Shape shape,
      boolean wantFull) {
    List<Expr> chosen = new ArrayList<>();
    List<Walk> out = new ArrayList<>();
    for (int j = 0; j < kernel.out().length; j++) {
      Operand o = kernel.out()[j];
      boolean isFull = o.layout().numel() == rows * length;
      if (isFull == wantFull) {
        chosen.add(exprs.get(stages + j));
        out.add(new Walk(o.with(order.apply(o.layout()))));
      }
    }
    if (chosen.isEmpty()) {
      return new Maps(null, new Walk[0]);
    }
    Shape kept = shape;
    @Nullable Operand[] operands = in.clone();
    if (!wantFull) {
      for (int d = 0; d < shape.rank(); d++) {
        kept = kernel.axes()[order.order()[d]] ? kept.with(d, 1) : kept;
      }
      for (int i = 0; i < in.length; i++) {
        Operand o = in[i];
        operands[i] =
            o == null ? null : o.with(Layout.of(kept, o.layout().strides(), o.layout().offset()));
      }
    }
    return new Maps(
        new Evaluation(Program.of(inputs, chosen), operands, kept, kernel.params()),
        out.toArray(Walk[]::new));
  }

  private void run() {
    int many = Math.max(1, Evaluation.TILE / length);
    long pieces = (rows + many - 1) / many;
    Workers.run(
        pieces,
        Math.max(1, GRAIN / ((long) many * length)),
        (from, to) -> {
          Piece piece = new Piece(many);
          for (long p = from; p < to; p++) {
            piece.run(p * many, (int) Math.min(many, rows - p * many));
          }
        });
  }

  /** Some neighbouring rows, and one thread's arrays for them. */
  private final class Piece {
    private final Evaluation.Scratch[] scratch = new Evaluation.Scratch[stages];
    private final Evaluation.@Nullable Scratch narrowScratch;
    private final Evaluation.@Nullable Scratch fullScratch;
    private final Object[] reduced = new Object[stages];

    Piece(int many) {
      for (int s = 0; s < stages; s++) {
        scratch[s] = new Evaluation.Scratch(reductions[s]);
        reduced[s] = Runs.array(types[s], many);
      }
      narrowScratch = narrow.evaluation == null ? null : new Evaluation.Scratch(narrow.evaluation);
      fullScratch = full.evaluation == null ? null : new Evaluation.Scratch(full.evaluation);
    }

    void run(long row, int n) {
      for (int s = 0; s < stages; s++) {
        reduce(s, row, n);
      }
      // Full outputs may overwrite what the others read.
      if (narrow.evaluation != null && narrowScratch != null) {
        give(narrowScratch, stages, 0, n, 1);
        narrow.evaluation.run(row, n, narrowScratch);
        store(narrow, narrow.evaluation, narrowScratch, row, n);
      }
      if (full.evaluation != null && fullScratch != null) {
        for (int p = 0; p < n * length; p += Evaluation.TILE) {
          int size = Math.min(Evaluation.TILE, n * length - p);
          give(fullScratch, stages, p, size, length);
          full.evaluation.run(row * length + p, size, fullScratch);
          store(full, full.evaluation, fullScratch, row * length + p, size);
        }
      }
    }

    private void reduce(int s, long row, int n) {
      RowReduction.Values values =
          (from, size) -> {
            give(scratch[s], s, (int) (from - row * length), size, length);
            reductions[s].run(from, size, scratch[s]);
            return reductions[s].value(scratch[s], 0);
          };
      rowReductions[s].reduce(row, n, values, reduced[s], 0);
    }

    private void store(Maps maps, Evaluation evaluation, Evaluation.Scratch from, long at, int n) {
      for (int j = 0; j < maps.out.length; j++) {
        maps.out[j].store(evaluation.type(j), evaluation.value(from, j), 0, at, n);
      }
    }

    /** Repeats the results of the stages along the rows that a range covers. */
    private void give(Evaluation.Scratch to, int known, int from, int n, int repeat) {
      int first = kernel.in().length;
      for (int s = 0; s < known; s++) {
        Object array = to.given(first + s);
        if (repeat == 1) {
          System.arraycopy(reduced[s], from, array, 0, n);
          continue;
        }
        for (int p = 0; p < n; ) {
          int row = (from + p) / repeat;
          int run = Math.min(n - p, (row + 1) * repeat - from - p);
          fill(s, array, p, run, row);
          p += run;
        }
      }
    }

    private void fill(int s, Object array, int at, int n, int row) {
      switch (types[s]) {
        case F32 -> java.util.Arrays.fill((float[]) array, at, at + n, ((float[]) reduced[s])[row]);
        case F64 ->
            java.util.Arrays.fill((double[]) array, at, at + n, ((double[]) reduced[s])[row]);
        case I32 -> java.util.Arrays.fill((int[]) array, at, at + n, ((int[]) reduced[s])[row]);
        case I64 -> java.util.Arrays.fill((long[]) array, at, at + n, ((long[]) reduced[s])[row]);
      }
    }
  }
}
