package io.gradus.data;

import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.List;

/** What was drawn at the start of a pass. */
final class PassOrder {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final List<long[]> batches;
  private final long[] starts;
  private final long seed;

  /**
   * An order.
   *
   * @param batches indices of samples
   * @param seed of the random numbers of all samples
   */
  PassOrder(List<long[]> batches, long seed) {
    this.batches = batches;
    this.seed = seed;
    starts = new long[batches.size()];
    long start = 0;
    for (int i = 0; i < starts.length; i++) {
      if (batches.get(i).length == 0) {
        throw new InvalidArgumentException(
            "[DataLoader] batch " + i + " of the batch sampler has no index; leave it out");
      }
      starts[i] = start;
      start += batches.get(i).length;
    }
  }

  /** The seed that a place of a generator stands for. */
  static long seed(Generator.State at) {
    return mixed(mixed(at.seed()) + at.stream());
  }

  /** The number of batches. */
  int size() {
    return starts.length;
  }

  /** The indices of a batch. */
  long[] batch(int i) {
    return batches.get(i);
  }

  /** The random numbers of a sample of a batch: those of its position in the pass. */
  Generator random(int batch, int sample) {
    return new Generator(mixed(seed + GOLDEN * (starts[batch] + sample + 1)));
  }

  /** D. Stafford's variant 13 of the finalizer of MurmurHash3. */
  private static long mixed(long x) {
    long z = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
