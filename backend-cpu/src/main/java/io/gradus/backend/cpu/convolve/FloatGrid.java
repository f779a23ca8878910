package io.gradus.backend.cpu.convolve;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.layout.Layout;
import java.util.Arrays;

/** Lays images of f32 out as {@link Geometry} wants them. */
final class FloatGrid {
  private static final int ROOM = FloatWindowTiles.LANES;

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
            int o = u * g.gridChannel;
            Arrays.fill(grids, o, o + g.gridChannel, 0);
            fill(u / channels, u % channels, 1, grids, o);
          }
        });
  }

  /**
   * Writes some channels of one image to {@code to[o...]}; what lies between stays as it is, hence
   * zero if it was before, however often it is filled.
   */
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
    int step = rx.gridStep();
    int count = rx.count();
    for (int z = 0; z < rz.count(); z++) {
      for (int y = 0; y < ry.count(); y++) {
        int p =
            from
                + (rz.from() + z * rz.step()) * sz
                + (ry.from() + y * ry.step()) * sy
                + rx.from() * Geometry.stride(layout, 2);
        int q =
            base
                + (rz.to() + z * rz.gridStep()) * g.gridPlane
                + (ry.to() + y * ry.gridStep()) * g.gridRow
                + rx.to();
        if (sx == 1 && step == 1) {
          System.arraycopy(image, p, to, q, count);
        } else {
          for (int x = 0; x < count; x++) {
            to[q + x * step] = image[p + x * sx];
          }
        }
      }
    }
  }
}
