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

  /** Rows whose results are stored at once. */
  private static final int STORED = 64;

  /** Shorter rows are computed many at once: they would not fill the vectors. */
  private static final int SHORT = 256;

  /**
   * Elements of short rows that are computed at once: enough to fill vectors and to pay for the
   * interpretation of the program, few enough for all intermediate results to stay in the nearest
   * cache.
   */
  private static final int BLOCK = 1024;

  private final RowsPlan plan;
  private final RowCode.Binding binding;
  private final List<ReduceOp> ops;
  private final long rows;
  private final int length;
  private final @Nullable Walk[] narrow;
  private final boolean isAnyFull;

  /** Rows that are computed at once. */
  private final int many;

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
    RowCode all = length < SHORT ? plan.manyRows() : null;
    this.many = all == null ? 1 : BLOCK / length;
    this.binding =
        (all == null ? plan.code() : all).bind(in, out, in[0].layout().shape(), k.params());
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
        Math.max(1, Blocks.grain(rows * length, GRAIN) / length),
        (from, to) -> {
          if (many > 1) {
            manyRows(from, to);
            return;
          }
          RowCode.Frame frame = binding.frame(length);
          @Nullable Object[] results = new Object[narrow.length];
          @Nullable Spread[] spread = spreads();
          for (long row = from; row < to; row += STORED) {
            int n = (int) Math.min(STORED, to - row);
            for (int i = 0; i < n; i++) {
              frame.load((row + i) * length, length);
              stages(frame, spread);
              if (isAnyFull) {
                frame.finish();
              } else {
                frame.finishUniform();
              }
              keepNarrow(frame, results, i);
            }
            storeNarrow(frame, results, row, n);
          }
        });
  }

  private void manyRows(long from, long to) {
    int most = (int) Math.min(many, to - from);
    RowCode.Frame frame = binding.frame(most * length);
    long[] values = new long[most];
    for (long row = from; row < to; row += most) {
      int n = (int) Math.min(most, to - row);
      frame.load(row * length, n * length);
      for (int s = 0; s < plan.stages(); s++) {
        for (int i = 0; i < n; i++) {
          values[i] = reduce(frame, s, i * length, length);
        }
        frame.give(s, values, n, length);
      }
      frame.finish();
      for (int j = 0; j < narrow.length; j++) {
        Walk walk = narrow[j];
        if (walk != null) {
          RowCode.Place place = frame.output(j);
          Object kept = Runs.array(frame.type(j), n);
          Runs.load(place.array(), frame.type(j).dtype(), place.at(), length, n, kept, 0);
          walk.store(frame.type(j), kept, 0, row, n);
        }
      }
    }
  }

  /** For each stage what keeps the spread of what it sums, if the next one reduces nothing else. */
  private @Nullable Spread[] spreads() {
    @Nullable Spread[] made = new Spread[plan.stages()];
    for (int s = 0; s < made.length; s++) {
      made[s] = plan.isSpreadAlone(s + 1) ? new Spread(plan.type(s), length) : null;
    }
    return made;
  }

  /** Reduces a row. */
  private void stages(RowCode.Frame frame, @Nullable Spread[] spreads) {
    for (int s = 0; s < spreads.length; s++) {
      Spread spread = spreads[s];
      if (spread == null) {
        frame.give(s, reduce(frame, s, 0, length));
        continue;
      }
      frame.compute(s);
      frame.give(s, spread.sum(0, frame.array(s), frame.at(s), length));
      double around = spread.around(number(frame.center(s + 1), s + 1));
      if (Double.isFinite(around)) {
        frame.skip(++s);
        frame.give(s, Params.of(around));
      }
    }
  }

  private double number(RowCode.Place place, int stage) {
    return Double.longBitsToDouble(Runs.get(plan.type(stage), place.array(), place.at()));
  }

  private void keepNarrow(RowCode.Frame frame, @Nullable Object[] results, int i) {
    for (int j = 0; j < narrow.length; j++) {
      if (narrow[j] != null) {
        Object kept = results[j];
        if (kept == null) {
          kept = Runs.array(frame.type(j), STORED);
          results[j] = kept;
        }
        Runs.set(frame.type(j), kept, i, Runs.get(frame.type(j), frame.uniformValue(j), 0));
      }
    }
  }

  private void storeNarrow(RowCode.Frame frame, @Nullable Object[] results, long row, int n) {
    for (int j = 0; j < narrow.length; j++) {
      Walk walk = narrow[j];
      Object kept = results[j];
      if (walk != null && kept != null) {
        walk.store(frame.type(j), kept, 0, row, n);
      }
    }
  }

  /** What a stage makes of a row or a part of one, from an element of the frame on. */
  private long reduce(RowCode.Frame frame, int stage, int from, int n) {
    ReduceOp op = ops.get(stage);
    ComputeType type = plan.type(stage);
    if (op == ReduceOp.SUM && frame.computeFactors(stage)) {
      return Blocks.sumOfProducts(
          type, frame.factor(stage, 0, from), frame.factor(stage, 1, from), n);
    }
    frame.compute(stage);
    Object array = frame.array(stage);
    int at = frame.at(stage) + from;
    long value = Blocks.reduce(op, type, array, at, n);
    return Blocks.isPosition(op) ? Blocks.find(type, array, at, n, value) : value;
  }

  /** A row in blocks, which threads share. */
  private void longRow(long row) {
    int stages = plan.stages();
    int blocks = Blocks.count(length);
    long[] given = new long[stages];
    long start = row * length;
    Spread spread = null;
    for (int s = 0; s < stages; s++) {
      double around = spread == null ? Double.NaN : spread.around(center(start, s, given));
      spread = plan.isSpread(s + 1) ? new Spread(plan.type(s), length) : null;
      boolean known = spread == null && Double.isFinite(around);
      long value = known ? Params.of(around) : longStage(start, s, given, spread);
      given[s] = rounded(plan.resultType(s), value);
    }
    RowCode.Frame one = binding.frame(Blocks.SIZE);
    load(one, start, Math.min(length, Blocks.SIZE), stages, given);
    one.finishUniform();
    @Nullable Object[] results = new Object[narrow.length];
    keepNarrow(one, results, 0);
    storeNarrow(one, results, row, 1);
    if (isAnyFull) {
      blocks(
          blocks,
          (frame, b, n) -> {
            load(frame, start + (long) b * Blocks.SIZE, n, stages, given);
            frame.finish();
          });
    }
  }

  /**
   * What a stage makes of a long row.
   *
   * @param spread learns of the blocks how far their elements are from each other
   */
  private long longStage(long start, int stage, long[] given, @Nullable Spread spread) {
    ReduceOp op = ops.get(stage);
    ComputeType type = plan.type(stage);
    int blocks = Blocks.count(length);
    long[] partial = new long[blocks];
    long[] positions = new long[Blocks.isPosition(op) ? blocks : 0];
    blocks(
        blocks,
        (frame, b, n) -> {
          long first = (long) b * Blocks.SIZE;
          load(frame, start + first, n, stage, given);
          if (spread != null) {
            frame.compute(stage);
            partial[b] = spread.sum(b, frame.array(stage), frame.at(stage), n);
            return;
          }
          long value = reduce(frame, stage, 0, n);
          partial[b] = value;
          if (positions.length > 0) {
            positions[b] = first + value;
            partial[b] = Runs.get(type, frame.array(stage), frame.at(stage) + (int) value);
          }
        });
    return Blocks.combineAll(op, type, partial, positions);
  }

  /** From what a stage that sums squares of distances takes these. */
  private double center(long start, int stage, long[] given) {
    RowCode.Frame one = binding.frame(Blocks.SIZE);
    load(one, start, Math.min(length, Blocks.SIZE), stage, given);
    return number(one.center(stage), stage);
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
        Blocks.grain(length, GRAIN) / Blocks.SIZE,
        (from, to) -> {
          RowCode.Frame frame = binding.frame(Blocks.SIZE);
          for (int b = (int) from; b < to; b++) {
            body.run(frame, b, Math.min(Blocks.SIZE, length - b * Blocks.SIZE));
          }
        });
  }
}
