package io.gradus.nn;

import io.gradus.Options;
import io.gradus.RoundingMode;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.exec.Counts;
import io.gradus.graph.GradMode;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maxima and means of windows over the last one to three dimensions.
 *
 * <p>Inputs are [batch, channels, …] or [channels, …]; {@code n} says how many dimensions follow.
 * The size of the result is {@code (size + 2 padding − dilation (kernel − 1) − 1) / stride + 1},
 * rounded down, or up with {@code ceilMode}.
 */
public final class Pooling {
  /** Stands for the size of the input among the sizes of an adaptive pool. */
  public static final long KEEP = Long.MIN_VALUE;

  private Pooling() {}

  /**
   * The largest element of every window, and where it was.
   *
   * @param n dimensions that the window covers, 1 to 3
   * @return values, and positions (i64) in the flattened dimensions of the input
   * @throws ShapeException if the input has another number of dimensions or is too small
   * @throws InvalidArgumentException if the padding is larger than half of the window
   */
  public static ValuesIndices maxPool(Tensor input, int n, PoolOptions options) {
    String op = "max_pool" + n + "d";
    Tensor x = checked(op, input, n);
    List<Taps> taps = taps(op, x, n, options, true);
    Geometry[] geometry = new Geometry[n];
    for (int i = 0; i < n; i++) {
      geometry[i] = geometry(op, n, options, i);
    }
    ValuesIndices direct =
        taps.stream().allMatch(Taps::isFull) ? MaxPooling.run(x, geometry, outs(taps)) : null;
    return direct == null
        ? max(input, x, n, taps)
        : new ValuesIndices(
            Spatial.like(input, n, direct.values()), Spatial.like(input, n, direct.indices()));
  }

  /**
   * The mean of every window.
   *
   * @param n dimensions that the window covers, 1 to 3
   * @throws ShapeException if the input has another number of dimensions or is too small
   * @throws InvalidArgumentException if the padding is larger than half of the window, or the
   *     divisor is 0
   */
  public static Tensor avgPool(Tensor input, int n, PoolOptions options) {
    String op = "avg_pool" + n + "d";
    Tensor x = checked(op, input, n);
    Long divisor = options.divisorOverride();
    if (divisor != null && divisor == 0) {
      throw new InvalidArgumentException("[%s] divisor must be not zero".formatted(op));
    }
    List<Taps> taps = taps(op, x, n, options, false);
    List<long[]> counts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long[] count = taps.get(i).counts();
      if (options.countIncludePad()) {
        Geometry g = geometry(op, n, options, i);
        long end = x.size(i + 2) + g.padding;
        Arrays.setAll(
            count,
            o -> Math.min(o * g.stride - g.padding + g.kernel, end) - (o * g.stride - g.padding));
      }
      counts.add(count);
    }
    return mean(input, x, n, taps, counts, divisor);
  }

  /**
   * The largest element of each of as many windows as the result has elements.
   *
   * @param outputSize sizes of the result; {@link #KEEP} for the size of the input
   */
  public static ValuesIndices adaptiveMaxPool(Tensor input, int n, long... outputSize) {
    Tensor x = checked("adaptive_max_pool" + n + "d", input, n);
    return max(input, x, n, adaptive("adaptive_max_pool" + n + "d", x, n, outputSize));
  }

  /**
   * The mean of each of as many windows as the result has elements.
   *
   * @param outputSize sizes of the result; {@link #KEEP} for the size of the input
   */
  public static Tensor adaptiveAvgPool(Tensor input, int n, long... outputSize) {
    Tensor x = checked("adaptive_avg_pool" + n + "d", input, n);
    List<Taps> taps = adaptive("adaptive_avg_pool" + n + "d", x, n, outputSize);
    boolean whole = taps.stream().allMatch(t -> t.out() == 1);
    if (n == 3 && !whole && Precision.wide(x.dtype()) != x.dtype()) {
      return Spatial.like(input, n, StepwiseMean.of(x, taps));
    }
    return mean(input, x, n, taps, taps.stream().map(Taps::counts).toList(), null);
  }

  /**
   * Puts values back where {@link #maxPool} found them; 0 elsewhere.
   *
   * @param indices of the shape of the input
   * @param outputSize the last {@code n} sizes of the result
   */
  public static Tensor maxUnpool(Tensor input, Tensor indices, int n, long... outputSize) {
    String op = "max_unpool" + n + "d";
    if (!indices.shape().equals(input.shape())) {
      throw new ShapeException(
          "[%s] Expected shape of indices to be same as that of the input tensor (%s) but got indices tensor with shape: %s"
              .formatted(op, input.shape(), indices.shape()));
    }
    Tensor x = checked(op, input, n);
    long[] sizes = Spatial.each(op, "output_size", outputSize, n);
    long area = Spatial.product(sizes);
    Tensor at = indices.reshape(x.size(0), x.size(1), -1);
    if (at.numel() > 0
        && (at.lt(0).any().longArray()[0] != 0 || at.ge(area).any().longArray()[0] != 0)) {
      throw new TensorIndexException(
          "[%s] Found an invalid max index: the output has %d places".formatted(op, area));
    }
    Tensor flat = x.reshape(x.size(0), x.size(1), -1);
    Tensor all = Spatial.zeros(x, x.size(0), x.size(1), area).scatter(2, at, flat);
    return Spatial.like(input, n, all.reshape(Spatial.shape(x.size(0), x.size(1), sizes)));
  }

  private static Tensor checked(String op, Tensor input, int n) {
    if (n < 1 || n > 3) {
      throw new InvalidArgumentException("[pool] n must be 1, 2 or 3, but got " + n);
    }
    Tensor x = Spatial.batched(op, input, n);
    for (int d = 1; d < x.dim(); d++) {
      if (x.size(d) == 0) {
        throw new ShapeException(
            "[%s] Expected %dD or %dD (batch mode) tensor with optional 0 dim batch size for input, but got:%s"
                .formatted(op, n + 1, n + 2, input.shape()));
      }
    }
    return x;
  }

  private static long[] outs(List<Taps> taps) {
    return taps.stream().mapToLong(Taps::out).toArray();
  }

  /** A window along one dimension. */
  record Geometry(long kernel, long stride, long padding, long dilation) {
    long out(long size, boolean ceil) {
      long room = size + 2 * padding - dilation * (kernel - 1) - 1;
      long out = Math.floorDiv(room + (ceil ? stride - 1 : 0), stride) + 1;
      // The last window must begin within the input or the padding before it.
      return ceil && (out - 1) * stride >= size + padding ? out - 1 : out;
    }
  }

  private static Geometry geometry(String op, int n, PoolOptions o, int i) {
    long[] kernel = Spatial.each(op, "kernel_size", ConvOptions.array(o.kernel()), n);
    long[] stride =
        o.stride().isEmpty()
            ? kernel
            : Spatial.each(op, "stride", ConvOptions.array(o.stride()), n);
    long[] padding = Spatial.each(op, "padding", ConvOptions.array(o.padding()), n);
    long[] dilation = Spatial.each(op, "dilation", ConvOptions.array(o.dilation()), n);
    return new Geometry(kernel[i], stride[i], padding[i], dilation[i]);
  }

  private static List<Taps> taps(String op, Tensor x, int n, PoolOptions o, boolean dilated) {
    List<Taps> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Geometry g = geometry(op, n, o, i);
      if (g.kernel < 1 || g.stride < 1 || g.dilation < 1 || (!dilated && g.dilation != 1)) {
        throw new InvalidArgumentException(
            "[%s] kernel_size, stride and dilation must be greater than zero, but got %d, %d, %d"
                    .formatted(op, g.kernel, g.stride, g.dilation)
                + (dilated ? "" : "; a mean takes no dilation"));
      }
      if (g.padding < 0) {
        throw new InvalidArgumentException(
            "[%s] pad must be non-negative, but got pad: %d".formatted(op, g.padding));
      }
      if (Math.max(Math.max(g.kernel, g.stride), Math.max(g.dilation, g.padding))
          > Integer.MAX_VALUE) {
        throw new InvalidArgumentException(
            "[%s] kernel_size, stride, dilation and padding must be at most %d, but got %d, %d, %d, %d; choose smaller windows"
                .formatted(op, Integer.MAX_VALUE, g.kernel, g.stride, g.dilation, g.padding));
      }
      if (g.padding > (g.dilation * (g.kernel - 1) + 1) / 2) {
        throw new InvalidArgumentException(
            "[%s] pad should be at most half of effective kernel size, but got pad=%d, kernel_size=%d and dilation=%d"
                .formatted(op, g.padding, g.kernel, g.dilation));
      }
      long size = x.size(i + 2);
      long out = g.out(size, o.ceilMode());
      if (out < 1) {
        throw new ShapeException(
            "[%s] Given input size: %s. Calculated output size: %d in dimension %d. Output size is too small"
                .formatted(op, x.shape(), out, i));
      }
      all.add(Taps.windows(size, g.kernel, g.stride, g.padding, g.dilation, out));
    }
    return all;
  }

  private static List<Taps> adaptive(String op, Tensor x, int n, long[] outputSize) {
    long[] sizes = Spatial.each(op, "output_size", outputSize, n);
    for (long size : sizes) {
      if (size < 0 && size != KEEP) {
        throw new InvalidArgumentException(
            "[%s] elements of output_size must be greater than or equal to 0 but received %s"
                .formatted(op, Arrays.toString(sizes)));
      }
    }
    List<Taps> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      all.add(Taps.adaptive(x.size(i + 2), sizes[i] == KEEP ? x.size(i + 2) : sizes[i]));
    }
    return all;
  }

  private static ValuesIndices max(Tensor input, Tensor x, int n, List<Taps> taps) {
    long[] sizes = Spatial.sizes(x, n);
    long[] out = outs(taps);
    long batch = x.size(0);
    long channels = x.size(1);
    int places = Counts.of("max_pool", Spatial.product(out));
    Tensor flat = x.reshape(batch, channels, Spatial.product(sizes));
    Tensor indices;
    try (GradMode.Scope _ = GradMode.noGrad()) {
      long[] table = positions(taps, sizes);
      long depth = places == 0 ? 1 : table.length / places;
      Tensor at = Tensor.tensor(table).to(x.device());
      Tensor windows = flat.detach().indexSelect(2, at).reshape(batch, channels, depth, places);
      Tensor best =
          windows.numel() == 0
              ? Tensor.zeros(
                  Options.dtype(DType.I64).withDevice(x.device()), batch, channels, 1, places)
              : windows.argmax(2, true);
      Tensor positions = at.reshape(1, 1, depth, places).expand(batch, channels, depth, places);
      indices = lastNaN(windows, positions, best).reshape(batch, channels, places);
    }
    long[] shape = Spatial.shape(batch, channels, out);
    Tensor values = flat.gather(2, indices).reshape(shape);
    for (int i = 0; i < n; i++) {
      if (!taps.get(i).isFull()) { // windows of nothing but padding
        DType dtype = x.dtype();
        Number least =
            dtype.isFloating() ? (Number) Double.NEGATIVE_INFINITY : (Number) dtype.minInteger();
        values = values.maskedFill(taps.get(i).nothing(x, i + 2), least);
      }
    }
    return new ValuesIndices(
        Spatial.like(input, n, values), Spatial.like(input, n, indices.reshape(shape)));
  }

  /** The positions of the best taps; of several NaNs the last one, as in PyTorch. */
  static Tensor lastNaN(Tensor windows, Tensor positions, Tensor best) {
    Tensor found = positions.gather(2, best);
    if (!windows.dtype().isFloating() || windows.numel() == 0) {
      return found;
    }
    Tensor last = Tensor.where(windows.isnan(), positions, -1).amax(new int[] {2}, true);
    return Tensor.where(last.ge(0), last, found);
  }

  /** Positions in the flattened input, tap by tap; where there is none, that of the first one. */
  private static long[] positions(List<Taps> taps, long[] sizes) {
    long[] table = new long[1];
    int rows = 1;
    int width = 1;
    for (int i = 0; i < taps.size(); i++) {
      Taps t = taps.get(i);
      int k = t.from().length;
      int o = t.out();
      long[] next = new long[rows * k * width * o];
      for (int r = 0; r < rows; r++) {
        for (int tap = 0; tap < k; tap++) {
          for (int w = 0; w < width; w++) {
            for (int j = 0; j < o; j++) {
              long at = t.from()[tap][j];
              next[((r * k + tap) * width + w) * o + j] =
                  table[r * width + w] * sizes[i] + (at < 0 ? t.first(j) : at);
            }
          }
        }
      }
      table = next;
      rows *= k;
      width *= o;
    }
    return table;
  }

  private static Tensor mean(
      Tensor input, Tensor x, int n, List<Taps> taps, List<long[]> counts, @Nullable Long divisor) {
    DType wide = Precision.wide(x.dtype());
    Tensor sum = x.to(wide);
    for (int i = 0; i < n; i++) {
      sum = taps.get(i).sum(sum, i + 2);
    }
    Tensor by = Tensor.tensor(divisor == null ? 1L : divisor).to(x.device());
    for (int i = 0; i < n && divisor == null; i++) {
      long[] line = new long[n + 2];
      Arrays.fill(line, 1);
      line[i + 2] = counts.get(i).length;
      by = by.mul(Tensor.tensor(counts.get(i)).to(x.device()).reshape(line));
    }
    Tensor mean = wide.isFloating() ? sum.div(by.to(wide)) : sum.div(by, RoundingMode.TRUNC);
    return Spatial.like(input, n, mean.dtype() == x.dtype() ? mean : mean.to(x.dtype()));
  }
}
