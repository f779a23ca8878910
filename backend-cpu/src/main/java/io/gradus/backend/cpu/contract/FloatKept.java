package io.gradus.backend.cpu.contract;

import java.lang.ref.SoftReference;

/**
 * An array for each thread, which it keeps for its next product: the first touch of fresh memory
 * costs more than a small product.
 *
 * <p>Held softly, so that threads which multiplied once and are idle do not keep their arrays from
 * others who need memory. It holds what the last product left.
 */
final class FloatKept {
  private final ThreadLocal<SoftReference<float[]>> own = new ThreadLocal<>();

  /** The array of this thread, with at least so many elements. */
  float[] of(int size) {
    SoftReference<float[]> kept = own.get();
    float[] array = kept == null ? null : kept.get();
    if (array == null || array.length < size) {
      array = new float[size];
      own.set(new SoftReference<>(array));
    }
    return array;
  }
}
