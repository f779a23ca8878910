package io.gradus.backend.cpu.convolve;

import static io.gradus.backend.cpu.convolve.FloatConvolution.GRAIN;
import static io.gradus.backend.cpu.convolve.FloatConvolution.up;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Neighbouring results in the lanes: {@code results[o, q] = sum of weight[o, p] grid[q +
 * distance[p]]} over the whole grid, of which what lies between the results is left out at the end.
 *
 * <p>One thread computes all that belongs to an image, phases of the same convolution one after the
 * other, while the image and its results are in its core's cache.
 */
final class FloatPlaceLanes {
  private static final int V = FloatWindowTiles.LANES;

  /** Products between two looks at the same results: weights of a tile stay in L1. */
  private static final int DEPTH = 256;

  /** Output channels whose weights lie next to each other. */
  private static final int BLOCK = 4;

  /** Multiplications that take as long as to store a result. */
  private static final int STORE = 16;

  /** Multiplications that are not worth another thread. */
  private static final long SMALL = 1 << 16;

  /** Results of all channels, at most; smaller bands read memory in too short pieces: 1 MB. */
  private static final int RESULTS = (1 << 20) / Float.BYTES;

  /** Results of one channel are not divided into bands of fewer. */
  private static final int LEAST = 256;

  /** Units of work that are enough to share out. */
  private static final int UNITS = 8;

  private final List<FloatConvolution> phases;
  private final Geometry g;

  /** Output channels that one unit of work computes, and how many units a group has. */
  private final int rows;

  private final int parts;

  /** Packed weights of all phases. */
  private final int weights;

  /** What is computed of each image: phases whose results lie beside each other. */
  private final List<List<Piece>> pieces = new ArrayList<>();

  /**
   * Some neighbouring results of a phase.
   *
   * @param distances in the grid of each element of a window
   * @param weights where the packed weights for them start
   * @param width elements that are computed for an output channel, needed or not
   * @param reach elements behind the start of an image that are read or laid out, needed or not
   */
  private record Piece(FloatConvolution c, int[] distances, int weights, int width, int reach) {
    static Piece of(FloatConvolution c, int weights) {
      int width = up(c.g.span, 2 * V) + V;
      int farthest = 0;
      int[] distances = c.g.distances();
      for (int d : distances) {
        farthest = Math.max(farthest, d);
      }
      int grid = c.g.inPlace ? 0 : c.g.channels * c.g.gridChannel;
      int reach = Geometry.inArray(Math.max((long) farthest + width, grid));
      return new Piece(c, distances, weights, width, reach);
    }
  }

  /** {@link Phases} of a convolution. */
  FloatPlaceLanes(List<List<FloatConvolution>> phases) {
    this.phases = phases.stream().flatMap(List::stream).toList();
    this.g = this.phases.getFirst().g;
    long units = Math.min(UNITS, 2 * work() / GRAIN);
    int wanted = (int) Math.max(1, units / g.batch / g.groups);
    int packed = 0;
    for (List<FloatConvolution> beside : phases) {
      int most = Math.min(RESULTS / g.outputs / beside.size(), g.span / wanted * phases.size());
      int height = Bands.height(beside.getFirst().g, Math.max(LEAST, most), 2 * V);
      List<List<Piece>> bands = new ArrayList<>();
      for (FloatConvolution c : beside) {
        List<Kernel.Convolve> divided = Bands.of(c.kernel, c.g, height);
        for (int i = 0; i < divided.size(); i++) {
          if (bands.size() == i) {
            bands.add(new ArrayList<>());
          }
          FloatConvolution band = divided.size() == 1 ? c : new FloatConvolution(divided.get(i));
          bands.get(i).add(Piece.of(band, packed));
        }
        packed = Geometry.inArray(packed + c.packedSize(BLOCK));
      }
      pieces.addAll(bands);
    }
    this.weights = packed;
    int more = Math.clamp(wanted / pieces.size(), 1, (g.outputs + 7) / 8);
    this.rows = up((g.outputs + more - 1) / more, 8);
    this.parts = (g.outputs + rows - 1) / rows;
  }

  void run() {
    try (Borrowed<float[]> packed = Borrowed.floats(weights)) {
      int at = 0;
      for (FloatConvolution c : phases) {
        c.pack(BLOCK, packed.array(), at);
        at += (int) c.packedSize(BLOCK);
      }
      run(packed.array());
    }
  }

  /** Multiplications. */
  private long work() {
    long each = 0;
    for (FloatConvolution c : phases) {
      each += (long) Math.max(STORE, c.depth) * c.g.span;
    }
    return each * g.outputs * g.batch * g.groups;
  }

  private void run(float[] packed) {
    long units = (long) g.batch * g.groups * parts * pieces.size();
    long work = Math.max(1, work() / units);
    int reach = reach();
    long size = resultsSize();
    Workers.run(
        units,
        Math.max(1, Math.max(SMALL / work, Math.min(GRAIN / work, units / UNITS))),
        (from, to) -> {
          try (Borrowed<float[]> moreImage = FloatScratch.more(reach);
              Borrowed<float[]> more = FloatScratch.more(size)) {
            float[] grid = FloatScratch.grid(moreImage, reach);
            Task task = new Task(packed, grid, FloatScratch.results(more, (int) size));
            for (long u = from; u < to; u++) {
              List<Piece> beside = pieces.get((int) (u % pieces.size()));
              int part = (int) (u / pieces.size() % parts);
              int group = (int) (u / pieces.size() / parts % g.groups);
              int image = (int) (u / pieces.size() / parts / g.groups);
              task.run(beside, image, group, part * rows);
            }
          }
        });
  }

  /** Elements of an image that are read or laid out, needed or not. */
  private int reach() {
    int reach = 0;
    for (List<Piece> beside : pieces) {
      for (Piece piece : beside) {
        reach = Math.max(reach, piece.reach);
      }
    }
    return reach;
  }

  /** Results that a unit of work computes, needed or not. */
  private long resultsSize() {
    long size = 0;
    for (List<Piece> beside : pieces) {
      long width = 0;
      for (Piece piece : beside) {
        width += piece.width;
      }
      size = Math.max(size, rows * width);
    }
    return size;
  }

  /** What one thread needs for its units. */
  private final class Task {
    private final float[] packed;
    private final float[] image;
    private final float[] results;

    Task(float[] packed, float[] image, float[] results) {
      this.packed = packed;
      this.image = image;
      this.results = results;
    }

    void run(List<Piece> beside, int n, int group, int firstRow) {
      int at = 0;
      for (Piece piece : beside) {
        compute(piece, n, group, firstRow, at);
        at += rows * piece.width;
      }
      int count = Math.min(rows, g.outputs - firstRow);
      for (int o = 0; o < count; o++) {
        store(beside, o, n, group * g.outputs + firstRow + o);
      }
    }

    private void compute(Piece piece, int n, int group, int firstRow, int at) {
      FloatConvolution c = piece.c;
      Geometry g = c.g;
      int start = c.start(n, group);
      float[] from = c.in;
      if (!g.inPlace) {
        from = image;
        start = 0;
        c.grid.fill(n, group * g.channels, g.channels, from, 0);
      } else if (piece.reach > from.length - start) {
        System.arraycopy(from, start, image, 0, Math.max(0, from.length - start));
        from = image;
        start = 0;
      }
      int base = piece.weights + (group * up(g.outputs, BLOCK) + firstRow) * c.depth;
      int count = Math.min(rows, g.outputs - firstRow);
      if (c.isBiased()) {
        for (int o = 0; o < count; o++) {
          int row = at + o * piece.width;
          Arrays.fill(results, row, row + piece.width, c.bias(group * g.outputs + firstRow + o));
        }
      }
      int p = 0;
      do {
        int k = Math.min(DEPTH, c.depth - p);
        for (int q = 0; q < g.span; q += 2 * V) {
          FloatWindowTiles.places(
              packed,
              base + p * BLOCK,
              BLOCK * c.depth,
              count,
              from,
              start + q,
              piece.distances,
              p,
              k,
              results,
              at + q,
              piece.width,
              g.span - q > V,
              p > 0 || c.isBiased());
        }
        p += k;
      } while (p < c.depth);
    }

    private void store(List<Piece> beside, int o, int n, int channel) {
      Piece a = beside.getFirst();
      Piece b = beside.getLast();
      if (beside.size() == 2 && areAlternate(a.c.outLayout, b.c.outLayout)) {
        alternate(a.c, o * a.width, b.c, rows * a.width + o * b.width, n, channel);
        return;
      }
      int at = 0;
      for (Piece piece : beside) {
        store(piece.c, at + o * piece.width, n, channel);
        at += rows * piece.width;
      }
    }

    private boolean areAlternate(Layout first, Layout second) {
      return second.offset() == first.offset() + 1
          && Geometry.stride(first, 2) == 2
          && Geometry.stride(second, 2) == 2;
    }

    private void store(FloatConvolution c, int at, int n, int channel) {
      Geometry g = c.g;
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
          FloatRows.pack(results, from, g.gridRow, across, height, c.out, to);
          continue;
        }
        for (int y = 0; y < height; y++) {
          FloatRows.copy(results, from + y * g.gridRow, 1, across, c.out, to + y * sy, sx);
        }
      }
    }

    /** Results of which every second is of the other phase. */
    private void alternate(
        FloatConvolution a, int atA, FloatConvolution b, int atB, int n, int channel) {
      Layout l = a.outLayout;
      int start = (int) (l.offset() + n * l.stride(0) + channel * l.stride(1));
      int across = b.g.axes[2].out();
      for (int z = 0; z < a.g.axes[0].out(); z++) {
        for (int y = 0; y < a.g.axes[1].out(); y++) {
          int to = start + z * Geometry.stride(l, 0) + y * Geometry.stride(l, 1);
          int fromA = atA + z * a.g.gridPlane + y * a.g.gridRow;
          int fromB = atB + z * b.g.gridPlane + y * b.g.gridRow;
          FloatRows.alternate(results, fromA, fromB, across, a.out, to);
          if (a.g.axes[2].out() > across) {
            a.out[to + 2 * across] = results[fromA + across];
          }
        }
      }
    }
  }
}
