package io.gradus.backend.cpu.pool;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Layout;

/** Maxima of windows of f32. */
final class FloatMaxPlane implements MaxPlane {
  /** What {@link #order} is for NaN. */
  private static final int NAN = order(Float.NaN);

  private static final boolean VECTOR = Lanes.isVector() && FloatVectorPairs.fits();

  private final PoolGeometry g;
  private final float[] in;
  private final Layout inLayout;
  private final float[] values;
  private final Layout valuesLayout;
  private final long[] indices;
  private final Layout indicesLayout;
  private final int[] strides;

  FloatMaxPlane(Kernel.MaxPool k) {
    this.g = new PoolGeometry(k);
    this.in = (float[]) CpuStorage.array(k.in());
    this.inLayout = k.in().layout();
    this.values = (float[]) CpuStorage.array(k.values());
    this.valuesLayout = k.values().layout();
    this.indices = (long[]) CpuStorage.array(k.indices());
    this.indicesLayout = k.indices().layout();
    this.strides = PoolGeometry.strides(inLayout);
  }

  @Override
  public void run(int n, int channel) {
    int from = PoolGeometry.start(inLayout, n, channel);
    int[] vs = PoolGeometry.strides(valuesLayout);
    int[] is = PoolGeometry.strides(indicesLayout);
    for (int z = 0; z < g.out[0]; z++) {
      for (int y = 0; y < g.out[1]; y++) {
        int v = PoolGeometry.start(valuesLayout, n, channel) + z * vs[0] + y * vs[1];
        int i = PoolGeometry.start(indicesLayout, n, channel) + z * is[0] + y * is[1];
        row(from, z, y, v, vs[2], i, is[2]);
      }
    }
  }

  /** One row of results. */
  private void row(int from, int z, int y, int v, int vStep, int i, int iStep) {
    int sx = strides[2];
    int dx = g.dilation[2];
    int width = g.size[2];
    int z0 = g.first(0, z);
    int z1 = g.end(0, z);
    int y0 = g.first(1, y);
    int y1 = g.end(1, y);
    if (g.isPairs() && sx == 1 && z1 - z0 == 1 && y1 - y0 == 2 && g.dilation[1] == 1) {
      int p = from + z0 * strides[0] + y0 * strides[1];
      int place = (z0 * g.size[1] + y0) * width;
      if (VECTOR && vStep == 1 && iStep == 1) {
        vectorPairs(p, strides[1], place, v, i);
      } else {
        pairs(p, strides[1], place, v, vStep, i, iStep);
      }
      return;
    }
    for (int x = 0; x < g.out[2]; x++) {
      int x0 = g.first(2, x);
      int x1 = g.end(2, x);
      // The order of the elements, above their place from the end: the first of equals wins.
      long best = Long.MIN_VALUE / 2;
      for (int a = z0; a < z1; a += g.dilation[0]) {
        for (int b = y0; b < y1; b += g.dilation[1]) {
          int p = from + a * strides[0] + b * strides[1];
          int place = (a * g.size[1] + b) * width;
          for (int c = x0; c < x1; c += dx) {
            best =
                larger(best, (long) order(in[p + c * sx]) << 31 | ~(place + c) & Integer.MAX_VALUE);
          }
        }
      }
      int place =
          best >> 31 == NAN
              ? lastNaN(from, z0, z1, y0, y1, x0, x1)
              : ~(int) best & Integer.MAX_VALUE;
      int plane = place / width;
      int at = plane / g.size[1] * strides[0] + plane % g.size[1] * strides[1] + place % width * sx;
      values[v + x * vStep] = in[from + at];
      indices[i + x * iStep] = place;
    }
  }

  /** One row of results of two by two neighbours each, without steps between them. */
  private void vectorPairs(int p, int below, int place, int v, int i) {
    int width = g.size[2];
    int n = g.out[2];
    int r = FloatVectorPairs.RESULTS;
    if (n >= r) {
      for (int x = 0; x < n; x += r) {
        int from = Math.min(x, n - r); // some of the last ones twice rather than one by one
        FloatVectorPairs.maxima(
            in, p + 2 * from, below, place + 2 * from, width, values, v + from, indices, i + from);
      }
    } else if (Math.max(p, p + below) + 2 * r <= in.length) {
      float[] fewValues = new float[r];
      long[] fewIndices = new long[r];
      FloatVectorPairs.maxima(in, p, below, place, width, fewValues, 0, fewIndices, 0);
      for (int x = 0; x < n; x++) {
        values[v + x] = fewValues[x];
        indices[i + x] = fewIndices[x];
      }
    } else {
      pairs(p, below, place, v, 1, i, 1);
    }
  }

  /** One row of results of two by two neighbours each. */
  private void pairs(int p, int below, int place, int v, int vStep, int i, int iStep) {
    int width = g.size[2];
    for (int x = 0; x < g.out[2]; x++) {
      int q = p + 2 * x;
      long upper = larger((long) order(in[q]) << 2 | 3, (long) order(in[q + 1]) << 2 | 2);
      long lower =
          larger((long) order(in[q + below]) << 2 | 1, (long) order(in[q + below + 1]) << 2);
      long best = larger(upper, lower);
      int tap = best >> 2 == NAN ? lastNaN(q, below) : ~(int) best & 3;
      int row = tap >> 1;
      int column = tap & 1;
      values[v + x * vStep] = in[q + row * below + column];
      indices[i + x * iStep] = (long) place + 2L * x + (long) row * width + column;
    }
  }

  /** The position of the last NaN of a window that has one. */
  private int lastNaN(int from, int z0, int z1, int y0, int y1, int x0, int x1) {
    int last = -1;
    for (int a = z0; a < z1; a += g.dilation[0]) {
      for (int b = y0; b < y1; b += g.dilation[1]) {
        int p = from + a * strides[0] + b * strides[1];
        for (int c = x0; c < x1; c += g.dilation[2]) {
          last = Float.isNaN(in[p + c * strides[2]]) ? (a * g.size[1] + b) * g.size[2] + c : last;
        }
      }
    }
    return last;
  }

  /** The last of two by two neighbours that is NaN, one of which is. */
  private int lastNaN(int q, int below) {
    if (Float.isNaN(in[q + below + 1])) {
      return 3;
    }
    return Float.isNaN(in[q + below]) ? 2 : Float.isNaN(in[q + 1]) ? 1 : 0;
  }

  /** The larger of two numbers of 63 bits; a branch on such data would be guessed wrong. */
  private static long larger(long a, long b) {
    long d = a - b;
    return a - (d & d >> 63);
  }

  /** Numbers in the order of the elements: -0 as 0, NaN above everything. */
  private static int order(float x) {
    int bits = Float.floatToIntBits(x + 0f);
    return bits ^ bits >> 31 & Integer.MAX_VALUE;
  }
}
