package io.gradus.backend.cpu.convolve;

import io.gradus.tensor.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution as several of neighbouring results, so that threads share a single image, and no
 * thread holds all results of a large one.
 */
final class Bands {
  private Bands() {}

  /**
   * How many results along the outermost axis make a band; all if it is not to be divided.
   *
   * @param wanted results of a channel in a band, at most, if the axis can be divided so often
   * @param tile results of a channel that are computed together, needed or not
   */
  static int height(Geometry g, int wanted, int tile) {
    int axis = outermost(g);
    int size = g.axes[axis].out();
    if (g.span <= wanted) {
      return size;
    }
    int step = axis == 0 ? g.gridPlane : axis == 1 ? g.gridRow : 1;
    return best(size, step, g.span - (size - 1) * step, wanted, tile);
  }

  private static int outermost(Geometry g) {
    int axis = 0;
    while (axis < Geometry.AXES - 1 && g.axes[axis].out() == 1) {
      axis++;
    }
    return axis;
  }

  /** The convolutions that together compute the same, so many results of that axis each. */
  static List<Kernel.Convolve> of(Kernel.Convolve k, Geometry g, int height) {
    int axis = outermost(g);
    int size = g.axes[axis].out();
    if (height >= size) {
      return List.of(k);
    }
    List<Kernel.Convolve> all = new ArrayList<>();
    for (int first = 0; first < size; first += height) {
      int count = Math.min(height, size - first);
      all.add(band(k, axis - (Geometry.AXES - k.stride().length), first, count));
    }
    return all;
  }

  /** The height between half of what is wanted and all of it for which tiles fit best. */
  private static int best(int size, int step, int last, int wanted, int tile) {
    int highest = Math.clamp(wanted / step, 1, size);
    int best = highest;
    long least = Long.MAX_VALUE;
    for (int n = highest; 2 * n > highest; n--) {
      int rest = size % n;
      long tiles =
          (long) size / n * tiles((n - 1) * step + last, tile)
              + (rest == 0 ? 0 : tiles((rest - 1) * step + last, tile));
      if (tiles < least) {
        least = tiles;
        best = n;
      }
    }
    return best;
  }

  private static int tiles(int span, int tile) {
    return (span + tile - 1) / tile;
  }

  private static Kernel.Convolve band(Kernel.Convolve k, int axis, int first, int count) {
    int before = k.padding()[axis] - first * k.stride()[axis];
    int skipped = k.inputDilation()[axis] == 1 ? Math.max(0, -before) : 0;
    long size = k.in().layout().size(axis + 2);
    skipped = (int) Math.min(skipped, size);
    return new Kernel.Convolve(
        Phases.part(k.in(), axis + 2, skipped, 1, size - skipped),
        k.weight(),
        k.bias(),
        Phases.part(k.out(), axis + 2, first, 1, count),
        k.stride(),
        Phases.replaced(k.padding(), axis, before + skipped),
        k.dilation(),
        k.inputDilation(),
        k.groups());
  }
}
