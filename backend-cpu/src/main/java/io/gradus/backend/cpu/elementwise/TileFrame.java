package io.gradus.backend.cpu.elementwise;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;

/**
 * Runs the code of a program over a range of the row-major order of a shape, tile by tile.
 *
 * <p>A frame belongs to one thread and one range.
 */
final class TileFrame {
  final TileCode code;
  private final TileInput[] in;
  private final TileOutput[] out;
  private final Shape shape;
  final Object[] array;
  final int[] at;
  private final int tile;

  /** The tiles of strided inputs, which are used where a tile does not lie in memory as it is. */
  final Object[] own;

  /**
   * A frame.
   *
   * @param length of the longest range that it will run
   */
  TileFrame(
      TileCode code, TileInput[] in, TileOutput[] out, Shape shape, long[] params, long length) {
    this((int) Math.min(tileSize(code.type.length), length), code, in, out, shape, params);
  }

  /** A frame with tiles of a size; at most {@link Scratch#TILE}. */
  TileFrame(int tile, TileCode code, TileInput[] in, TileOutput[] out, Shape shape, long[] params) {
    this.code = code;
    this.in = in;
    this.out = out;
    this.shape = shape;
    this.at = new int[code.type.length];
    this.tile = tile;
    this.array = registers(code, in, params, tile);
    this.own = Arrays.copyOf(array, in.length);
    for (int j = 0; j < out.length; j++) {
      if (out[j] instanceof TileOutput.Direct x) {
        array[code.outputs[j]] = x.array();
      }
    }
  }

  /** All registers together should stay in the second-level cache, most of them in the first. */
  private static int tileSize(int registers) {
    return registers <= 6 ? Scratch.TILE : registers <= 24 ? Scratch.TILE / 2 : Scratch.TILE / 4;
  }

  /** A tile for each register, with what is the same in all tiles filled in. */
  static Object[] registers(TileCode code, TileInput[] in, long[] params, int tile) {
    Scratch scratch = Scratch.ofThread();
    Object[] array = new Object[code.type.length];
    for (int r = 0; r < array.length; r++) {
      if (r < in.length && in[r] instanceof TileInput.Direct x) {
        array[r] = x.array();
      } else {
        array[r] = scratch.tile(code.type[r], code.number[r]);
      }
    }
    for (int i = 0; i < in.length; i++) {
      if (in[i] instanceof TileInput.Single x) {
        Conversions.load(x.dtype(), x.array(), x.offset(), 1, array[i], 0, 1);
        Conversions.splat(code.type[i], array[i], 0, 1, tile - 1);
      }
    }
    for (int k = 0; k < code.leaves.length; k++) {
      int r = code.leaves[k];
      int n = code.whole[k] ? tile : 1;
      Expr leaf = code.leafExprs[k];
      if (leaf instanceof Expr.Const x) {
        Conversions.fill(x.type(), array[r], 0, n, x.bits());
      } else if (leaf instanceof Expr.Param x) {
        Conversions.fill(x.type(), array[r], 0, n, params[x.index()]);
      } // else a coordinate, which differs from tile to tile
    }
    return array;
  }

  /** Runs {@code [from, to)}. */
  void run(long from, long to) {
    for (long start = from; start < to; start += tile) {
      int n = (int) Math.min(tile, to - start);
      load(start, n);
      code.run(array, at, n);
      store(start, n);
    }
  }

  /** Brings elements {@code [start, start + n)} of the inputs into the registers. */
  void load(long start, int n) {
    for (int i = 0; i < in.length; i++) {
      in[i].load(this, i, start, n);
    }
    for (int k = 0; k < code.leaves.length; k++) {
      if (code.leafExprs[k] instanceof Expr.Index x) {
        coordinates(shape, x.axis(), start, (long[]) array[code.leaves[k]], n);
      }
    }
    for (int j = 0; j < out.length; j++) {
      if (out[j] instanceof TileOutput.Direct x) {
        at[code.outputs[j]] = x.offset() + (int) start;
      }
    }
  }

  /** Takes the outputs out of the registers. */
  void store(long start, int n) {
    for (int j = 0; j < out.length; j++) {
      out[j].store(this, j, start, n);
    }
  }

  /** The registers. */
  Object[] registers() {
    return array;
  }

  /** Where each register starts. */
  int[] starts() {
    return at;
  }

  /** The coordinates along an axis of {@code n} elements from {@code start} on. */
  private static void coordinates(Shape shape, int axis, long start, long[] to, int n) {
    long inner = 1;
    for (int d = axis + 1; d < shape.rank(); d++) {
      inner *= shape.size(d);
    }
    long size = shape.size(axis);
    long c = start / inner % size;
    long left = inner - start % inner;
    for (int i = 0; i < n; ) {
      if (inner == 1) {
        int run = (int) Math.min(n - i, size - c);
        for (int k = 0; k < run; k++) {
          to[i + k] = c + k;
        }
        i += run;
        c = 0;
      } else {
        int run = (int) Math.min(n - i, left);
        Arrays.fill(to, i, i + run, c);
        i += run;
        left = inner;
        c = c + 1 == size ? 0 : c + 1;
      }
    }
  }
}
