package io.gradus.tensor.error;

import java.io.Serial;

/** An argument whose value is outside what the operation defines. */
public class InvalidArgumentException extends TensorException {
  @Serial private static final long serialVersionUID = 1;

  /** See {@link TensorException#TensorException(String)}. */
  public InvalidArgumentException(String message) {
    super(message);
  }

  /** See {@link TensorException#TensorException(String, Throwable)}. */
  public InvalidArgumentException(String message, Throwable cause) {
    super(message, cause);
  }
}
