package io.gradus.backend.cpu.convolve;

import static io.gradus.backend.cpu.convolve.FloatConvolution.GRAIN;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.contract.FloatTiles;
import io.gradus.tensor.layout.Layout;
import java.util.Arrays;

/**
 * A product of packed matrices: windows are copied in the order in which the register tiles of
 * {@link FloatTiles} read them, those of some neighbouring results at a time. Each copy is read
 * once for every tile of output channels, from the cache of the core that made it.
 */
final class FloatWindowPanels {
  private static final int ROWS = FloatTiles.ROWS;
  private static final int COLUMNS = FloatTiles.COLUMNS;

  /** Results of a channel that a thread computes at once ... */
  private static final int WIDTH = 64;

  /** ... and so many products of each: 256 KB of panels, for a core's second-level cache. */
  private static final int DEPTH = 4096 / Float.BYTES;

  /** Units of work below which output channels are shared out, too. */
  private static final int FEW = 8;

  private final FloatConvolution c;
  private final Geometry g;

  /** Results of an output channel. */
  private final int places;

  /** Tiles of output channels in a group, and how many of them a unit of work has. */
  private final int tiles;

  private final int height;

  FloatWindowPanels(FloatConvolution c) {
    this.c = c;
    this.g = c.g;
    this.places = g.batch * g.places;
    this.tiles = (g.outputs + ROWS - 1) / ROWS;
    int units = g.groups * blocks();
    int parts = Math.clamp(FEW / units, 1, Math.max(1, tiles / 4));
    this.height = Math.min(FloatScratch.KEPT / WIDTH / ROWS, (tiles + parts - 1) / parts);
  }

  /** Whether there are enough results and products, and an array holds what this needs. */
  static boolean suits(Geometry g) {
    if (g.depth() < WIDTH || (long) g.batch * g.places < WIDTH) {
      return false;
    }
    long grids = g.inPlace ? 0 : (long) g.batch * g.groups * g.channels * g.gridChannel;
    long weights = (long) g.groups * FloatConvolution.up(g.outputs, 8) * g.depth();
    return Math.max(grids, weights) < Geometry.MOST;
  }

  /** Pieces in which windows are copied, for each of their elements. */
  static double pieces(Geometry g) {
    int width = g.axes[2].out();
    return 1 / 32.0 + (width > 1 ? 1.0 / width : 6 / 32.0); // or lines that are turned
  }

  private int blocks() {
    return (places + WIDTH - 1) / WIDTH;
  }

  void run() {
    try (Borrowed<float[]> weights = Borrowed.floats((int) c.packedSize(ROWS));
        Borrowed<float[]> grids = c.grid.all()) {
      c.pack(ROWS, weights.array(), 0);
      float[] source = g.inPlace ? c.in : grids.array();
      int[] distances = g.distances();
      int parts = (tiles + height - 1) / height;
      Workers.run(
          (long) blocks() * g.groups * parts,
          Math.max(1, GRAIN / Math.max(1, (long) height * ROWS * WIDTH * c.depth)),
          (from, to) -> {
            Task task = new Task(weights.array(), source, distances);
            for (long u = from; u < to; u++) {
              int part = (int) (u % parts);
              int group = (int) (u / parts % g.groups);
              task.run((int) (u / parts / g.groups) * WIDTH, group, part * height);
            }
          });
    }
  }

  /** What one thread needs for its units. */
  private final class Task {
    private final float[] weights;
    private final FloatPanels windows;
    private final float[] panels = FloatScratch.packed(WIDTH * DEPTH + COLUMNS);
    private final float[] results = FloatScratch.results(height * ROWS * WIDTH);
    private final Pieces read = new Pieces(WIDTH, FloatWindowTiles.LANES, COLUMNS);
    private final Pieces written = new Pieces(WIDTH, WIDTH, WIDTH);

    Task(float[] weights, float[] source, int[] distances) {
      this.weights = weights;
      this.windows = new FloatPanels(source, distances);
    }

    void run(int first, int group, int tile) {
      int count = Math.min(WIDTH, places - first);
      int last = Math.min(tiles, tile + height);
      int used = (count + COLUMNS - 1) / COLUMNS;
      find(first, count, group);
      int stretches = (c.depth + DEPTH - 1) / DEPTH;
      int deep = (c.depth + stretches - 1) / stretches;
      begin(tile, last, group);
      for (int p = 0; p < c.depth; p += deep) {
        int k = Math.min(deep, c.depth - p);
        for (int j = 0; j < used; j++) {
          windows.pack(read, j, p, k, panels, j * k * COLUMNS);
        }
        for (int i = tile; i < last; i++) {
          int row = ((group * tiles + i) * c.depth + p) * ROWS;
          int to = (i - tile) * ROWS * WIDTH;
          for (int j = 0; j < used; j++) {
            int panel = j * k * COLUMNS;
            int at = to + j * COLUMNS;
            boolean add = p > 0 || c.isBiased();
            FloatTiles.packed(weights, row, panels, panel, k, results, at, WIDTH, add);
          }
        }
      }
      for (int o = tile * ROWS; o < Math.min(g.outputs, last * ROWS); o++) {
        store((o - tile * ROWS) * WIDTH, group * g.outputs + o);
      }
    }

    private void begin(int tile, int last, int group) {
      if (!c.isBiased()) {
        return;
      }
      for (int o = tile * ROWS; o < Math.min(g.outputs, last * ROWS); o++) {
        int at = (o - tile * ROWS) * WIDTH;
        Arrays.fill(results, at, at + WIDTH, c.bias(group * g.outputs + o));
      }
    }

    /** Where results are read from, and where they go, row by row. */
    private void find(int first, int count, int group) {
      Layout l = c.outLayout;
      int sx = Geometry.stride(l, 2);
      int sy = Geometry.stride(l, 1);
      int sz = Geometry.stride(l, 0);
      int width = g.axes[2].out();
      int height = g.axes[1].out();
      read.clear();
      written.clear();
      for (int j = 0, n; j < count; j += n) {
        int image = (first + j) / g.places;
        int place = (first + j) % g.places;
        int x = place % width;
        int row = place / width;
        n = Math.min(count - j, width - x);
        int grid =
            g.inPlace
                ? c.start(image, group)
                : (image * g.groups + group) * g.channels * g.gridChannel;
        read.add(grid + g.place(place), 1, n);
        int to = (int) (image * l.stride(0)) + row / height * sz + row % height * sy;
        written.add(to + x * sx, sx, n);
      }
    }

    private void store(int from, int channel) {
      int to = (int) (c.outLayout.offset() + channel * c.outLayout.stride(1));
      for (int i = 0; i < written.count(); i++) {
        int source = from + written.at(i);
        int target = to + written.from(i);
        if (written.length(i) >= ROWS) {
          System.arraycopy(results, source, c.out, target, written.length(i));
        } else {
          for (int j = 0; j < written.length(i); j++) {
            c.out[target + j] = results[source + j];
          }
        }
      }
    }
  }
}
