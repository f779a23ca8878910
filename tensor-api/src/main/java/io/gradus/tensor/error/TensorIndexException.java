package io.gradus.tensor.error;

import java.io.Serial;

/** An index or dimension outside its range. */
public class TensorIndexException extends TensorException {
  @Serial private static final long serialVersionUID = 1;

  /** See {@link TensorException#TensorException(String)}. */
  public TensorIndexException(String message) {
    super(message);
  }

  /** See {@link TensorException#TensorException(String, Throwable)}. */
  public TensorIndexException(String message, Throwable cause) {
    super(message, cause);
  }
}
