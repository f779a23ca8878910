package io.gradus.tensor.error;

import java.io.Serial;

/** The memory of a tensor was given back before, as by the end of a {@code TensorScope}. */
public class ReleasedException extends BackendException {
  @Serial private static final long serialVersionUID = 1;

  /** See {@link TensorException#TensorException(String)}. */
  public ReleasedException(String message) {
    super(message);
  }
}
