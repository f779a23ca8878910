package io.gradus.tensor.error;

import java.io.Serial;

/** Data from outside that does not have the format it should have. */
public class FormatException extends TensorException {
  @Serial private static final long serialVersionUID = 1;

  /** See {@link TensorException#TensorException(String)}. */
  public FormatException(String message) {
    super(message);
  }

  /** See {@link TensorException#TensorException(String, Throwable)}. */
  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
