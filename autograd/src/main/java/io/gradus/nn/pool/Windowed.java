package io.gradus.nn.pool;

import io.gradus.Tensor;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Sizes of windows, as text and for the way back. */
final class Windowed {
  private Windowed() {}

  static String repr(PoolOptions options) {
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(options.kernel(), stride(options), options.padding());
  }

  static String sizes(long[] sizes) {
    return Arrays.stream(sizes)
        .mapToObj(s -> s == Pooling.KEEP ? "None" : String.valueOf(s))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** What the windows need: {@code (n - 1) stride + kernel - 2 padding} for each dimension. */
  static long[] unpooled(Tensor input, int n, PoolOptions options) {
    if (input.dim() < n) {
      throw new ShapeException(
          "[max_unpool%dd] expected %dD or %dD input, but got shape %s"
              .formatted(n, n + 1, n + 2, input.shape()));
    }
    checkLength("kernel_size", options.kernel(), n);
    checkLength("stride", stride(options), n);
    checkLength("padding", options.padding(), n);
    long[] sizes = new long[n];
    for (int i = 0; i < n; i++) {
      sizes[i] =
          (input.size(i - n) - 1) * at(stride(options), i)
              + at(options.kernel(), i)
              - 2 * at(options.padding(), i);
    }
    return sizes;
  }

  private static void checkLength(String what, List<Long> values, int n) {
    if (values.size() != 1 && values.size() != n) {
      throw new InvalidArgumentException(
          "[max_unpool%dd] expected %s to be a single integer value or a list of %d values, but got %s"
              .formatted(n, what, n, values));
    }
  }

  private static List<Long> stride(PoolOptions options) {
    return options.stride().isEmpty() ? options.kernel() : options.stride();
  }

  private static long at(List<Long> values, int i) {
    return values.get(values.size() == 1 ? 0 : i);
  }
}
