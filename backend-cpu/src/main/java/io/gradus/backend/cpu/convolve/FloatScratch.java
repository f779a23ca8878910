package io.gradus.backend.cpu.convolve;

/**
 * Arrays that each thread keeps for its next convolution: the first touch of fresh memory costs
 * more than the sums that go there. They hold what the last one left.
 */
final class FloatScratch {
  /** Longer arrays are not kept. */
  static final int KEPT = 1 << 20;

  private static final ThreadLocal<FloatScratch> OWN = ThreadLocal.withInitial(FloatScratch::new);

  private float[] packed = new float[0];
  private float[] results = new float[0];

  private FloatScratch() {}

  /** At least so many elements, for weights in the order in which they are read. */
  static float[] packed(int size) {
    if (size > KEPT) {
      return new float[size];
    }
    FloatScratch own = OWN.get();
    if (own.packed.length < size) {
      own.packed = new float[size];
    }
    return own.packed;
  }

  /** At least so many elements, for sums. */
  static float[] results(int size) {
    if (size > KEPT) {
      return new float[size];
    }
    FloatScratch own = OWN.get();
    if (own.results.length < size) {
      own.results = new float[size];
    }
    return own.results;
  }
}
