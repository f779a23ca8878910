package io.gradus.fft;

import io.gradus.Tensor;
import io.gradus.tensor.error.ShapeException;

/** Recognises complex numbers as pairs along a last dimension of size 2. */
public final class Pairs {
  private Pairs() {}

  /** Refuses what are not pairs. */
  public static void check(String name, Tensor t) {
    if (t.dim() == 0 || t.size(-1) != 2) {
      throw new ShapeException(
          "[%s] expected complex numbers as pairs along a last dimension of size 2, but got shape %s; make them with ComplexPairs.complex or ofReal"
              .formatted(name, t.shape()));
    }
  }
}
