package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;

/** Power averages of windows: {@code (Σ xᵖ)^(1/p)}. */
public final class PowerPooling {
  private PowerPooling() {}

  /**
   * The p norm of every window, keeping the sign of the sum of powers out of the root.
   *
   * @param input [batch, channels, …] or [channels, …] with {@code n} more dimensions
   * @param n dimensions that the window covers, 1 to 3
   * @param normType p, not 0
   * @param options kernel, stride and ceil mode; padding is refused
   */
  public static Tensor lpPool(Tensor input, int n, double normType, PoolOptions options) {
    String op = "lp_pool" + n + "d";
    if (normType == 0) {
      throw new InvalidArgumentException("[%s] norm_type must not be 0".formatted(op));
    }
    for (long padding : options.padding()) {
      if (padding != 0) {
        throw new InvalidArgumentException(
            "[%s] takes no padding, but got %s; pad the input with zeros"
                .formatted(op, options.padding()));
      }
    }
    long[] kernel =
        Spatial.each(
            op, "kernel_size", options.kernel().stream().mapToLong(Long::longValue).toArray(), n);
    Tensor means = Pooling.avgPool(input.pow(normType), n, options.divisorOverride(null));
    Tensor sums = means.sign().mul(means.abs().relu()).mul(Spatial.product(kernel));
    return sums.pow(1 / normType);
  }
}
