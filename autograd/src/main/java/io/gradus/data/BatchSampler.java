package io.gradus.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which samples make the batches of one pass, and their order. */
@FunctionalInterface
public interface BatchSampler {
  /** The indices of each batch of one pass over a set of {@code size} samples; none is empty. */
  List<long[]> batches(long size);

  /** How many batches a pass has, or -1 if that is not known before it is drawn. */
  default long count(long size) {
    return -1;
  }

  /**
   * Batches of so many samples in the order of a sampler; the last one has what is left.
   *
   * @param dropLast leaves a smaller last one out
   */
  static BatchSampler of(Sampler sampler, int batchSize, boolean dropLast) {
    return new BatchSampler() {
      @Override
      public List<long[]> batches(long size) {
        long[] order = sampler.order(size);
        List<long[]> batches = new ArrayList<>();
        long end = dropLast ? order.length - order.length % batchSize : order.length;
        for (long from = 0; from < end; from += batchSize) {
          int to = (int) Math.min(from + batchSize, end);
          batches.add(Arrays.copyOfRange(order, (int) from, to));
        }
        return batches;
      }

      @Override
      public long count(long size) {
        long n = sampler.count(size);
        return dropLast ? n / batchSize : (n + batchSize - 1) / batchSize;
      }
    };
  }
}
