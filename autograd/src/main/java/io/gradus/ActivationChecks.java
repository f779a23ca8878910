package io.gradus;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;

/** What activations require of their settings, in place or not. */
final class ActivationChecks {
  private ActivationChecks() {}

  static void hardtanh(Tensor t, Number min, Number max) {
    if (min.doubleValue() > max.doubleValue()) {
      throw new InvalidArgumentException(
          "[hardtanh] min_val cannot be greater than max_val: %s and %s".formatted(min, max));
    }
    if (t.dtype() == DType.U8 && min.doubleValue() < 0) {
      throw new InvalidArgumentException(
          "[hardtanh] cannot do hardtanh on an unsigned type with negative limits: " + min);
    }
  }
}
