package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.exec.Counts;
import io.gradus.graph.GradMode;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import org.jspecify.annotations.Nullable;

/**
 * Maxima of windows of one size whose steps are drawn at random.
 *
 * <p>B. Graham, "Fractional Max-Pooling", 2014; the pseudorandom sequences of section 2 with
 * overlapping windows.
 */
public final class FractionalPooling {
  private FractionalPooling() {}

  /**
   * The largest element of every window, and where it was.
   *
   * @param input [batch, channels, …] or [channels, …] with {@code n} more dimensions
   * @param n 2 or 3
   * @param kernel sizes of the window, one number for each dimension or a single one for all
   * @param outputSize sizes of the result, likewise
   * @param samples [batch, channels, n] numbers in [0, 1) of the dtype of the input, of which the
   *     steps are made: for images those along the width first, for volumes in the order of the
   *     dimensions; null to draw them from the default generator
   * @return values, and positions (i64) in the flattened dimensions of the input
   * @throws ShapeException if the windows do not fit into the input
   * @throws DTypeException if the input is not floating, or the samples have another dtype
   */
  public static ValuesIndices fractionalMaxPool(
      Tensor input, int n, long[] kernel, long[] outputSize, @Nullable Tensor samples) {
    String op = "fractional_max_pool" + n + "d";
    if (n != 2 && n != 3) {
      throw new InvalidArgumentException("[fractional_max_pool] n must be 2 or 3, but got " + n);
    }
    Tensor x = Spatial.batched(op, input, n);
    if (!x.dtype().isFloating()) {
      throw new DTypeException(
          "[%s] not implemented for %s; convert with to(f32) first".formatted(op, x.dtype()));
    }
    long[] sizes = Spatial.sizes(x, n);
    long[] window = Spatial.each(op, "kernel_size", kernel, n);
    long[] out = Spatial.each(op, "output_size", outputSize, n);
    Spatial.atLeast(op, "kernel_size must be greater than zero", window, 1);
    Spatial.atLeast(op, "output_size must be greater than zero", out, 1);
    Spatial.atLeast(op, "expected input to have non-zero size for non-batch dimensions", sizes, 1);
    if (x.size(1) == 0) {
      throw new ShapeException(
          "[%s] expected input to have non-zero size for non-batch dimensions, but got %s"
              .formatted(op, input.shape()));
    }
    for (int i = 0; i < n; i++) {
      if (out[i] + window[i] - 1 > sizes[i]) {
        throw new ShapeException(
            "[%s] pool size (%d) too large relative to input size (%d) for an output of %d in dimension %d"
                .formatted(op, window[i], sizes[i], out[i], i));
      }
    }
    Tensor drawn = samples == null ? draw(x, n) : samples;
    check(op, x, n, drawn);
    drawn = drawn.narrow(0, 0, x.size(0));
    long batch = x.size(0);
    long channels = x.size(1);
    int places = Math.toIntExact(Spatial.product(out));
    int depth = Math.toIntExact(Spatial.product(window));
    Tensor flat = x.reshape(batch, channels, Spatial.product(sizes));
    Tensor indices;
    try (GradMode.Scope _ = GradMode.noGrad()) {
      Starts windows = new Starts(sizes, window, out, x.dtype());
      Tensor at =
          Tensor.tensor(windows.positions(drawn.doubleArray(), places * depth))
              .to(x.device())
              .reshape(batch, channels, (long) depth * places);
      Tensor shown = flat.detach().gather(2, at).reshape(batch, channels, depth, places);
      Tensor best =
          batch == 0
              ? Tensor.zeros(Options.dtype(DType.I64), batch, channels, 1, places)
              : shown.argmax(2, true);
      Tensor positions = at.reshape(batch, channels, depth, places);
      indices = Pooling.lastNaN(shown, positions, best).reshape(batch, channels, places);
    }
    long[] shape = Spatial.shape(batch, channels, out);
    Tensor values = flat.gather(2, indices).reshape(shape);
    return new ValuesIndices(
        Spatial.like(input, n, values), Spatial.like(input, n, indices.reshape(shape)));
  }

  private static Tensor draw(Tensor x, int n) {
    Options options = Options.dtype(x.dtype()).withDevice(x.device());
    return Tensor.rand(options, x.size(0), x.size(1), n);
  }

  private static void check(String op, Tensor x, int n, Tensor samples) {
    if (samples.dtype() != x.dtype()) {
      throw new DTypeException(
          "[%s] Expect _random_samples to have the same dtype as input: %s and %s"
              .formatted(op, samples.dtype(), x.dtype()));
    }
    if (samples.dim() != 3
        || samples.size(0) < x.size(0)
        || samples.size(1) != x.size(1)
        || samples.size(2) != n) {
      throw new ShapeException(
          "[%s] Expect _random_samples to have shape [%d, %d, %d], got %s"
              .formatted(op, x.size(0), x.size(1), n, samples.shape()));
    }
  }

  /** Where windows start, computed in the precision of the samples, as PyTorch does. */
  private static final class Starts {
    private final long[] sizes;
    private final long[] window;
    private final long[] out;
    private final DType dtype;

    Starts(long[] sizes, long[] window, long[] out, DType dtype) {
      this.sizes = sizes;
      this.window = window;
      this.out = out;
      this.dtype = dtype;
    }

    /** For each plane the positions window element by window element. */
    long[] positions(double[] samples, int each) {
      int n = sizes.length;
      int planes = samples.length / n;
      long[] all = new long[Counts.of("fractional_max_pool", planes, each)];
      long[][] starts = new long[n][];
      for (int plane = 0; plane < planes; plane++) {
        for (int i = 0; i < n; i++) {
          int which = n == 2 ? 1 - i : i;
          starts[i] = starts(samples[plane * n + which], i);
        }
        fill(all, plane * each, starts);
      }
      return all;
    }

    private void fill(long[] all, int from, long[][] starts) {
      int places = Math.toIntExact(Spatial.product(out));
      int depth = Math.toIntExact(Spatial.product(window));
      for (int k = 0; k < depth; k++) {
        for (int p = 0; p < places; p++) {
          long at = 0;
          long scale = 1;
          int kRest = k;
          int pRest = p;
          for (int i = sizes.length - 1; i >= 0; i--) {
            int w = Math.toIntExact(window[i]);
            int o = Math.toIntExact(out[i]);
            at += (starts[i][pRest % o] + kRest % w) * scale;
            scale *= sizes[i];
            kRest /= w;
            pRest /= o;
          }
          all[from + k * places + p] = at;
        }
      }
    }

    private long[] starts(double sample, int i) {
      int count = Math.toIntExact(out[i]);
      long room = sizes[i] - window[i];
      long[] at = new long[count];
      at[count - 1] = room;
      if (count > 1) {
        double step = dtype.round(dtype.round(room) / dtype.round(count - 1));
        long first = (long) dtype.round(sample * step);
        for (int o = 0; o < count - 1; o++) {
          at[o] = (long) dtype.round(dtype.round(o + sample) * step) - first;
        }
      }
      return at;
    }
  }
}
