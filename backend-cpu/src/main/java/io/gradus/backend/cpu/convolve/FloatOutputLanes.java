package io.gradus.backend.cpu.convolve;

import static io.gradus.backend.cpu.convolve.FloatConvolution.DEPTH;
import static io.gradus.backend.cpu.convolve.FloatConvolution.GRAIN;
import static io.gradus.backend.cpu.convolve.FloatConvolution.up;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.layout.Layout;
import org.jspecify.annotations.Nullable;

/**
 * Output channels in the lanes: {@code results[place, o] = sum of grid[place + distance[p]]
 * weight[p, o]}.
 *
 * <p>Where there are too few results to share out, the products are: in parts whose number depends
 * on the sizes alone, added up in order.
 */
final class FloatOutputLanes {
  private static final int V = FloatWindowTiles.LANES;

  /** Places that one unit of work computes. */
  private static final int PLACES = 64;

  private static final int SEGMENT = 2048;

  private final FloatConvolution c;
  private final Geometry g;
  private final boolean wide;
  private final int lanes;
  private final int columns;

  /** Places of a group in all images. */
  private final int places;

  private final int segments;
  private final int segment;
  private final int[] starts;

  FloatOutputLanes(FloatConvolution c) {
    this.c = c;
    this.g = c.g;
    this.wide = g.outputs > V;
    this.lanes = wide ? 2 * V : V;
    this.columns = up(g.outputs, lanes);
    this.places = g.batch * g.places;
    // The same whatever the lanes: the sums of parts are rounded.
    int units = g.groups * ((places + PLACES - 1) / PLACES);
    this.segments = Math.clamp(c.depth / SEGMENT, 1, (units + 15) / units);
    this.segment = (c.depth + segments - 1) / segments;
    this.starts = starts();
  }

  /** Where the grid of each group and place starts. */
  private int[] starts() {
    int padded = up(places, 8);
    int[] at = new int[g.groups * padded];
    for (int group = 0; group < g.groups; group++) {
      for (int i = 0; i < padded; i++) {
        int row = Math.min(i, places - 1);
        int n = row / g.places;
        int start =
            g.inPlace ? c.start(n, group) : (n * g.groups + group) * g.channels * g.gridChannel;
        at[group * padded + i] = start + g.place(row % g.places);
      }
    }
    return at;
  }

  void run() {
    // Weights that are read once by one thread are packed by it, a few at a time.
    long weights = places <= PLACES ? 0 : (long) g.groups * columns * c.depth;
    long sums = (long) segments * g.groups * up(places, 8) * columns;
    try (Borrowed<float[]> grids = c.grid.all();
        Borrowed<float[]> packed = FloatScratch.more(weights);
        Borrowed<float[]> results = FloatScratch.more(sums)) {
      run(
          g.inPlace ? c.in : grids.array(),
          weights == 0 ? null : pack(FloatScratch.packed(packed, (int) weights)),
          FloatScratch.results(results, (int) sums));
    }
  }

  private void run(float[] source, float @Nullable [] packed, float[] results) {
    int blocks = columns / lanes;
    int chunks = (places + PLACES - 1) / PLACES;
    long units = (long) segments * g.groups * blocks * chunks;
    long work = (long) Math.min(PLACES, places) * segment * lanes;
    Workers.run(
        units,
        Math.max(1, GRAIN / Math.max(1, work)),
        (from, to) -> {
          for (long u = from; u < to; u++) {
            int chunk = (int) (u % chunks);
            int block = (int) (u / chunks % blocks);
            int group = (int) (u / chunks / blocks % g.groups);
            int s = (int) (u / chunks / blocks / g.groups);
            unit(source, s, group, block, chunk * PLACES, packed, results);
          }
        });
    int outputs = g.groups * g.outputs;
    Workers.run(
        outputs,
        Math.max(1, GRAIN / 8 / Math.max(1, places)),
        (from, to) -> {
          for (int o = (int) from; o < to; o++) {
            store(o, results);
          }
        });
  }

  /** For each group and block of lanes the weights of all its output channels, p after p. */
  private float[] pack(float[] packed) {
    int blocks = columns / lanes;
    // A stretch of p at a time: what is written stays in L1 until its lines are full.
    int stretch = 128;
    int stretches = (c.depth + stretch - 1) / stretch;
    Workers.run(
        (long) stretches * g.groups * blocks,
        Math.max(1, GRAIN / 8 / ((long) stretch * lanes)),
        (from, to) -> {
          for (long u = from; u < to; u++) {
            int p = (int) (u % stretches) * stretch;
            int block = (int) (u / stretches % blocks);
            int group = (int) (u / stretches / blocks);
            int base = (group * blocks + block) * lanes * c.depth;
            int end = Math.min(lanes, g.outputs - block * lanes);
            c.weights(
                group * g.outputs + block * lanes,
                end,
                p,
                Math.min(c.depth, p + stretch),
                packed,
                base + p * lanes,
                lanes);
          }
        });
    return packed;
  }

  private void unit(
      float[] source,
      int s,
      int group,
      int block,
      int first,
      float @Nullable [] packed,
      float[] results) {
    float[] from = packed == null ? FloatScratch.packed(DEPTH * lanes) : packed;
    int padded = up(places, 8);
    int end = Math.min(c.depth, (s + 1) * segment);
    int last = Math.min(places, first + PLACES);
    int step = FloatWindowTiles.placesAtOnce(wide);
    int weights = (group * (columns / lanes) + block) * lanes * c.depth;
    int to = (s * g.groups + group) * padded * columns + block * lanes;
    for (int p = s * segment; p < end; p += DEPTH) {
      int k = Math.min(DEPTH, end - p);
      int at = weights + p * lanes;
      if (packed == null) {
        int o = block * lanes;
        c.weights(group * g.outputs + o, Math.min(lanes, g.outputs - o), p, p + k, from, 0, lanes);
        at = 0;
      }
      for (int i = first; i < last; i += step) {
        FloatWindowTiles.outputs(
            source,
            starts,
            group * padded + i,
            c.distances,
            p,
            k,
            from,
            at,
            results,
            to + i * columns,
            columns,
            wide,
            p > s * segment);
      }
    }
  }

  private void store(int channel, float[] results) {
    Layout l = c.outLayout;
    int padded = up(places, 8);
    int group = channel / g.outputs;
    int from = group * padded * columns + channel % g.outputs;
    int step = g.groups * padded * columns;
    int sx = Geometry.stride(l, 2);
    int sy = Geometry.stride(l, 1);
    int sz = Geometry.stride(l, 0);
    int width = g.axes[2].out();
    int height = g.axes[1].out();
    for (int i = 0; i < places; ) {
      int n = i / g.places;
      int row = i % g.places / width;
      int to =
          (int) (l.offset() + n * l.stride(0) + channel * l.stride(1))
              + row % height * sy
              + row / height * sz;
      for (int x = 0; x < width; x++, i++) {
        float sum = results[from + i * columns];
        for (int s = 1; s < segments; s++) {
          sum += results[from + i * columns + s * step];
        }
        c.out[to + x * sx] = sum;
      }
    }
  }
}
