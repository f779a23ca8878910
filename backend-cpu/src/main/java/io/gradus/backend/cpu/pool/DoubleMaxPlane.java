package io.gradus.backend.cpu.pool;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Layout;

/** Maxima of windows of f64. */
final class DoubleMaxPlane implements MaxPlane {
  private final PoolGeometry g;
  private final double[] in;
  private final Layout inLayout;
  private final double[] values;
  private final Layout valuesLayout;
  private final long[] indices;
  private final Layout indicesLayout;

  DoubleMaxPlane(Kernel.MaxPool k) {
    this.g = new PoolGeometry(k);
    this.in = (double[]) CpuStorage.array(k.in());
    this.inLayout = k.in().layout();
    this.values = (double[]) CpuStorage.array(k.values());
    this.valuesLayout = k.values().layout();
    this.indices = (long[]) CpuStorage.array(k.indices());
    this.indicesLayout = k.indices().layout();
  }

  @Override
  public void run(int n, int channel, int following) {
    int from = PoolGeometry.start(inLayout, n, channel);
    int[] vs = PoolGeometry.strides(valuesLayout);
    int[] is = PoolGeometry.strides(indicesLayout);
    for (int z = 0; z < g.out[0]; z++) {
      for (int y = 0; y < g.out[1]; y++) {
        int v = PoolGeometry.start(valuesLayout, n, channel) + z * vs[0] + y * vs[1];
        int i = PoolGeometry.start(indicesLayout, n, channel) + z * is[0] + y * is[1];
        for (int x = 0; x < g.out[2]; x++) {
          window(from, z, y, x, v + x * vs[2], i + x * is[2]);
        }
      }
    }
  }

  private void window(int from, int z, int y, int x, int v, int i) {
    int[] strides = PoolGeometry.strides(inLayout);
    double best = 0;
    int place = -1;
    for (int a = g.first(0, z); a < g.end(0, z); a += g.dilation[0]) {
      for (int b = g.first(1, y); b < g.end(1, y); b += g.dilation[1]) {
        for (int c = g.first(2, x); c < g.end(2, x); c += g.dilation[2]) {
          double value = in[from + a * strides[0] + b * strides[1] + c * strides[2]];
          if (place < 0 || value > best || Double.isNaN(value)) {
            best = value;
            place = (a * g.size[1] + b) * g.size[2] + c;
          }
        }
      }
    }
    values[v] = best;
    indices[i] = place;
  }
}
