package io.gradus.data;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Random partitions of a data set. */
public final class Splits {
  private Splits() {}

  /**
   * Parts of the given sizes, of samples drawn without replacement.
   *
   * @throws InvalidArgumentException if the sizes do not add up to that of the set
   */
  public static <T> List<Subset<T>> randomSplit(Dataset<T> set, long[] sizes, Generator generator) {
    long total = 0;
    for (long size : sizes) {
      total += size;
      if (size < 0) {
        throw new InvalidArgumentException(
            "[randomSplit] sizes must not be negative: " + Arrays.toString(sizes));
      }
    }
    if (total != set.size()) {
      throw new InvalidArgumentException(
          "[randomSplit] Sum of input lengths does not equal the length of the input dataset! %s add up to %d, the data set has %d"
              .formatted(Arrays.toString(sizes), total, set.size()));
    }
    long[] order = Tensor.randperm(Options.generator(generator), set.size()).longArray();
    List<Subset<T>> parts = new ArrayList<>();
    int at = 0;
    for (long size : sizes) {
      int end = Math.toIntExact(at + size);
      parts.add(new Subset<>(set, Arrays.copyOfRange(order, at, end)));
      at = end;
    }
    return parts;
  }

  /**
   * Parts by weight, such as 0.8, 0.1, 0.1 or 8, 1, 1: sizes are rounded down and what is left over
   * goes to the first parts, one sample each.
   */
  public static <T> List<Subset<T>> randomSplit(
      Dataset<T> set, double[] weights, Generator generator) {
    double total = Arrays.stream(weights).sum();
    if (weights.length == 0
        || !(total > 0)
        || Arrays.stream(weights).anyMatch(w -> !(w >= 0) || Double.isInfinite(w))) {
      throw new InvalidArgumentException(
          "[randomSplit] fractions must be at least 0 and not all 0: " + Arrays.toString(weights));
    }
    long[] sizes = new long[weights.length];
    long used = 0;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (long) Math.floor(set.size() * (weights[i] / total));
      used += sizes[i];
    }
    for (int i = 0; used < set.size(); i = (i + 1) % sizes.length) {
      sizes[i]++;
      used++;
    }
    return randomSplit(set, sizes, generator);
  }
}
