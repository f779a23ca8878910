package io.gradus;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import org.jspecify.annotations.Nullable;

/**
 * How a tensor is to be created; what is not set is inherited or the default.
 *
 * <pre>{@code
 * Tensor.zeros(Options.dtype(DType.F64).requiresGrad(true), 2, 3)
 * }</pre>
 *
 * @param dtype null for the default of the operation
 * @param device null for the CPU, or for {@code like} operations that of the other tensor
 * @param requiresGrad whether operations on the result are recorded; floating dtypes only
 */
public record Options(@Nullable DType dtype, @Nullable Device device, boolean requiresGrad) {
  /** Nothing set. */
  public static final Options DEFAULT = new Options(null, null, false);

  /** With this dtype. */
  public static Options dtype(DType dtype) {
    return DEFAULT.withDtype(dtype);
  }

  /** On this device. */
  public static Options device(Device device) {
    return DEFAULT.withDevice(device);
  }

  /** The same with another dtype. */
  public Options withDtype(DType other) {
    return new Options(other, device, requiresGrad);
  }

  /** The same on another device. */
  public Options withDevice(Device other) {
    return new Options(dtype, other, requiresGrad);
  }

  /** The same with this flag. */
  public Options requiresGrad(boolean flag) {
    return new Options(dtype, device, flag);
  }
}
