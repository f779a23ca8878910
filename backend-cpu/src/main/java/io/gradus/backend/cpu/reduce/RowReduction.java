package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Evaluation;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.backend.cpu.runs.Walk;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ReduceOp;
import org.jspecify.annotations.Nullable;

/**
 * Reduces runs of {@code length} neighbours, in blocks of fixed size combined from the first to the
 * last, so that the number of threads leaves no trace.
 */
final class RowReduction {
  private static final int GRAIN = 1 << 15;

  /** Results that are stored at once: a store costs as much as a thousand elements of a sum. */
  private static final int STORED = 64;

  /** Computes values that are not in memory. */
  interface Values {
    /** Elements {@code [from, from + n)}, at the start of an array. */
    Object get(long from, int n);
  }

  private final ReduceOp op;
  private final Evaluation prologue;
  private final ComputeType type;
  private final ComputeType resultType;
  private final long rows;
  private final long length;
  private final @Nullable Walk plain;

  RowReduction(ReduceOp op, Evaluation prologue, long rows, long length) {
    this.op = op;
    this.prologue = prologue;
    this.type = prologue.type(0);
    this.resultType = Blocks.resultType(op, type);
    this.rows = rows;
    this.length = length;
    this.plain = prologue.plain(0);
  }

  void run(Walk out) {
    if (rows < 8 && length >= 4 * Blocks.SIZE) {
      for (long row = 0; row < rows; row++) {
        longRow(row, out);
      }
      return;
    }
    Workers.run(
        rows,
        Math.max(1, Blocks.grain(rows * length, GRAIN) / length),
        (from, to) -> {
          Values values = values();
          RunSums sums = plain != null && isSum() && RunSums.hasRows(length) ? sums(plain) : null;
          int many = (int) Math.max(1, Blocks.SIZE / length);
          int stored = (int) Math.min(to - from, Math.max(many, STORED));
          Object results = Runs.array(resultType, stored);
          for (long row = from; row < to; row += stored) {
            int n = (int) Math.min(stored, to - row);
            if (sums != null) {
              sums.rows(start(row * length), (int) length, n, results, 0);
            } else {
              for (int i = 0; i < n; i += many) {
                reduce(row + i, Math.min(many, n - i), values, results, i);
              }
            }
            out.store(resultType, results, 0, row, n);
          }
        });
  }

  private boolean isSum() {
    return op == ReduceOp.SUM && type.isFloating();
  }

  private RunSums sums(Walk of) {
    return new RunSums(type, of.array());
  }

  /** Reduces rows {@code [row, row + n)}; more than one only if together they fit a block. */
  void reduce(long row, int n, @Nullable Values values, Object results, int at) {
    if (length > Blocks.SIZE) {
      long value = Blocks.identity(op, type);
      long position = 0;
      for (long p = 0; p < length; p += Blocks.SIZE) {
        int size = (int) Math.min(Blocks.SIZE, length - p);
        long from = row * length + p;
        Object array = array(from, size, values);
        int o = start(from);
        long next = Blocks.reduce(op, type, array, o, size);
        if (Blocks.isPosition(op)) {
          if (p == 0 || Blocks.replaces(op, type, next, value)) {
            position = p + Blocks.find(type, array, o, size, next);
            value = next;
          }
        } else {
          value = p == 0 ? next : Blocks.combine(op, type, value, next);
          if (op == ReduceOp.ANY && value == 1 || op == ReduceOp.ALL && value == 0) {
            break;
          }
        }
      }
      Runs.set(resultType, results, at, Blocks.isPosition(op) ? position : value);
      return;
    }
    int size = (int) length;
    Object array = array(row * length, n * size, values);
    int o = start(row * length);
    for (int i = 0; i < n; i++) {
      long value = Blocks.reduce(op, type, array, o + i * size, size);
      if (Blocks.isPosition(op)) {
        value = Blocks.find(type, array, o + i * size, size, value);
      }
      Runs.set(resultType, results, at + i, value);
    }
  }

  private Object array(long from, int n, @Nullable Values values) {
    if (plain != null) {
      return plain.array();
    }
    if (values == null) {
      throw new IllegalStateException("values that are not in memory must be computed");
    }
    return values.get(from, n);
  }

  private @Nullable Values values() {
    if (plain != null) {
      return null;
    }
    Evaluation.Scratch scratch = new Evaluation.Scratch(prologue);
    return (from, n) -> {
      prologue.run(from, n, scratch);
      return prologue.value(scratch, 0);
    };
  }

  private int start(long from) {
    return plain == null ? 0 : plain.at(from);
  }

  private void longRow(long row, Walk out) {
    int blocks = (int) ((length + Blocks.SIZE - 1) / Blocks.SIZE);
    long[] partial = new long[blocks];
    long[] positions = new long[Blocks.isPosition(op) ? blocks : 0];
    Workers.run(
        blocks,
        Blocks.grain(length, GRAIN) / Blocks.SIZE,
        (first, last) -> {
          if (plain != null && isSum()) {
            sumBlocks(plain, row, (int) first, (int) last, partial);
            return;
          }
          Values values = values();
          for (int b = (int) first; b < last; b++) {
            long p = (long) b * Blocks.SIZE;
            int size = (int) Math.min(Blocks.SIZE, length - p);
            long from = row * length + p;
            Object array = array(from, size, values);
            int o = start(from);
            partial[b] = Blocks.reduce(op, type, array, o, size);
            if (Blocks.isPosition(op)) {
              positions[b] = p + Blocks.find(type, array, o, size, partial[b]);
            }
          }
        });
    Object result = Runs.array(resultType, 1);
    Runs.set(resultType, result, 0, Blocks.combineAll(op, type, partial, positions));
    out.store(resultType, result, 0, row, 1);
  }

  /** Sums blocks of a long row in memory. */
  private void sumBlocks(Walk in, long row, int first, int last, long[] partial) {
    long from = row * length + (long) first * Blocks.SIZE;
    long n = Math.min(length, (long) last * Blocks.SIZE) - (long) first * Blocks.SIZE;
    int whole = (int) (n / Blocks.SIZE);
    int rest = (int) (n % Blocks.SIZE);
    sums(in).of(in.at(from), Blocks.SIZE, whole, partial, first);
    if (rest > 0) {
      partial[last - 1] = Blocks.reduce(op, type, in.array(), in.at(from + n - rest), rest);
    }
  }
}
