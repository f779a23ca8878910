package io.gradus.backend.cpu.convolve;

import static io.gradus.backend.cpu.convolve.FloatConvolution.GRAIN;
import static io.gradus.backend.cpu.convolve.FloatConvolution.up;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.layout.Layout;
import java.util.function.IntUnaryOperator;

/**
 * Output channels in the lanes: {@code results[place, o] = sum of grid[place + distance[p]]
 * weight[p, o]}.
 *
 * <p>Where there are too few results to share out, the products are: in parts whose number depends
 * on the sizes alone, added up in order.
 */
final class FloatOutputLanes {
  private static final int V = FloatWindowTiles.LANES;
  private static final int LANES = 2 * V;

  /** Products between two looks at the same results. */
  private static final int DEPTH = 1024;

  /** Units of work that are enough to share out. */
  private static final int UNITS = 16;

  /** Places of a unit for which packing weights is hardly any work ... */
  private static final int MANY = 256;

  /** ... and for which it is worth the trouble if there would be too few units. */
  private static final int FEW = 64;

  /** Products that are worth sums of their own. */
  private static final int SEGMENT = 2048;

  /** Results of a unit, at most: 512 KB in a core's second-level cache. */
  private static final int RESULTS = (1 << 19) / Float.BYTES;

  /** Places whose results are written at a time. */
  private static final int STORED = 16;

  private final FloatConvolution c;
  private final Geometry g;

  /** Output channels with room for whole vectors. */
  private final int columns;

  /** Places of a group in all images, and with room for whole tiles. */
  private final int places;

  private final int padded;

  /** Places of a unit, and how many units they make. */
  private final int chunk;

  private final int chunks;

  /** Products of a unit, and how many parts of the whole sum they make. */
  private final int segment;

  private final int segments;

  FloatOutputLanes(FloatConvolution c) {
    this.c = c;
    this.g = c.g;
    this.columns = up(g.outputs, LANES);
    this.places = g.batch * g.places;
    this.padded = up(places, 8);
    // The same whatever the lanes: the sums of parts are rounded.
    int wanted = (UNITS + g.groups - 1) / g.groups;
    int byPlaces = Math.clamp(places / MANY, 1, wanted);
    int most = g.inPlace ? c.depth : g.channels; // channels that are laid out are not divided
    int parts =
        Math.clamp(c.depth / SEGMENT, 1, Math.min(most, (wanted + byPlaces - 1) / byPlaces));
    int unit = g.inPlace ? 1 : g.taps.length;
    this.segment = up((c.depth + parts - 1) / parts, unit);
    this.segments = (c.depth + segment - 1) / segment;
    int more = Math.clamp(places / FEW, 1, (wanted + segments - 1) / segments);
    int fitting = Math.max(1, RESULTS / columns);
    this.chunk = up(Math.min((places + more - 1) / more, fitting), 8);
    this.chunks = (places + chunk - 1) / chunk;
  }

  void run() {
    long size = (long) segments * g.groups * padded * columns;
    try (Borrowed<float[]> results = Borrowed.floats(Geometry.inArray(size))) {
      float[] sums = results.array();
      Workers.run(
          (long) segments * g.groups * chunks,
          Math.max(1, GRAIN / Math.max(1, (long) chunk * segment * columns)),
          (from, to) -> {
            for (long u = from; u < to; u++) {
              int s = (int) (u / chunks / g.groups);
              new Unit(s, (int) (u / chunks % g.groups), (int) (u % chunks) * chunk, sums).run();
            }
          });
      int tiles = (places + STORED - 1) / STORED;
      Workers.run(
          (long) tiles * g.groups,
          Math.max(1, GRAIN / 16 / Math.max(1, STORED * columns * segments)),
          (from, to) -> {
            for (long u = from; u < to; u++) {
              int first = (int) (u % tiles) * STORED;
              store((int) (u / tiles), first, Math.min(places, first + STORED), sums);
            }
          });
    }
  }

  /** Sums of some products for some places. */
  private final class Unit {
    private final int group;
    private final int first;
    private final int count;

    /** Products. */
    private final int from;

    private final int end;
    private final float[] results;

    /** Where the results start. */
    private final int to;

    private final int[] distances = new int[DEPTH];
    private final float[] packed = FloatScratch.packed(DEPTH * LANES);

    Unit(int s, int group, int first, float[] results) {
      this.group = group;
      this.first = first;
      this.count = Math.min(chunk, places - first);
      this.from = s * segment;
      this.end = Math.min(c.depth, from + segment);
      this.results = results;
      this.to = (s * g.groups + group) * padded * columns + first * LANES;
    }

    void run() {
      if (isBiased()) {
        begin();
      }
      if (g.inPlace) {
        int[] starts = starts(image -> c.start(image, group));
        add(c.in, starts, 0, from, end);
        return;
      }
      int area = g.taps.length;
      int channels = Math.min((DEPTH + area - 1) / area, (end - from) / area);
      int image = first / g.places;
      int images = (first + count - 1) / g.places - image + 1;
      int apart = channels * g.gridChannel;
      int[] starts = starts(n -> (n - image) * apart);
      long size = (long) images * apart;
      try (Borrowed<float[]> more = FloatScratch.more(size)) {
        float[] grid = FloatScratch.grid(more, (int) size);
        for (int p = from; p < end; p += channels * area) {
          int last = Math.min(end, p + channels * area);
          int channel = group * g.channels + p / area;
          for (int n = 0; n < images; n++) {
            c.grid.fill(image + n, channel, (last - p) / area, grid, n * apart);
          }
          add(grid, starts, p, p, last);
        }
      }
    }

    /** Whether these are the first products of sums that begin with a bias. */
    private boolean isBiased() {
      return from == 0 && c.isBiased();
    }

    private void begin() {
      for (int o = 0; o < g.outputs; o++) {
        float bias = c.bias(group * g.outputs + o);
        int at = to + o / LANES * LANES * padded + o % LANES;
        for (int i = 0; i < up(count, 8); i++) {
          results[at + i * LANES] = bias;
        }
      }
    }

    /** Where some places are read from, with room for whole tiles. */
    private int[] starts(IntUnaryOperator image) {
      int[] at = new int[up(count, 8)];
      for (int i = 0; i < at.length; i++) {
        int place = first + Math.min(i, count - 1);
        at[i] = image.applyAsInt(place / g.places) + g.place(place % g.places);
      }
      return at;
    }

    /** Adds products {@code [p, last)}; those from {@code base} on are in {@code source}. */
    private void add(float[] source, int[] starts, int base, int p, int last) {
      int blocks = (last - p + DEPTH - 1) / DEPTH;
      int deep = (last - p + blocks - 1) / blocks;
      for (int q = p; q < last; q += deep) {
        int k = Math.min(deep, last - q);
        g.distances(q - base, k, distances);
        for (int o = 0; o < g.outputs; o += LANES) {
          boolean wide = g.outputs - o > V;
          int lanes = wide ? LANES : V;
          int outputs = Math.min(lanes, g.outputs - o);
          c.weights(group * g.outputs + o, outputs, q, q + k, packed, 0, lanes);
          tiles(source, starts, k, o, wide, q > from || isBiased());
        }
      }
    }

    private void tiles(float[] source, int[] starts, int k, int o, boolean wide, boolean add) {
      for (int i = 0; i < count; i += FloatWindowTiles.placesAtOnce(wide)) {
        int at = to + o * padded + i * LANES;
        FloatWindowTiles.outputs(
            source, starts, i, distances, k, packed, results, at, LANES, wide, add);
      }
    }
  }

  /** Adds parts of sums up and writes them to where they belong. */
  private void store(int group, int first, int last, float[] results) {
    int from = group * padded * columns + first * LANES;
    int length = (last - first) * LANES;
    for (int s = 1; s < segments; s++) {
      for (int o = 0; o < g.outputs; o += LANES) {
        int to = from + o * padded;
        int more = to + s * g.groups * padded * columns;
        for (int i = 0; i < length; i++) {
          results[to + i] += results[more + i];
        }
      }
    }
    Layout l = c.outLayout;
    int sx = Geometry.stride(l, 2);
    int sy = Geometry.stride(l, 1);
    int sz = Geometry.stride(l, 0);
    int width = g.axes[2].out();
    int height = g.axes[1].out();
    int[] at = new int[last - first];
    for (int i = first; i < last; i++) {
      int place = i % g.places;
      int row = place / width;
      at[i - first] =
          (int) (l.offset() + i / g.places * l.stride(0))
              + place % width * sx
              + row % height * sy
              + row / height * sz;
    }
    for (int o = 0; o < g.outputs; o++) {
      int channel = (int) ((group * g.outputs + o) * l.stride(1));
      int start = from + o / LANES * LANES * padded + o % LANES;
      for (int i = 0; i < at.length; i++) {
        c.out[channel + at[i]] = results[start + i * LANES];
      }
    }
  }
}
