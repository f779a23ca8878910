package io.gradus.tensor.error;

import java.io.Serial;

/** Operands on different devices, or memory that a device cannot provide or share. */
public class DeviceException extends TensorException {
  @Serial private static final long serialVersionUID = 1;

  /** See {@link TensorException#TensorException(String)}. */
  public DeviceException(String message) {
    super(message);
  }

  /** See {@link TensorException#TensorException(String, Throwable)}. */
  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
