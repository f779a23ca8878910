package io.gradus.backend.cpu.index;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.backend.cpu.runs.Walk;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;

/**
 * Runs {@link Kernel.Gather} and {@link Kernel.Scatter}.
 *
 * <p>The trailing axes along which the index repeats form a block that moves as a whole; the index
 * is read once for each block.
 */
public final class IndexKernels {
  private static final int GRAIN = 1 << 14;

  private IndexKernels() {}

  /** Runs the kernel to its end, or throws before anything is written. */
  public static void gather(Kernel.Gather k) {
    Layout index = k.index().layout();
    if (index.numel() == 0) {
      return;
    }
    Blocks blocks = new Blocks(k.index(), k.axis(), k.in().layout().size(k.axis()));
    int[] from = blocks.places(k.in().layout());
    Strided in = new Strided(k.in(), blocks.block);
    Strided out = new Strided(k.out(), blocks.block);
    int[] to = blocks.starts(k.out().layout());
    Workers.run(
        to.length,
        Math.max(1, GRAIN / blocks.size),
        (first, last) -> {
          for (int i = (int) first; i < last; i++) {
            in.copyTo(from[i], out, to[i]);
          }
        });
  }

  /** Runs the kernel to its end, or throws before anything is written. */
  public static void scatter(Kernel.Scatter k) {
    Layout index = k.index().layout();
    if (index.numel() == 0) {
      return;
    }
    Blocks blocks = new Blocks(k.index(), k.axis(), k.out().layout().size(k.axis()));
    int[] to = blocks.places(k.out().layout());
    int[] from = blocks.starts(k.source().layout());
    Strided source = new Strided(k.source(), blocks.block);
    Strided out = new Strided(k.out(), blocks.block);
    // In order and in one thread: several sources may meet in one place.
    switch (k.mode()) {
      case SET -> {
        for (int i = 0; i < to.length; i++) {
          source.copyTo(from[i], out, to[i]);
        }
      }
      case ADD, MUL, MIN, MAX -> {
        ComputeType type = k.out().dtype().compute();
        int n = blocks.size;
        Object a = Runs.array(type, n);
        Object b = Runs.array(type, n);
        for (int i = 0; i < to.length; i++) {
          out.load(to[i], a);
          source.load(from[i], b);
          Combination.apply(k.mode(), type, a, b, n);
          out.store(to[i], type, a);
        }
      }
    }
  }

  /** How an index falls into blocks. */
  private static final class Blocks {
    private final long[] indices;
    private final Shape outer;
    private final int split;
    private final int axis;

    /** The shape of a block. */
    final Shape block;

    final int size;

    Blocks(Operand operand, int axis, long limit) {
      Layout index = operand.layout();
      this.axis = axis;
      int split = index.rank();
      while (split > axis + 1 && (index.stride(split - 1) == 0 || index.size(split - 1) == 1)) {
        split--;
      }
      this.split = split;
      long[] sizes = index.shape().toArray();
      this.outer = Shape.of(java.util.Arrays.copyOf(sizes, split));
      this.block = Shape.of(java.util.Arrays.copyOfRange(sizes, split, sizes.length));
      this.size = Math.toIntExact(block.numel());
      int n = Math.toIntExact(outer.numel());
      Walk walk =
          new Walk(
              CpuStorage.array(operand),
              operand.dtype(),
              Layout.of(outer, java.util.Arrays.copyOf(index.strides(), split), index.offset()));
      ComputeType type = operand.dtype().compute();
      Object values = Runs.array(type, n);
      walk.load(0, n, values, 0);
      this.indices = values instanceof long[] longs ? longs : new long[n];
      for (int i = 0; i < n; i++) {
        long value = Runs.get(type, values, i);
        if (value < 0 || value >= limit) {
          throw new TensorIndexException(
              "index %d is out of bounds for dimension %d with size %d"
                  .formatted(value, axis, limit));
        }
        indices[i] = value;
      }
    }

    /** Where each block is in an operand of the shape of the index. */
    int[] starts(Layout layout) {
      return walk(layout, false);
    }

    /** Where each block is in the operand that is indexed. */
    int[] places(Layout layout) {
      return walk(layout, true);
    }

    private int[] walk(Layout layout, boolean indexed) {
      int[] at = new int[indices.length];
      long[] coordinate = new long[split];
      long p = layout.offset();
      for (int i = 0; i < at.length; i++) {
        at[i] = (int) (indexed ? p + indices[i] * layout.stride(axis) : p);
        for (int d = split - 1; d >= 0; d--) {
          long step = indexed && d == axis ? 0 : layout.stride(d);
          p += step;
          if (++coordinate[d] < outer.size(d)) {
            break;
          }
          p -= step * coordinate[d];
          coordinate[d] = 0;
        }
      }
      return at;
    }
  }

  /** Blocks of one shape in an operand, merged into runs. */
  private static final class Strided {
    private final Object array;
    private final io.gradus.tensor.dtype.DType dtype;
    private final int size;
    private final int[] starts;
    private final int run;
    private final int stride;

    Strided(Operand operand, Shape block) {
      this.array = CpuStorage.array(operand);
      this.dtype = operand.dtype();
      this.size = (int) block.numel();
      Layout layout = operand.layout();
      int rank = block.rank();
      int first = layout.rank() - rank;
      long run = 1;
      long stride = 1;
      int d = rank - 1;
      for (; d >= 0; d--) {
        if (block.size(d) == 1) {
          continue;
        }
        long s = layout.stride(first + d);
        if (run == 1) {
          stride = s;
        } else if (s != stride * run) {
          break;
        }
        run *= block.size(d);
      }
      this.run = (int) run;
      this.stride = (int) stride;
      int n = size / this.run;
      this.starts = new int[n];
      for (int i = 0; i < n; i++) {
        long rest = i;
        long p = 0;
        for (int e = d; e >= 0; e--) {
          p += rest % block.size(e) * layout.stride(first + e);
          rest /= block.size(e);
        }
        starts[i] = (int) p;
      }
    }

    void load(int at, Object to) {
      for (int i = 0; i < starts.length; i++) {
        Runs.load(array, dtype, at + starts[i], stride, run, to, i * run);
      }
    }

    void store(int at, ComputeType type, Object from) {
      for (int i = 0; i < starts.length; i++) {
        Runs.store(type, from, i * run, dtype, array, at + starts[i], stride, run);
      }
    }

    /** Moves a block as it is, without looking at its numbers. */
    void copyTo(int at, Strided out, int to) {
      if (starts.length == 1 && out.starts.length == 1 && stride == 1 && out.stride == 1) {
        if (run == 1) {
          RawElements.copy(array, at, 1, out.array, to, 1, 1);
        } else {
          System.arraycopy(array, at, out.array, to, run);
        }
        return;
      }
      int piece = Math.min(run, out.run);
      // Both run lengths are products of trailing sizes, so the smaller divides the larger.
      for (int p = 0; p < size; p += piece) {
        RawElements.copy(
            array,
            at + starts[p / run] + p % run * stride,
            stride,
            out.array,
            to + out.starts[p / out.run] + p % out.run * out.stride,
            out.stride,
            piece);
      }
    }
  }
}
