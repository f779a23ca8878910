package io.gradus.nn.rnn;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of different lengths without padding: the first elements of all, then the second ones
 * of those that have them, and so on, the longest sequence first.
 *
 * @param data [elements of all sequences, *]
 * @param batchSizes how many sequences have a first, second, … element; never grows
 * @param order which of the caller's sequences each one is (i64); null where they were sorted
 */
public record PackedSequence(Tensor data, List<Long> batchSizes, @Nullable Tensor order) {
  /** Refuses sizes that grow, or do not add up to the data. */
  public PackedSequence {
    batchSizes = List.copyOf(batchSizes);
    long before = Long.MAX_VALUE;
    long sum = 0;
    for (long size : batchSizes) {
      if (size < 1 || size > before) {
        throw new InvalidArgumentException(
            "[PackedSequence] batch_sizes must be positive and should always be decreasing, but got"
                + " "
                + batchSizes);
      }
      before = size;
      sum += size;
    }
    if (batchSizes.isEmpty() || data.dim() == 0 || sum != data.size(0)) {
      throw new InvalidArgumentException(
          "[PackedSequence] batch_sizes %s do not add up to the data of shape %s"
              .formatted(batchSizes, data.shape()));
    }
  }

  /** The number of sequences. */
  public long sequences() {
    return batchSizes.getFirst();
  }

  /** The same structure with other data. */
  public PackedSequence with(Tensor other) {
    return new PackedSequence(other, batchSizes, order);
  }

  /**
   * Puts the columns (dimension 1) of a tensor in the caller's order into that of the sequences.
   */
  Tensor sorted(Tensor x) {
    return order == null ? x : x.indexSelect(1, order);
  }

  /** The way back of {@link #sorted}. */
  Tensor unsorted(Tensor x) {
    return order == null ? x : x.indexSelect(1, order.argsort(0, false));
  }
}
