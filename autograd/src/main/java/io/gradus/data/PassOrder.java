package io.gradus.data;

import io.gradus.random.Generator;

/**
 * What was drawn at the start of a pass.
 *
 * @param indices of the samples, in their order
 * @param seed of the random numbers of all samples
 */
record PassOrder(long[] indices, long seed) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** The seed that a place of a generator stands for. */
  static long seed(Generator.State at) {
    return mixed(mixed(at.seed()) + at.stream());
  }

  /** The random numbers of the sample at a position of the pass, always the same. */
  Generator random(long position) {
    return new Generator(mixed(seed + GOLDEN * (position + 1)));
  }

  /** D. Stafford's variant 13 of the finalizer of MurmurHash3. */
  private static long mixed(long x) {
    long z = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
