package io.gradus.nn.rnn;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Packs sequences of different lengths, and pads them to one length. */
public final class Sequences {
  /**
   * Sequences of one length.
   *
   * @param data [length, n, *], or [n, length, *] with the batch first
   * @param lengths how much of each sequence is not padding
   */
  public record Padded(Tensor data, List<Long> lengths) {
    /** Padded sequences. */
    public Padded {
      lengths = List.copyOf(lengths);
    }
  }

  private Sequences() {}

  /**
   * Leaves the padding away.
   *
   * @param input [length, n, *], or [n, length, *] with the batch first
   * @param lengths one for each sequence, 1 to the length of the input, in any order
   */
  public static PackedSequence packPadded(Tensor input, long[] lengths, boolean batchFirst) {
    if (input.dim() < 2) {
      throw new ShapeException(
          "[pack_padded_sequence] expected at least 2 dimensions, but got shape " + input.shape());
    }
    Tensor x = batchFirst ? input.transpose(0, 1) : input;
    if (lengths.length == 0 || lengths.length != x.size(1)) {
      throw new InvalidArgumentException(
          "[pack_padded_sequence] Expected `len(lengths)` to be equal to batch_size, but got %d (batch_size=%d)"
              .formatted(lengths.length, x.size(1)));
    }
    for (long length : lengths) {
      if (length < 1 || length > x.size(0)) {
        throw new InvalidArgumentException(
            "[pack_padded_sequence] Length of all samples has to be greater than 0 and at most %d, but got %s"
                .formatted(x.size(0), Arrays.toString(lengths)));
      }
    }
    Tensor order = order(lengths);
    long[] sorted = lengths.clone();
    if (order != null) {
      x = x.indexSelect(1, order.to(x.device()));
      Arrays.sort(sorted);
      for (int i = 0; i < sorted.length / 2; i++) {
        long swap = sorted[i];
        sorted[i] = sorted[sorted.length - 1 - i];
        sorted[sorted.length - 1 - i] = swap;
      }
    }
    List<Tensor> parts = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (long t = 0; t < sorted[0]; t++) {
      long at = t;
      long size = Arrays.stream(sorted).filter(l -> l > at).count();
      parts.add(x.select(0, Math.toIntExact(t)).narrow(0, 0, size));
      sizes.add(size);
    }
    return new PackedSequence(Tensor.cat(parts), sizes, order);
  }

  /** The positions of the lengths from the longest on; null if they are sorted so. */
  private static @Nullable Tensor order(long[] lengths) {
    boolean sorted = true;
    for (int i = 1; i < lengths.length; i++) {
      sorted &= lengths[i] <= lengths[i - 1];
    }
    if (sorted) {
      return null;
    }
    long[] order =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> lengths[i]).reversed())
            .mapToLong(Integer::longValue)
            .toArray();
    return Tensor.tensor(order);
  }

  /** {@link #padPacked(PackedSequence, boolean, double, long)} with zeros, to the longest. */
  public static Padded padPacked(PackedSequence packed, boolean batchFirst) {
    return padPacked(packed, batchFirst, 0, packed.batchSizes().size());
  }

  /**
   * Pads to one length: the way back of {@link #packPadded}.
   *
   * @param value of the padding
   * @param length of the result, at least that of the longest sequence
   */
  public static Padded padPacked(
      PackedSequence packed, boolean batchFirst, double value, long length) {
    List<Long> sizes = packed.batchSizes();
    if (length < sizes.size()) {
      throw new InvalidArgumentException(
          "[pad_packed_sequence] Expected total_length to be at least the length of the longest sequence in input, but got total_length=%d and max sequence length being %d"
              .formatted(length, sizes.size()));
    }
    Tensor data = packed.data();
    long n = packed.sequences();
    long[] lengths = new long[Math.toIntExact(n)];
    List<Tensor> steps = new ArrayList<>();
    long at = 0;
    for (long size : sizes) {
      Tensor step = data.narrow(0, at, size);
      steps.add(size == n ? step : Tensor.cat(List.of(step, filled(step, n - size, value))));
      for (int i = 0; i < size; i++) {
        lengths[i]++;
      }
      at += size;
    }
    Tensor all = Tensor.stack(steps);
    if (length > sizes.size()) {
      all = Tensor.cat(List.of(all, filled(all, length - sizes.size(), value)));
    }
    all = packed.unsorted(all);
    Tensor order = packed.order();
    if (order != null) {
      long[] from = order.longArray();
      long[] sorted = lengths.clone();
      for (int i = 0; i < from.length; i++) {
        lengths[(int) from[i]] = sorted[i];
      }
    }
    return new Padded(
        batchFirst ? all.transpose(0, 1) : all, Arrays.stream(lengths).boxed().toList());
  }

  /** {@code rows} rows of the shape and dtype of those of a tensor. */
  private static Tensor filled(Tensor like, long rows, double value) {
    long[] shape = like.shape().toArray();
    shape[0] = rows;
    return Tensor.full(Options.dtype(like.dtype()).withDevice(like.device()), shape, value);
  }

  /** Packs sequences [length, *] of any lengths. */
  public static PackedSequence pack(List<Tensor> sequences) {
    long[] lengths = sequences.stream().mapToLong(s -> s.size(0)).toArray();
    return packPadded(pad(sequences, false, 0), lengths, false);
  }

  /**
   * Sequences [length, *] as one tensor [longest, n, *], or [n, longest, *] with the batch first.
   *
   * @param value of the padding
   */
  public static Tensor pad(List<Tensor> sequences, boolean batchFirst, double value) {
    if (sequences.isEmpty() || sequences.stream().anyMatch(s -> s.dim() == 0)) {
      throw new InvalidArgumentException(
          "[pad_sequence] expected one or more sequences of at least one dimension");
    }
    long longest = sequences.stream().mapToLong(s -> s.size(0)).max().orElseThrow();
    List<Tensor> all = new ArrayList<>();
    for (Tensor s : sequences) {
      long missing = longest - s.size(0);
      all.add(missing == 0 ? s : Tensor.cat(List.of(s, filled(s, missing, value))));
    }
    return Tensor.stack(all, batchFirst ? 0 : 1);
  }

  /** The sequences [length, *] of a padded tensor, as views of it. */
  public static List<Tensor> unpad(Tensor padded, long[] lengths, boolean batchFirst) {
    Tensor x = batchFirst ? padded : padded.transpose(0, 1);
    if (lengths.length != x.size(0)) {
      throw new InvalidArgumentException(
          "[unpad_sequence] expected %d lengths, but got %d".formatted(x.size(0), lengths.length));
    }
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      all.add(x.select(0, i).narrow(0, 0, lengths[i]));
    }
    return all;
  }

  /** The sequences [length, *] of a packed one, in the caller's order. */
  public static List<Tensor> unpack(PackedSequence packed) {
    Padded padded = padPacked(packed, true);
    return unpad(
        padded.data(), padded.lengths().stream().mapToLong(Long::longValue).toArray(), true);
  }
}
