package io.gradus.backend.cpu.convolve;

import io.gradus.backend.cpu.Borrowed;

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

  /**
   * So many elements for the whole convolution where no thread keeps so many, else none.
   *
   * @throws io.gradus.tensor.error.DeviceException if no array is so long
   */
  static Borrowed<float[]> more(long size) {
    return Borrowed.floats(size > KEPT ? Geometry.inArray(size) : 0);
  }

  /** At least so many elements, for weights in the order in which they are read. */
  static float[] packed(Borrowed<float[]> more, int size) {
    return size > KEPT ? more.array() : packed(size);
  }

  /** At least so many elements, for sums. */
  static float[] results(Borrowed<float[]> more, int size) {
    return size > KEPT ? more.array() : results(size);
  }

  /** At least so many elements, but no more than are kept. */
  static float[] packed(int size) {
    FloatScratch own = OWN.get();
    if (own.packed.length < size) {
      own.packed = new float[size];
    }
    return own.packed;
  }

  /** As {@link #packed(int)}, another array. */
  static float[] results(int size) {
    FloatScratch own = OWN.get();
    if (own.results.length < size) {
      own.results = new float[size];
    }
    return own.results;
  }
}
