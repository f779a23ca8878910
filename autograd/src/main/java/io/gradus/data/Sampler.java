package io.gradus.data;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.Arrays;

/** The order in which the samples of one pass are taken. */
@FunctionalInterface
public interface Sampler {
  /** The indices of one pass over a set of {@code size} samples. */
  long[] order(long size);

  /** How many indices {@link #order} gives; as many as there are samples unless told otherwise. */
  default long count(long size) {
    return size;
  }

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
    return new Sampler() {
      @Override
      public long[] order(long size) {
        return Tensor.multinomial(w, count, true, generator).longArray();
      }

      @Override
      public long count(long size) {
        return count;
      }
    };
  }

  /**
   * The share of one of several processes that train together, as PyTorch's {@code
   * DistributedSampler}: each takes every {@code replicas}-th of one order, beginning with its
   * rank. The last ones take indices from the beginning of the order again where they would have
   * one less than the others.
   *
   * @param all the order, the same for all: random samplers need generators of the same state
   * @param rank from 0 to {@code replicas - 1}
   */
  static Sampler distributed(Sampler all, int replicas, int rank) {
    if (rank < 0 || rank >= replicas) {
      throw new InvalidArgumentException(
          "[Sampler] Invalid rank %d, rank should be in the interval [0, %d]"
              .formatted(rank, replicas - 1));
    }
    return new Sampler() {
      @Override
      public long[] order(long size) {
        long[] order = all.order(size);
        long[] share = new long[(int) each(order.length)];
        Arrays.setAll(share, i -> order[(int) ((rank + (long) i * replicas) % order.length)]);
        return share;
      }

      @Override
      public long count(long size) {
        return each(all.count(size));
      }

      private long each(long count) {
        return (count + replicas - 1) / replicas;
      }
    };
  }
}
