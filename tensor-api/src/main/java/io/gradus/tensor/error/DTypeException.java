package io.gradus.tensor.error;

import java.io.Serial;

/** A dtype that an operation does not accept or cannot produce. */
public class DTypeException extends TensorException {
  @Serial private static final long serialVersionUID = 1;

  /** See {@link TensorException#TensorException(String)}. */
  public DTypeException(String message) {
    super(message);
  }

  /** See {@link TensorException#TensorException(String, Throwable)}. */
  public DTypeException(String message, Throwable cause) {
    super(message, cause);
  }
}
