package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.elementwise.Casts;
import io.gradus.backend.cpu.elementwise.Conversions;
import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.backend.cpu.runs.Evaluation;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.backend.cpu.runs.Walk;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.ScalarOp;
import org.jspecify.annotations.Nullable;

/**
 * Reduces over axes outside of the innermost one: whole rows are added to rows of accumulators.
 *
 * <p>Sums of {@link #DEPTH} rows are made in the compute type and then combined in f64, from the
 * first to the last, whichever threads made them.
 */
final class ColumnReduction {
  private static final int DEPTH = 256;
  private static final int GRAIN = 1 << 15;

  private final ReduceOp op;
  private final Evaluation prologue;
  private final ComputeType type;
  private final ComputeType resultType;
  private final AxisOrder order;
  private final long inner;
  private final int width;
  private final @Nullable Walk plain;
  private final @Nullable NormWeights products;

  /**
   * A reduction.
   *
   * @param products what adds the rows of the prologue, where there is a loop for it
   */
  ColumnReduction(
      ReduceOp op, Evaluation prologue, AxisOrder order, @Nullable NormWeights products) {
    this.op = op;
    this.prologue = prologue;
    this.type = prologue.type(0);
    this.resultType = Blocks.resultType(op, type);
    this.order = order;
    this.inner = order.inner();
    this.width = (int) Math.min(inner, Evaluation.TILE);
    this.plain = prologue.plain(0);
    this.products = products;
  }

  void run(Walk out) {
    long tiles = (inner + width - 1) / width;
    long groups = (order.reduced() + DEPTH - 1) / DEPTH;
    long work = (long) width * order.reduced();
    if (order.outer() * tiles < 8 && groups > 1) {
      for (long t = 0; t < order.outer() * tiles; t++) {
        long tile = t;
        Strip[] strips = new Strip[(int) groups];
        Workers.run(
            groups,
            Math.max(1, GRAIN / ((long) width * DEPTH)),
            (from, to) -> {
              Evaluation.Scratch scratch = scratch();
              for (int g = (int) from; g < to; g++) {
                strips[g] = strip(tile, tiles);
                strips[g].rows(g, scratch);
              }
            });
        for (int g = 1; g < groups; g++) {
          strips[0].combine(strips[g]);
        }
        strips[0].store(out);
      }
      return;
    }
    Workers.run(
        order.outer() * tiles,
        Math.max(1, GRAIN / work),
        (from, to) -> {
          Evaluation.Scratch scratch = scratch();
          for (long t = from; t < to; t++) {
            Strip total = strip(t, tiles);
            total.rows(0, scratch);
            for (long g = 1; g < groups; g++) {
              Strip next = strip(t, tiles);
              next.rows(g, scratch);
              total.combine(next);
            }
            total.store(out);
          }
        });
  }

  private Evaluation.@Nullable Scratch scratch() {
    return plain == null && products == null ? new Evaluation.Scratch(prologue) : null;
  }

  private Strip strip(long tile, long tiles) {
    return new Strip(tile / tiles, tile % tiles * width);
  }

  /** Some neighbouring columns over some rows. */
  private final class Strip {
    private final long outer;
    private final long column;
    private final int n;
    private final Object values;
    private final long[] positions;
    private double[] wide = new double[0];

    Strip(long outer, long column) {
      this.outer = outer;
      this.column = column;
      this.n = (int) Math.min(width, inner - column);
      boolean logical = op == ReduceOp.ANY || op == ReduceOp.ALL;
      this.values = Runs.array(logical ? ComputeType.I32 : type, n);
      this.positions = new long[Blocks.isPosition(op) ? n : 0];
    }

    void rows(long group, Evaluation.@Nullable Scratch scratch) {
      long first = group * DEPTH;
      long last = Math.min(order.reduced(), first + DEPTH);
      ComputeType held = op == ReduceOp.ANY || op == ReduceOp.ALL ? ComputeType.I32 : type;
      Conversions.fill(held, values, 0, n, Blocks.identity(op, held));
      java.util.Arrays.fill(positions, first);
      if (products != null) {
        for (long r = first; r < last; r++) {
          products.add((int) r, (float[]) values);
        }
        return;
      }
      long at = plain != null ? DEPTH : n == inner ? Evaluation.TILE / n : 1;
      int step = plain != null ? (int) inner : n;
      for (long r = first; r < last; r += at) {
        int many = (int) Math.min(at, last - r);
        long from = (outer * order.reduced() + r) * inner + column;
        Object array;
        int o;
        if (plain != null) {
          array = plain.array();
          o = plain.at(from);
        } else if (scratch != null) {
          prologue.run(from, many * n, scratch);
          array = prologue.value(scratch, 0);
          o = 0;
        } else {
          throw new IllegalStateException("values that are not in memory need a place");
        }
        if (op == ReduceOp.SUM && type.isFloating()) {
          addAll(array, o, step, many);
          continue;
        }
        for (int i = 0; i < many; i++) {
          add(array, o + i * step, r + i, r + i == first);
        }
      }
    }

    private void addAll(Object a, int o, int step, int rows) {
      if (type == ComputeType.F32) {
        FloatBlocks.addRows((float[]) a, o, step, rows, (float[]) values, n);
      } else {
        DoubleBlocks.addRows((double[]) a, o, step, rows, (double[]) values, n);
      }
    }

    private void add(Object a, int o, long row, boolean first) {
      switch (op) {
        case SUM -> binary(ScalarOp.ADD, a, o);
        case PROD -> binary(ScalarOp.MUL, a, o);
        case MIN -> binary(ScalarOp.MIN, a, o);
        case MAX -> binary(ScalarOp.MAX, a, o);
        case ANY, ALL -> {
          int[] v = (int[]) values;
          for (int j = 0; j < n; j++) {
            boolean set = isSet(a, o + j);
            v[j] = op == ReduceOp.ANY ? (set ? 1 : v[j]) : (set ? v[j] : 0);
          }
        }
        case ARGMIN, ARGMAX -> {
          for (int j = 0; j < n; j++) {
            long x = Runs.get(type, a, o + j);
            if (first || Blocks.replaces(op, type, x, Runs.get(type, values, j))) {
              Runs.set(type, values, j, x);
              positions[j] = row;
            }
          }
        }
      }
    }

    private boolean isSet(Object a, int i) {
      return switch (type) {
        case F32 -> ((float[]) a)[i] != 0;
        case F64 -> ((double[]) a)[i] != 0;
        case I32 -> ((int[]) a)[i] != 0;
        case I64 -> ((long[]) a)[i] != 0;
      };
    }

    private void binary(ScalarOp with, Object a, int o) {
      Lanes.apply(with, type, values, 0, a, o, null, 0, values, 0, n);
    }

    void combine(Strip later) {
      if (type.isFloating() && (op == ReduceOp.SUM || op == ReduceOp.PROD)) {
        if (wide.length == 0) {
          wide = widened();
        }
        double[] next = later.widened();
        if (op == ReduceOp.SUM) {
          for (int j = 0; j < n; j++) {
            wide[j] += next[j];
          }
        } else {
          for (int j = 0; j < n; j++) {
            wide[j] *= next[j];
          }
        }
        return;
      }
      ComputeType held = op == ReduceOp.ANY || op == ReduceOp.ALL ? ComputeType.I32 : type;
      for (int j = 0; j < n; j++) {
        long x = Runs.get(held, values, j);
        long y = Runs.get(held, later.values, j);
        if (!Blocks.isPosition(op)) {
          Runs.set(held, values, j, Blocks.combine(op, held, x, y));
        } else if (Blocks.replaces(op, type, y, x)) {
          Runs.set(held, values, j, y);
          positions[j] = later.positions[j];
        }
      }
    }

    private double[] widened() {
      double[] made = new double[n];
      Casts.cast(type, DType.F64, values, 0, made, 0, n);
      return made;
    }

    void store(Walk out) {
      if (wide.length > 0) {
        DType narrow = type == ComputeType.F32 ? DType.F32 : DType.F64;
        Casts.cast(ComputeType.F64, narrow, wide, 0, values, 0, n);
      }
      Object results = Blocks.isPosition(op) ? positions : values;
      out.store(resultType, results, 0, outer * inner + column, n);
    }
  }
}
