package io.gradus.backend.cpu.convolve;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Layout;

/**
 * A convolution of f32 as a product of matrices: weights times windows.
 *
 * <p>Three ways, chosen by what they cost. Where many output channels meet each window, windows are
 * copied as panels of a product ({@link FloatWindowPanels}). Else they are never written down: a
 * tile reads each of their elements at its distance in the grid, with neighbouring results in the
 * lanes of a vector or, for few results of many products (the gradient of a weight), with output
 * channels there. Each result is a chain of fma over channels and taps, cut only at places that
 * follow from the sizes.
 */
final class FloatConvolution {
  /** Products between two looks at the same results: what is packed for them stays in L1. */
  static final int DEPTH = 256;

  /** Multiplications that are a good piece of work for a thread. */
  static final long GRAIN = 1 << 20;

  final Geometry g;
  final float[] in;
  final Layout inLayout;
  final float[] weight;
  final Layout weightLayout;
  final float[] out;
  final Layout outLayout;
  final FloatGrid grid;

  /** Products that make up one result, and where each reads. */
  final int depth;

  final int[] distances;

  FloatConvolution(Kernel.Convolve k, Geometry g) {
    this.g = g;
    this.in = (float[]) CpuStorage.array(k.in());
    this.inLayout = k.in().layout();
    this.weight = (float[]) CpuStorage.array(k.weight());
    this.weightLayout = k.weight().layout();
    this.out = (float[]) CpuStorage.array(k.out());
    this.outLayout = k.out().layout();
    this.grid = new FloatGrid(g, in, inLayout);
    this.depth = g.depth();
    this.distances = g.distances();
  }

  void run() {
    if (FloatWindowPanels.suits(g)) {
      new FloatWindowPanels(this).run();
      return;
    }
    // Vectors of fma, and elements that are moved one by one. The choice shows in the last bits,
    // so it takes vectors of one length for granted.
    int v = 8;
    long products = (long) g.batch * g.groups * depth;
    long byPlaces = products * up(g.outputs, 4) * up(g.span, v) / (2L * v);
    long byOutputs =
        products * g.places * up(g.outputs, v) / (2L * v) * 3 / 2
            + (long) g.batch * g.groups * g.places * g.outputs
            + (long) g.groups * depth * g.outputs;
    if (byOutputs < byPlaces) {
      new FloatOutputLanes(this).run();
    } else {
      new FloatPlaceLanes(this).run();
    }
  }

  /** The next multiple. */
  static int up(int n, int of) {
    return (n + of - 1) / of * of;
  }

  /** Where the channels of a group of an image start in {@link #in}. */
  int start(int n, int group) {
    return (int)
        (inLayout.offset()
            + n * inLayout.stride(0)
            + (long) group * g.channels * inLayout.stride(1));
  }

  /**
   * Copies weights {@code [from, to)} of some output channels: the channels next to each other,
   * weights {@code step} apart.
   */
  void weights(int output, int outputs, int from, int to, float[] packed, int o, int step) {
    int r = 0;
    for (; r + 4 <= outputs; r += 4) {
      weights(output + r, from, to, packed, o + r, step, true);
    }
    for (; r < outputs; r++) {
      weights(output + r, from, to, packed, o + r, step, false);
    }
  }

  private void weights(
      int output, int from, int to, float[] packed, int o, int step, boolean four) {
    int sx = Geometry.stride(weightLayout, 2);
    int sy = Geometry.stride(weightLayout, 1);
    int sz = Geometry.stride(weightLayout, 0);
    int sc = (int) weightLayout.stride(1);
    int wx = g.axes[2].window();
    int wy = g.axes[1].window();
    int area = g.taps.length;
    boolean evenly = (sy == wx * sx || wy == 1) && (sz == wx * wy * sx || area == wx * wy);
    int run = evenly ? area : wx;
    int start = (int) (weightLayout.offset() + output * weightLayout.stride(0));
    for (int p = from; p < to; ) {
      int tap = p % area;
      int x = tap % run;
      int y = tap / run % wy;
      int q = start + p / area * sc + tap / run / wy * sz + y * sy + x * sx;
      int n = Math.min(run - x, to - p);
      int r = o + (p - from) * step;
      if (four) {
        copyFour(weight, q, (int) weightLayout.stride(0), sx, n, packed, r, step);
      } else {
        for (int i = 0; i < n; i++) {
          packed[r + i * step] = weight[q + i * sx];
        }
      }
      p += n;
    }
  }

  private static void copyFour(
      float[] a, int q, int ld, int sx, int n, float[] to, int o, int step) {
    int q1 = q + ld;
    int q2 = q1 + ld;
    int q3 = q2 + ld;
    int r = o;
    if (sx == 1) { // indices that the compiler checks once for the whole loop
      for (int i = 0; i < n; i++, r += step) {
        to[r] = a[q + i];
        to[r + 1] = a[q1 + i];
        to[r + 2] = a[q2 + i];
        to[r + 3] = a[q3 + i];
      }
      return;
    }
    for (int i = 0; i < n; i++, r += step) {
      to[r] = a[q + i * sx];
      to[r + 1] = a[q1 + i * sx];
      to[r + 2] = a[q2 + i * sx];
      to[r + 3] = a[q3 + i * sx];
    }
  }
}
