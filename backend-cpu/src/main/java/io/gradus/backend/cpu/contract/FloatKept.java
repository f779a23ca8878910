package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.SoftLocal;

/**
 * An array that a thread keeps for its next product ({@link SoftLocal}): the first touch of fresh
 * memory costs more than a small product. It holds what the last one left.
 */
final class FloatKept {
  private float[] array = new float[0];

  /** The array, with at least so many elements. */
  float[] of(int size) {
    if (array.length < size) {
      array = new float[size];
    }
    return array;
  }
}
