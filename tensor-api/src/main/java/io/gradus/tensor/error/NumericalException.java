package io.gradus.tensor.error;

import java.io.Serial;

/** A computation without a result, such as the inverse of a singular matrix. */
public class NumericalException extends TensorException {
  @Serial private static final long serialVersionUID = 1;

  /** See {@link TensorException#TensorException(String)}. */
  public NumericalException(String message) {
    super(message);
  }

  /** See {@link TensorException#TensorException(String, Throwable)}. */
  public NumericalException(String message, Throwable cause) {
    super(message, cause);
  }
}
