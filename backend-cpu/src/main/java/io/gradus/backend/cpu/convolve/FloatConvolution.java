package io.gradus.backend.cpu.convolve;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.contract.FloatPacking;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Layout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of f32 as a product of matrices: weights times windows.
 *
 * <p>Three ways, chosen by what they cost. Where many output channels meet each window, windows are
 * copied as panels of a product ({@link FloatWindowPanels}). Else they are never written down: a
 * tile reads each of their elements at its distance in the grid, with neighbouring results in the
 * lanes of a vector or, for few results of many products (the gradient of a weight), with output
 * channels there. Each result is a chain of fma over channels and taps, which begins with the bias
 * and is cut only at places that follow from the sizes.
 */
final class FloatConvolution {
  /** Neighbouring weights that are worth the vectors that may copy them. */
  private static final int LONG = 16;

  /** Multiplications that are a good piece of work for a thread. */
  static final long GRAIN = 1 << 20;

  final Kernel.Convolve kernel;
  final Geometry g;
  final float[] in;
  final Layout inLayout;
  final float[] weight;
  final Layout weightLayout;
  private final float @Nullable [] bias;
  final float[] out;
  final Layout outLayout;
  final FloatGrid grid;

  /** Products that make up one result. */
  final int depth;

  /** Where the weight for each tap is, behind that for the first. */
  private final int[] weightTaps;

  FloatConvolution(Kernel.Convolve k) {
    this.kernel = k;
    this.g = new Geometry(k);
    this.in = (float[]) CpuStorage.array(k.in());
    this.inLayout = k.in().layout();
    this.weight = (float[]) CpuStorage.array(k.weight());
    this.weightLayout = k.weight().layout();
    this.bias = k.bias() == null ? null : (float[]) CpuStorage.array(k.bias());
    this.out = (float[]) CpuStorage.array(k.out());
    this.outLayout = k.out().layout();
    this.grid = new FloatGrid(g, in, inLayout);
    this.depth = g.depth();
    this.weightTaps = weightTaps();
  }

  private int[] weightTaps() {
    int[] all = new int[g.taps.length];
    int width = g.axes[2].window();
    int height = g.axes[1].window();
    for (int i = 0; i < all.length; i++) {
      all[i] =
          i % width * Geometry.stride(weightLayout, 2)
              + i / width % height * Geometry.stride(weightLayout, 1)
              + i / width / height * Geometry.stride(weightLayout, 0);
    }
    return all;
  }

  /** Computes all of these, which are {@link Phases} of one. */
  static void run(List<List<Kernel.Convolve>> kernels) {
    List<List<FloatConvolution>> phases =
        kernels.stream().map(row -> row.stream().map(FloatConvolution::new).toList()).toList();
    FloatConvolution first = phases.getFirst().getFirst();
    if (phases.size() == 1 && phases.getFirst().size() == 1) {
      first.run();
    } else {
      new FloatPlaceLanes(phases).run();
    }
  }

  /** Goes the way that costs least. */
  private void run() {
    // In products of vectors and pieces of work that take as long, as measured. The choice shows in
    // the last bits, so it takes vectors of one length for granted.
    int v = 8;
    double each = (double) g.batch * g.groups * depth / (2 * v);
    double windows = (double) g.batch * g.groups * depth * g.places;
    double byPanels =
        0.93 * each * g.places * g.outputs + 12 * windows * FloatWindowPanels.pieces(g);
    double byPlaces = each * up(g.span, v) * up(g.outputs, 4);
    double byOutputs =
        1.3 * each * g.places * up(g.outputs, v)
            + (double) g.batch * g.groups * g.places * g.outputs
            + (double) g.groups * depth * g.outputs;
    if (FloatWindowPanels.suits(g) && byPanels < Math.min(byPlaces, byOutputs)) {
      new FloatWindowPanels(this).run();
    } else if (byOutputs < byPlaces) {
      new FloatOutputLanes(this).run();
    } else {
      new FloatPlaceLanes(List.of(List.of(this))).run();
    }
  }

  /** The next multiple. */
  static int up(int n, int of) {
    return (n + of - 1) / of * of;
  }

  /** Whether sums begin with a {@link #bias}, and not with zero. */
  boolean isBiased() {
    return bias != null;
  }

  /** What the sums of an output channel begin with. */
  float bias(int channel) {
    if (bias == null || kernel.bias() == null) {
      return 0;
    }
    Layout l = kernel.bias().layout();
    return bias[(int) (l.offset() + channel * l.stride(0))];
  }

  /** Where the channels of a group of an image start in {@link #in}. */
  int start(int n, int group) {
    return (int)
        (inLayout.offset()
            + n * inLayout.stride(0)
            + (long) group * g.channels * inLayout.stride(1));
  }

  /**
   * For each group and block of so many output channels their weights, product after product;
   * {@link #packedSize} of them from {@code start} on.
   */
  void pack(int rows, float[] packed, int start) {
    int blocks = (g.outputs + rows - 1) / rows;
    int stretch = 128; // what is written stays in the nearest cache until its lines are full
    int stretches = (depth + stretch - 1) / stretch;
    Workers.run(
        (long) g.groups * blocks * stretches,
        Math.max(1, GRAIN / 8 / ((long) stretch * rows)),
        (from, to) -> {
          for (long u = from; u < to; u++) {
            // Channels within: with those next to each other in memory, lines are read once.
            int block = (int) (u % blocks);
            int p = (int) (u / blocks % stretches) * stretch;
            int group = (int) (u / blocks / stretches);
            int count = Math.min(rows, g.outputs - block * rows);
            int at = start + ((group * blocks + block) * depth + p) * rows;
            int end = Math.min(depth, p + stretch);
            weights(group * g.outputs + block * rows, count, p, end, packed, at, rows);
          }
        });
  }

  /** Room for {@link #pack}. */
  long packedSize(int rows) {
    return (long) g.groups * up(g.outputs, rows) * depth;
  }

  /**
   * Copies weights {@code [from, to)} of some output channels: the channels next to each other,
   * weights {@code step} apart; zeros where there are no more channels.
   */
  void weights(int output, int outputs, int from, int to, float[] packed, int o, int step) {
    int sx = Geometry.stride(weightLayout, 2);
    int sc = (int) weightLayout.stride(1);
    int ld = (int) weightLayout.stride(0);
    int start = (int) weightLayout.offset() + output * ld;
    int area = g.taps.length;
    int wx = g.axes[2].window();
    int plane = wx * g.axes[1].window();
    boolean rows = wx == plane || Geometry.stride(weightLayout, 1) == wx * sx;
    boolean planes = plane == area || Geometry.stride(weightLayout, 0) == plane * sx;
    int run = !rows || !planes ? 1 : sc == area * sx ? depth : area;
    int channel = from / area;
    int tap = from % area;
    if (run < LONG) {
      for (int p = from, r = o; p < to; p++, r += step) {
        one(start + channel * sc + weightTaps[tap], ld, outputs, packed, r, step);
        if (++tap == area) {
          tap = 0;
          channel++;
        }
      }
      return;
    }
    for (int p = from; p < to; ) {
      int q = start + p / area * sc + weightTaps[p % area];
      int n = Math.min(run - p % run, to - p);
      FloatPacking.lines(weight, q, ld, sx, outputs, step, n, packed, o + (p - from) * step);
      p += n;
    }
  }

  private void one(int q, int ld, int outputs, float[] packed, int r, int step) {
    int j = 0;
    for (; j + 4 <= outputs; j += 4) {
      packed[r + j] = weight[q + j * ld];
      packed[r + j + 1] = weight[q + (j + 1) * ld];
      packed[r + j + 2] = weight[q + (j + 2) * ld];
      packed[r + j + 3] = weight[q + (j + 3) * ld];
    }
    for (; j < step; j++) {
      packed[r + j] = j < outputs ? weight[q + j * ld] : 0;
    }
  }
}
