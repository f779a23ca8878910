package io.gradus.tensor.error;

import java.io.Serial;

/** A rule of automatic differentiation was broken. */
public class AutogradException extends TensorException {
  @Serial private static final long serialVersionUID = 1;

  /** See {@link TensorException#TensorException(String)}. */
  public AutogradException(String message) {
    super(message);
  }

  /** See {@link TensorException#TensorException(String, Throwable)}. */
  public AutogradException(String message, Throwable cause) {
    super(message, cause);
  }
}
