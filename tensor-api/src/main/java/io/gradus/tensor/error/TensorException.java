package io.gradus.tensor.error;

import java.io.Serial;

/**
 * Root of every error that the library raises on purpose; unchecked.
 *
 * <p>An operation that throws one has changed nothing.
 */
public class TensorException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** An error with a complete message: the broken rule, both values, what to do. */
  public TensorException(String message) {
    super(message);
  }

  /** An error caused by another one. */
  public TensorException(String message, Throwable cause) {
    super(message, cause);
  }
}
