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

  /**
   * What every operation says of operands on two devices.
   *
   * @param operation whose rule it is, as {@code add}
   * @param one the name of a device, as {@code cpu}
   * @param other the name of another
   */
  public static DeviceException different(String operation, String one, String other) {
    return new DeviceException(
        "[%s] Expected all tensors to be on the same device, but found at least two devices, %s and %s!; move one with to(device)."
            .formatted(operation, one, other));
  }
}
