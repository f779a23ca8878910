package io.gradus.backend.cpu.convolve;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.SoftLocal;

/**
 * Arrays that each thread keeps for its next convolution: the first touch of fresh memory costs
 * more than the sums that go there. They hold what the last one left.
 */
final class FloatScratch {
  /** Longer arrays are not kept. */
  static final int KEPT = 1 << 20;

  private static final SoftLocal<FloatScratch> OWN = new SoftLocal<>(FloatScratch::new);

  private float[] packed = new float[0];
  private float[] results = new float[0];
  private float[] grid = new float[0];

  private FloatScratch() {}

  /**
   * So many elements where no thread keeps so many, else none: what {@link #results} and {@link
   * #grid} then take.
   *
   * @throws io.gradus.tensor.error.DeviceException if no array is so long
   */
  static Borrowed<float[]> more(long size) {
    return Borrowed.floats(size > KEPT ? Geometry.inArray(size) : 0);
  }

  /** At least so many elements, but no more than are kept, for what is read in their order. */
  static float[] packed(int size) {
    FloatScratch own = OWN.get();
    own.packed = longEnough(own.packed, size);
    return own.packed;
  }

  /** As {@link #packed}, another array for sums. */
  static float[] results(int size) {
    FloatScratch own = OWN.get();
    own.results = longEnough(own.results, size);
    return own.results;
  }

  /** At least so many elements, for sums. */
  static float[] results(Borrowed<float[]> more, int size) {
    return size > KEPT ? more.array() : results(size);
  }

  /** At least so many elements, for images. */
  static float[] grid(Borrowed<float[]> more, int size) {
    if (size > KEPT) {
      return more.array();
    }
    FloatScratch own = OWN.get();
    own.grid = longEnough(own.grid, size);
    return own.grid;
  }

  private static float[] longEnough(float[] kept, int size) {
    return kept.length < size ? new float[size] : kept;
  }
}
