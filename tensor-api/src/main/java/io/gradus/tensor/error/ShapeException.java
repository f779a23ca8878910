package io.gradus.tensor.error;

import java.io.Serial;

/** Shapes, strides or dimensions that an operation cannot work with. */
public class ShapeException extends TensorException {
  @Serial private static final long serialVersionUID = 1;

  /** See {@link TensorException#TensorException(String)}. */
  public ShapeException(String message) {
    super(message);
  }

  /** See {@link TensorException#TensorException(String, Throwable)}. */
  public ShapeException(String message, Throwable cause) {
    super(message, cause);
  }
}
