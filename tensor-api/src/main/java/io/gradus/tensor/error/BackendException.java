package io.gradus.tensor.error;

import java.io.Serial;

/** A backend is missing, cannot start, or failed while it ran a kernel. */
public class BackendException extends TensorException {
  @Serial private static final long serialVersionUID = 1;

  /** See {@link TensorException#TensorException(String)}. */
  public BackendException(String message) {
    super(message);
  }

  /** See {@link TensorException#TensorException(String, Throwable)}. */
  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
