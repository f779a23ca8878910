package io.gradus.backend.cpu.convolve;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.layout.Layout;
import java.util.Arrays;

/** Lays images of f32 out as {@link Geometry} wants them. */
final class FloatGrid {
  private static final int ROOM = FloatWindowTiles.LANES;

  /** So many zeros are written before a call would be made that writes more. */
  private static final int FEW = 16;

  private final Geometry g;
  private final float[] image;
  private final Layout layout;

  FloatGrid(Geometry g, float[] image, Layout layout) {
    this.g = g;
    this.image = image;
    this.layout = layout;
  }

  /**
   * All images, one behind the other, with room for a vector behind the last one; nothing if they
   * are read where they lie.
   *
   * @throws io.gradus.tensor.error.DeviceException if no array holds them
   */
  Borrowed<float[]> all() {
    int channels = g.groups * g.channels;
    long size = g.inPlace ? 0 : (long) g.batch * channels * g.gridChannel;
    Borrowed<float[]> all = Borrowed.floats(Geometry.inArray(size + ROOM));
    try {
      fillAll(all.array(), size == 0 ? 0 : g.batch, channels);
    } catch (RuntimeException | Error e) {
      all.close();
      throw e;
    }
    return all;
  }

  private void fillAll(float[] grids, int batch, int channels) {
    Workers.run(
        (long) batch * channels,
        Math.max(1, FloatConvolution.GRAIN / 32 / Math.max(1, g.gridChannel)),
        (from, to) -> {
          for (int u = (int) from; u < to; u++) {
            fill(u / channels, u % channels, 1, grids, u * g.gridChannel);
          }
        });
  }

  /** Writes some channels of one image to {@code to[o...]}, with all zeros that belong to them. */
  void fill(int n, int firstChannel, int channels, float[] to, int o) {
    for (int c = 0; c < channels; c++) {
      int from =
          (int) (layout.offset() + n * layout.stride(0) + (firstChannel + c) * layout.stride(1));
      int base = o + c * g.gridChannel;
      for (Geometry.Part part : g.parts) {
        part(part, from, to, base + part.start());
      }
    }
  }

  private void part(Geometry.Part part, int from, float[] to, int base) {
    Geometry.Run rz = part.z();
    Geometry.Run ry = part.y();
    Geometry.Run rx = part.x();
    int sz = Geometry.stride(layout, 0);
    int sy = Geometry.stride(layout, 1);
    int sx = Geometry.stride(layout, 2) * rx.step();
    int start = from + rx.from() * Geometry.stride(layout, 2);
    int count = rx.count();
    int done = base;
    for (int z = 0; count > 0 && z < rz.count(); z++) {
      for (int y = 0; y < ry.count(); y++) {
        int p = start + (rz.from() + z * rz.step()) * sz + (ry.from() + y * ry.step()) * sy;
        int row = base + (rz.to() + z * rz.gridStep()) * g.gridPlane;
        int q = row + (ry.to() + y * ry.gridStep()) * g.gridRow + rx.to();
        int end = q + (count - 1) * rx.gridStep() + 1;
        zero(to, done, rx.gridStep() == 1 ? q : end);
        FloatRows.copy(image, p, sx, count, to, q, rx.gridStep());
        done = end;
      }
    }
    zero(to, done, base + g.gridSize);
  }

  private static void zero(float[] to, int from, int end) {
    if (end - from > FEW) {
      Arrays.fill(to, from, end, 0);
      return;
    }
    for (int i = from; i < end; i++) {
      to[i] = 0;
    }
  }
}
