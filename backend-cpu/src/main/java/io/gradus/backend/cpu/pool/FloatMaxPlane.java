package io.gradus.backend.cpu.pool;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Layout;

/** Maxima of windows of f32. */
final class FloatMaxPlane implements MaxPlane {
  /** What {@link #order} is for NaN. */
  private static final int NAN = order(Float.NaN);

  private static final boolean FITS = Lanes.isVector() && FloatVectorPairs.fits();

  private final boolean vector;
  private final PoolGeometry g;
  private final float[] in;
  private final Layout inLayout;
  private final float[] values;
  private final Layout valuesLayout;
  private final long[] indices;
  private final Layout indicesLayout;
  private final int[] strides;

  /** Whether rows are shorter than what is stored at once, but others lie behind them. */
  private final boolean isFew;

  /** The rows of results of whole windows of two by two. */
  private final int pairsFrom;

  private final int pairsTo;

  FloatMaxPlane(Kernel.MaxPool k) {
    this.vector = FITS && Lanes.fillsVector((int) k.values().layout().numel());
    this.g = new PoolGeometry(k);
    this.in = (float[]) CpuStorage.array(k.in());
    this.inLayout = k.in().layout();
    this.values = (float[]) CpuStorage.array(k.values());
    this.valuesLayout = k.values().layout();
    this.indices = (long[]) CpuStorage.array(k.indices());
    this.indicesLayout = k.indices().layout();
    this.strides = PoolGeometry.strides(inLayout);
    this.isFew =
        vector && strides[1] > 0 && valuesLayout.isContiguous() && indicesLayout.isContiguous();
    boolean pairs = g.isPairs() && strides[2] == 1 && g.dilation[1] == 1;
    int first = 0;
    while (pairs && first < g.out[1] && !hasTwoRows(first)) {
      first++;
    }
    int last = first;
    while (pairs && last < g.out[1] && hasTwoRows(last)) {
      last++;
    }
    this.pairsFrom = first;
    this.pairsTo = last;
  }

  private boolean hasTwoRows(int y) {
    return g.end(1, y) - g.first(1, y) == 2;
  }

  @Override
  public void run(int n, int channel, int following) {
    int from = PoolGeometry.start(inLayout, n, channel);
    int[] vs = PoolGeometry.strides(valuesLayout);
    int[] is = PoolGeometry.strides(indicesLayout);
    int v0 = PoolGeometry.start(valuesLayout, n, channel);
    int i0 = PoolGeometry.start(indicesLayout, n, channel);
    boolean dense = vector && vs[2] == 1 && is[2] == 1 && g.out[2] >= FloatVectorPairs.RESULTS;
    boolean few = isFew && !dense;
    for (int z = 0; z < g.out[0]; z++) {
      int v = v0 + z * vs[0];
      int i = i0 + z * is[0];
      int first = 0;
      int last = 0;
      if ((dense || few) && g.end(0, z) - g.first(0, z) == 1) {
        first = pairsFrom;
        last = dense ? pairsTo : Math.max(first, withRoom(from, z, following));
      }
      for (int y = 0; y < first; y++) {
        row(from, z, y, v + y * vs[1], vs[2], i + y * is[1], is[2]);
      }
      // Few are stored row by row: many calls let the JVM compile the loop on vectors earlier.
      int step = few ? 1 : last - first;
      for (int y = first; y < last; y += step) {
        int width = Math.max(g.out[2], FloatVectorPairs.RESULTS);
        int end = y + step;
        rowsOfPairs(from, z, y, end, width, v + y * vs[1], vs[1], i + y * is[1], is[1]);
      }
      for (int y = last; y < g.out[1]; y++) {
        row(from, z, y, v + y * vs[1], vs[2], i + y * is[1], is[2]);
      }
    }
  }

  /**
   * The end of the rows that may be stored with more behind them than there is of them: what is too
   * much must be stored over later, by this thread, and there must be as much to read.
   */
  private int withRoom(int from, int z, int following) {
    long planes = (long) following * g.out[0] + g.out[0] - 1 - z;
    long rows = planes * g.out[1] + g.out[1] - pairsTo; // behind those of pairs
    int last = pairsTo;
    for (; last > 0 && rows * g.out[2] < FloatVectorPairs.RESULTS - g.out[2]; rows++) {
      last--;
    }
    int start = from + g.first(0, z) * strides[0];
    int read = strides[1] + 2 * FloatVectorPairs.RESULTS;
    while (last > 0 && start + g.first(1, last - 1) * strides[1] + read > in.length) {
      last--;
    }
    return last;
  }

  /** Rows of n results of two by two neighbours each, without steps between them. */
  private void rowsOfPairs(
      int from, int z, int first, int last, int n, int v, int vStep, int i, int iStep) {
    int z0 = g.first(0, z);
    int y0 = g.first(1, first);
    int width = g.size[2];
    int step = g.first(1, first + 1) - y0;
    FloatVectorPairs.maxima(
        in,
        from + z0 * strides[0] + y0 * strides[1],
        step * strides[1],
        strides[1],
        (z0 * g.size[1] + y0) * width,
        step * width,
        width,
        values,
        v,
        vStep,
        indices,
        i,
        iStep,
        last - first,
        n);
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
      if (vector && vStep == 1 && iStep == 1) {
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
      FloatVectorPairs.maxima(in, p, 0, below, place, 0, width, values, v, 0, indices, i, 0, 1, n);
    } else if (Math.max(p, p + below) + 2 * r <= in.length) {
      float[] fewValues = new float[r];
      long[] fewIndices = new long[r];
      FloatVectorPairs.maxima(
          in, p, 0, below, place, 0, width, fewValues, 0, 0, fewIndices, 0, 0, 1, r);
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
