package io.gradus.backend.cpu.convolve;

import static io.gradus.backend.cpu.convolve.FloatConvolution.DEPTH;
import static io.gradus.backend.cpu.convolve.FloatConvolution.GRAIN;
import static io.gradus.backend.cpu.convolve.FloatConvolution.up;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.layout.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring results in the lanes: {@code results[o, q] = sum of weight[o, p] grid[q +
 * distance[p]]} over the whole grid, of which what lies between the results is left out at the end.
 */
final class FloatPlaceLanes {
  private static final int V = FloatWindowTiles.LANES;

  /** Multiplications that take as long as to store a result. */
  private static final int STORE = 16;

  /** Multiplications that are not worth another thread. */
  private static final long SMALL = 1 << 16;

  private final FloatConvolution c;
  private final Geometry g;

  /** Output channels that one unit of work computes, and how many units a group has. */
  private final int rows;

  private final int parts;

  FloatPlaceLanes(FloatConvolution c) {
    this.c = c;
    this.g = c.g;
    long units = (long) g.batch * g.groups;
    int wanted = (int) Math.clamp(8 / units, 1, (g.outputs + 7) / 8);
    this.rows = up((g.outputs + wanted - 1) / wanted, 8);
    this.parts = (g.outputs + rows - 1) / rows;
  }

  void run() {
    long size = (long) up(g.outputs, 8) * c.depth;
    try (Borrowed<float[]> packed = Borrowed.floats(Geometry.inArray(g.groups * size))) {
      for (int group = 0; group < g.groups; group++) {
        pack(group, packed.array(), (int) (group * size));
      }
      run(packed.array(), (int) size);
    }
  }

  private void run(float[] packed, int size) {
    long units = (long) g.batch * g.groups * parts;
    long work = (long) Math.max(STORE, c.depth) * rows * g.span;
    Workers.run(
        units,
        Math.max(1, Math.max(SMALL / work, Math.min(GRAIN / work, units / 8))),
        (from, to) -> {
          try (Task task = new Task()) {
            for (long u = from; u < to; u++) {
              int part = (int) (u % parts);
              int group = (int) (u / parts % g.groups);
              task.run((int) (u / parts / g.groups), group, part * rows, packed, group * size);
            }
          }
        });
  }

  /** Blocks of four output channels; what there is no channel for stays as it is. */
  private void pack(int group, float[] packed, int at) {
    for (int o = 0; o < g.outputs; o += 4) {
      int count = Math.min(4, g.outputs - o);
      c.weights(group * g.outputs + o, count, 0, c.depth, packed, at + o * c.depth, 4);
    }
  }

  /** What one thread needs for its units. */
  private final class Task implements AutoCloseable {
    private final int width = up(g.span, 2 * V) + V;
    private final Borrowed<float[]> more = FloatScratch.more((long) rows * width);
    private final float[] results = FloatScratch.results(more, rows * width);
    private final int reach = reach();
    private @Nullable Borrowed<float[]> image;

    /** Elements behind the start of an image that are read or laid out, needed or not. */
    private int reach() {
      int farthest = 0;
      for (int d : c.distances) {
        farthest = Math.max(farthest, d);
      }
      return Math.max(farthest + width, g.inPlace ? 0 : g.channels * g.gridChannel);
    }

    void run(int n, int group, int firstRow, float[] packed, int base) {
      int start = c.start(n, group);
      float[] from = c.in;
      if (!g.inPlace) {
        from = image();
        start = 0;
        c.grid.fill(n, group * g.channels, g.channels, from, 0);
      } else if (reach > from.length - start) {
        System.arraycopy(from, start, image(), 0, Math.max(0, from.length - start));
        from = image();
        start = 0;
      }
      int count = Math.min(rows, g.outputs - firstRow);
      int p = 0;
      do {
        int k = Math.min(DEPTH, c.depth - p);
        for (int q = 0; q < g.span; q += 2 * V) {
          FloatWindowTiles.places(
              packed,
              base + firstRow * c.depth + p * 4,
              4 * c.depth,
              count,
              from,
              start + q,
              c.distances,
              p,
              k,
              results,
              q,
              width,
              g.span - q > V,
              p > 0);
        }
        p += k;
      } while (p < c.depth);
      for (int o = 0; o < count; o++) {
        store(o * width, n, group * g.outputs + firstRow + o);
      }
    }

    private float[] image() {
      Borrowed<float[]> own = image;
      if (own == null) {
        own = Borrowed.floats(reach);
        Arrays.fill(own.array(), 0, reach, 0);
        image = own;
      }
      return own.array();
    }

    @Override
    public void close() {
      more.close();
      if (image != null) {
        image.close();
      }
    }

    private void store(int at, int n, int channel) {
      Layout l = c.outLayout;
      int start = (int) (l.offset() + n * l.stride(0) + channel * l.stride(1));
      int sx = Geometry.stride(l, 2);
      int sy = Geometry.stride(l, 1);
      int sz = Geometry.stride(l, 0);
      int height = g.axes[1].out();
      int across = g.axes[2].out();
      for (int z = 0; z < g.axes[0].out(); z++) {
        int from = at + z * g.gridPlane;
        int to = start + z * sz;
        if (sx == 1 && (sy == across || height == 1)) {
          FloatWindowTiles.pack(results, from, g.gridRow, across, height, c.out, to);
          continue;
        }
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < across; x++) {
            c.out[to + y * sy + x * sx] = results[from + y * g.gridRow + x];
          }
        }
      }
    }
  }
}
