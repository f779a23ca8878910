package io.gradus.data;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.random.Generator;
import java.util.Arrays;

/** The order in which the samples of one pass are taken. */
@FunctionalInterface
public interface Sampler {
  /** The indices of one pass over a set of {@code size} samples. */
  long[] order(long size);

  /** 0, 1, 2, … */
  static Sampler sequential() {
    return size -> {
      long[] order = new long[Math.toIntExact(size)];
      Arrays.setAll(order, i -> i);
      return order;
    };
  }

  /** Every sample once, in an order drawn anew for each pass. */
  static Sampler random(Generator generator) {
    return size -> Tensor.randperm(Options.generator(generator), size).longArray();
  }

  /**
   * {@code count} samples drawn with replacement, each with a probability proportional to its
   * weight.
   */
  static Sampler weighted(double[] weights, int count, Generator generator) {
    Tensor w = Tensor.tensor(weights);
    return size -> Tensor.multinomial(w, count, true, generator).longArray();
  }
}
