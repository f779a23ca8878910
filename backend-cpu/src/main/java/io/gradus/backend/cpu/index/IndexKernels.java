package io.gradus.backend.cpu.index;

import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.ScatterMode;

/**
 * Runs {@link Kernel.Gather} and {@link Kernel.Scatter}.
 *
 * <p>The trailing axes along which the index repeats form a block that moves as a whole; the index
 * is read once for each block.
 */
public final class IndexKernels {
  /** The fewest and the most elements of a chunk, and how many chunks are enough. */
  private static final int GRAIN = 1 << 14;

  private static final int MAX_GRAIN = 1 << 20;
  private static final int PARTS = 32;

  private IndexKernels() {}

  /** Runs the kernel to its end, or throws before anything is written. */
  public static void gather(Kernel.Gather k) {
    if (k.index().layout().numel() == 0) {
      return;
    }
    Blocks blocks = new Blocks(k.index(), k.axis(), k.in().layout(), k.out().layout());
    Strided in = new Strided(k.in(), blocks.block);
    Strided out = new Strided(k.out(), blocks.block);
    boolean single = blocks.size == 1;
    boolean rows = in.isDense() && out.isDense() && k.in().dtype() == k.out().dtype();
    Workers.run(
        blocks.count(),
        Math.max(1, grain(blocks.count() * blocks.size) / blocks.size),
        (first, last) ->
            blocks.visit(
                first,
                last,
                (index, at, step, place, placeStep, other, otherStep, n) -> {
                  long axis = blocks.axisStride;
                  if (single) {
                    Singles.gather(
                        in.array, index, at, step, axis, place, placeStep, out.array, other,
                        otherStep, n);
                    return;
                  }
                  if (rows) {
                    RowMoves.gather(
                        in.array,
                        index,
                        at,
                        step,
                        axis,
                        place,
                        placeStep,
                        out.array,
                        other,
                        otherStep,
                        n,
                        blocks.size);
                    return;
                  }
                  for (int i = 0; i < n; i++) {
                    int from = place + i * placeStep + (int) (index[at + i * step] * axis);
                    in.copyTo(from, out, other + i * otherStep);
                  }
                }));
  }

  /** Elements of a chunk. */
  private static long grain(long elements) {
    return Math.clamp(elements / PARTS, GRAIN, MAX_GRAIN);
  }

  /** Runs the kernel to its end, or throws before anything is written. */
  public static void scatter(Kernel.Scatter k) {
    if (k.index().layout().numel() == 0) {
      return;
    }
    Blocks blocks = new Blocks(k.index(), k.axis(), k.out().layout(), k.source().layout());
    Strided source = new Strided(k.source(), blocks.block);
    Strided out = new Strided(k.out(), blocks.block);
    long apart = blocks.apart();
    // Several sources may meet in one place: there in order, hence in one thread.
    if (apart > 1) {
      long each = blocks.count() / apart;
      Workers.run(
          apart,
          Math.max(1, GRAIN / Math.max(1, each * blocks.size)),
          (first, last) -> all(k.mode(), blocks, first * each, last * each, source, out));
    } else if (blocks.isLine() && blocks.size >= 8 && blocks.count() * blocks.size >= GRAIN) {
      Owners owners = new Owners(blocks);
      Workers.run(
          Owners.COUNT,
          1,
          (first, last) -> {
            Placing placing = new Placing(k.mode(), source, out, blocks.size);
            for (int owner = (int) first; owner < last; owner++) {
              placing.putAll(blocks, owners, owner);
            }
          });
    } else {
      all(k.mode(), blocks, 0, blocks.count(), source, out);
    }
  }

  private static void all(
      ScatterMode mode, Blocks blocks, long first, long last, Strided source, Strided out) {
    boolean single = blocks.size == 1 && Singles.knows(mode, out.dtype);
    Placing placing = new Placing(mode, source, out, blocks.size);
    blocks.visit(
        first,
        last,
        (index, at, step, place, placeStep, other, otherStep, n) -> {
          long axis = blocks.axisStride;
          if (single) {
            Singles.scatter(
                mode,
                out.array,
                index,
                at,
                step,
                axis,
                place,
                placeStep,
                source.array,
                other,
                otherStep,
                n);
            return;
          }
          for (int i = 0; i < n; i++) {
            int to = place + i * placeStep + (int) (index[at + i * step] * axis);
            placing.put(other + i * otherStep, to);
          }
        });
  }

  /** Writes blocks, combined with what is there. */
  private static final class Placing {
    /** Blocks whose places are worked out before any of them is put. */
    private static final int AT_A_TIME = 128;

    private final ScatterMode mode;
    private final Strided source;
    private final Strided out;
    private final ComputeType type;
    private final int size;
    private final Object a;
    private final Object b;
    private final boolean plainSum;

    Placing(ScatterMode mode, Strided source, Strided out, int size) {
      this.mode = mode;
      this.source = source;
      this.out = out;
      this.size = size;
      this.type = out.dtype.compute();
      this.plainSum =
          mode == ScatterMode.ADD
              && out.array instanceof float[]
              && source.isOneRun()
              && out.isOneRun()
              && out.stride == 1;
      int room = plainSum || mode == ScatterMode.SET ? 0 : size;
      this.a = Runs.array(type, room);
      this.b = Runs.array(type, room);
    }

    /** Puts the blocks of an owner, in order. */
    void putAll(Blocks blocks, Owners owners, int owner) {
      int end = owners.start(owner + 1);
      boolean rows = plainSum && source.stride == 1 && FloatRows.movesVectors(size);
      int[] froms = new int[AT_A_TIME];
      int[] tos = new int[AT_A_TIME];
      for (int i = owners.start(owner); i < end; i += AT_A_TIME) {
        int n = Math.min(AT_A_TIME, end - i);
        for (int j = 0; j < n; j++) {
          int b = owners.block(i + j);
          froms[j] = blocks.otherOf(b);
          tos[j] = blocks.placeOf(b);
        }
        if (rows) {
          FloatVectorRows.addAll((float[]) out.array, tos, (float[]) source.array, froms, n, size);
        } else {
          for (int j = 0; j < n; j++) {
            put(froms[j], tos[j]);
          }
        }
      }
    }

    void put(int from, int to) {
      if (mode == ScatterMode.SET) {
        source.copyTo(from, out, to);
      } else if (plainSum) {
        FloatRows.add((float[]) out.array, to, (float[]) source.array, from, source.stride, size);
      } else {
        out.load(to, a);
        source.load(from, b);
        Combination.apply(mode, type, a, b, size);
        out.store(to, type, a);
      }
    }
  }
}
