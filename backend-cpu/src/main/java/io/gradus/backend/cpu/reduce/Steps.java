package io.gradus.backend.cpu.reduce;

/**
 * Steps of loops over memory that are larger than the caches.
 *
 * <p>The compiler unrolls a loop whose step it knows. Variances and extremes of millions of
 * elements were measured to take up to twice as long then, on Zen 4; why is not known. In the
 * nearest cache an unknown step costs a twentieth.
 */
final class Steps {
  /** One, but as it could be written at any time, the compiler does not know. */
  @SuppressWarnings("FieldMayBeFinal")
  private static int one = 1;

  private Steps() {}

  /** The same number, of which the compiler does not know that it is. */
  static int unknown(int step) {
    return step * one;
  }
}
