package io.gradus.nn.rnn;

import io.gradus.Tensor;
import io.gradus.tensor.error.ShapeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of different lengths without padding: the first elements of all, then the second ones
 * of those that have them, and so on, the longest sequence first. {@link Sequences} makes them.
 */
public final class PackedSequence {
  private final Tensor data;
  private final List<Long> batchSizes;
  private final @Nullable Tensor order;

  /**
   * Packed elements.
   *
   * @param batchSizes never grows, and adds up to the elements
   * @param order a permutation of the sequences, null for none
   */
  PackedSequence(Tensor data, List<Long> batchSizes, @Nullable Tensor order) {
    this.data = data;
    this.batchSizes = List.copyOf(batchSizes);
    this.order = order;
  }

  /** The elements of all sequences, [elements, *]. */
  public Tensor data() {
    return data;
  }

  /** How many sequences have a first, second, … element; never grows. */
  public List<Long> batchSizes() {
    return batchSizes;
  }

  /** Which of the caller's sequences each one is (i64); null where they came sorted. */
  public @Nullable Tensor order() {
    return order;
  }

  /** The number of sequences. */
  public long sequences() {
    return batchSizes.getFirst();
  }

  /**
   * The same structure with other data.
   *
   * @param other [elements, *] with as many elements
   */
  public PackedSequence with(Tensor other) {
    if (other.dim() == 0 || other.size(0) != data.size(0)) {
      throw new ShapeException(
          "[PackedSequence] expected %d elements, but got shape %s"
              .formatted(data.size(0), other.shape()));
    }
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

  @Override
  public String toString() {
    return "PackedSequence(batch_sizes=%s, data=%s)".formatted(batchSizes, data.shape());
  }
}
