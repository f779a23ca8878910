package io.gradus.backend.cpu.convolve;

import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Sizes and strides of a convolution, with exactly {@link #AXES} spatial axes.
 *
 * <p>An image is laid out as a grid in which every tap of the window is a fixed distance from the
 * first, and neighbouring results read neighbouring elements: padded, with its own zeros between
 * the elements, and for a stride above 1 split into one part for each remainder of the position.
 * Where the image is such a grid already it is read where it lies.
 */
final class Geometry {
  static final int AXES = 3;

  /** Elements that an array has at most, with room for some vectors. */
  static final int MOST = Integer.MAX_VALUE - 64;

  final int batch;
  final int groups;

  /** Channels of the input in a group. */
  final int channels;

  /** Channels of the output in a group. */
  final int outputs;

  final Axis[] axes = new Axis[AXES];

  /** Elements of one channel's grid, and from row to row and plane to plane in it. */
  final int gridSize;

  final int gridRow;
  final int gridPlane;

  /** From one channel to the next in a grid, and how far apart grids of a batch are. */
  final int gridChannel;

  /** Whether the input is a grid as it lies in memory. */
  final boolean inPlace;

  /** The parts of the grid and what of the input goes there. */
  final List<Part> parts = new ArrayList<>();

  /** Where each tap is, relative to the first. */
  final int[] taps;

  /** From the first to the last result in the grid, exclusive. */
  final int span;

  /** Results of one channel. */
  final int places;

  /** One spatial axis, and how elements of the input fall into its part of the grid. */
  record Axis(
      int size, int window, int out, int stride, int padding, int dilation, int inputDilation) {
    /** Grid positions of one remainder. */
    int extent() {
      return inArray(out + reach() / stride);
    }

    /** From the first tap to the last. */
    long reach() {
      return (window - 1L) * dilation;
    }

    /** Whether some tap has this remainder. */
    boolean isUsed(int remainder) {
      for (int u = 0; u < window; u++) {
        if ((long) u * dilation % stride == remainder) {
          return true;
        }
      }
      return false;
    }

    /** How many remainders below this one are used. */
    int part(int remainder) {
      int n = 0;
      for (int r = 0; r < remainder; r++) {
        n += isUsed(r) ? 1 : 0;
      }
      return n;
    }

    int parts() {
      return part(stride);
    }

    /** The elements of the input that fall into the part of a remainder. */
    Run run(int remainder) {
      int first = 0;
      while (first < size
          && (position(first) < 0 || Math.floorMod(position(first), stride) != remainder)) {
        first++;
      }
      int common = gcd(inputDilation, stride);
      int at = (int) Math.min((position(first) - remainder) / stride, MOST);
      int step = stride / common;
      int gridStep = inputDilation / common;
      int inInput = (size - first + step - 1) / step;
      int inGrid = (extent() - at + gridStep - 1) / gridStep;
      return new Run(first, step, at, gridStep, Math.max(0, Math.min(inInput, inGrid)));
    }

    /** Where an element of the input is, padding and zeros between elements counted. */
    private long position(int element) {
      return (long) element * inputDilation + padding;
    }

    private static int gcd(int a, int b) {
      return b == 0 ? a : gcd(b, a % b);
    }

    boolean isPlain() {
      return stride == 1 && padding == 0 && inputDilation == 1 && size >= out + reach();
    }
  }

  /** Elements {@code from + i step} of the input that are elements {@code to + i gridStep}. */
  record Run(int from, int step, int to, int gridStep, int count) {}

  /** One part of the grid: where it starts, and its elements along each axis. */
  record Part(int start, Run z, Run y, Run x) {}

  Geometry(Kernel.Convolve k) {
    Layout in = k.in().layout();
    Layout weight = k.weight().layout();
    Layout out = k.out().layout();
    this.batch = (int) out.size(0);
    this.groups = k.groups();
    this.channels = (int) weight.size(1);
    this.outputs = (int) (out.size(1) / groups);
    int spatial = out.rank() - 2;
    for (int i = 0; i < AXES; i++) {
      int d = i - (AXES - spatial);
      axes[i] =
          d < 0
              ? new Axis(1, 1, 1, 1, 0, 1, 1)
              : new Axis(
                  (int) in.size(d + 2),
                  (int) weight.size(d + 2),
                  (int) out.size(d + 2),
                  k.stride()[d],
                  k.padding()[d],
                  k.dilation()[d],
                  k.inputDilation()[d]);
    }
    long row = stride(in, 1);
    long plane = stride(in, 0);
    boolean dense =
        (stride(in, 2) == 1 || axes[2].size == 1)
            && (row == axes[2].size || axes[1].size == 1)
            && (plane == (long) axes[2].size * axes[1].size || axes[0].size == 1);
    this.inPlace =
        channels > 0 && dense && axes[0].isPlain() && axes[1].isPlain() && axes[2].isPlain();
    int count = axes[0].parts() * axes[1].parts() * axes[2].parts();
    this.gridRow = inPlace ? axes[2].size : axes[2].extent();
    this.gridPlane = inArray((long) gridRow * (inPlace ? axes[1].size : axes[1].extent()));
    this.gridSize = inArray((long) gridPlane * (inPlace ? axes[0].size : axes[0].extent()));
    this.gridChannel = inPlace ? (int) in.stride(1) : inArray((long) gridSize * count);
    inArray(inPlace ? 0 : (long) channels * gridChannel); // else distances are no ints
    this.places = axes[0].out * axes[1].out * axes[2].out;
    this.span = (axes[0].out - 1) * gridPlane + (axes[1].out - 1) * gridRow + axes[2].out;
    for (int z = 0; !inPlace && z < axes[0].stride; z++) {
      for (int y = 0; y < axes[1].stride; y++) {
        for (int x = 0; x < axes[2].stride; x++) {
          if (axes[0].isUsed(z) && axes[1].isUsed(y) && axes[2].isUsed(x)) {
            parts.add(new Part(part(z, y, x), axes[0].run(z), axes[1].run(y), axes[2].run(x)));
          }
        }
      }
    }
    this.taps = new int[inArray((long) axes[0].window * axes[1].window * axes[2].window)];
    int n = 0;
    for (int z = 0; z < axes[0].window; z++) {
      for (int y = 0; y < axes[1].window; y++) {
        for (int x = 0; x < axes[2].window; x++) {
          taps[n++] = tap(z, y, x);
        }
      }
    }
  }

  private int tap(int z, int y, int x) {
    long dz = (long) z * axes[0].dilation;
    long dy = (long) y * axes[1].dilation;
    long dx = (long) x * axes[2].dilation;
    int part =
        part((int) (dz % axes[0].stride), (int) (dy % axes[1].stride), (int) (dx % axes[2].stride));
    return part
        + (int) (dz / axes[0].stride) * gridPlane
        + (int) (dy / axes[1].stride) * gridRow
        + (int) (dx / axes[2].stride);
  }

  /** Where the part of the grid for some remainders starts. */
  private int part(int z, int y, int x) {
    return ((axes[0].part(z) * axes[1].parts() + axes[1].part(y)) * axes[2].parts()
            + axes[2].part(x))
        * gridSize;
  }

  /**
   * The same number.
   *
   * @throws DeviceException if no array has so many elements
   */
  static int inArray(long size) {
    if (size > MOST) {
      throw new DeviceException(
          "convolution: needs "
              + size
              + " numbers in one array, which holds at most "
              + MOST
              + "; convolve in parts");
    }
    return (int) size;
  }

  /** The stride along one of the {@link #AXES}; 0 where the layout has no such axis. */
  static int stride(Layout layout, int axis) {
    int d = axis - (AXES - (layout.rank() - 2));
    return d < 0 ? 0 : (int) layout.stride(d + 2);
  }

  /** Products that make up one result. */
  int depth() {
    return inArray((long) channels * taps.length);
  }

  /** Distance in the grid of each element of a window, channel by channel. */
  int[] distances() {
    int[] all = new int[depth()];
    distances(0, all.length, all);
    return all;
  }

  /** Some of {@link #distances()}. */
  void distances(int first, int count, int[] to) {
    int channel = first / taps.length;
    int tap = first % taps.length;
    for (int p = 0; p < count; p++) {
      to[p] = channel * gridChannel + taps[tap];
      if (++tap == taps.length) {
        tap = 0;
        channel++;
      }
    }
  }

  /** Where in the grid a result is read from. */
  int place(int p) {
    int x = p % axes[2].out;
    int rest = p / axes[2].out;
    return x + rest % axes[1].out * gridRow + rest / axes[1].out * gridPlane;
  }
}
