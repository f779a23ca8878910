package io.gradus;

import io.gradus.random.Generator;
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
 * @param device null for the default device, or for {@code like} operations that of the other
 *     tensor
 * @param requiresGrad whether operations on the result are recorded; floating dtypes only
 * @param generator of random numbers; null for the default one
 */
public record Options(
    @Nullable DType dtype,
    @Nullable Device device,
    boolean requiresGrad,
    @Nullable Generator generator) {
  /** Nothing set. */
  public static final Options DEFAULT = new Options(null, null, false);

  /** Without a generator. */
  public Options(@Nullable DType dtype, @Nullable Device device, boolean requiresGrad) {
    this(dtype, device, requiresGrad, null);
  }

  /** With this dtype. */
  public static Options dtype(DType dtype) {
    return DEFAULT.withDtype(dtype);
  }

  /** On this device. */
  public static Options device(Device device) {
    return DEFAULT.withDevice(device);
  }

  /** With random numbers from this generator. */
  public static Options generator(Generator generator) {
    return DEFAULT.withGenerator(generator);
  }

  /** The same with another dtype. */
  public Options withDtype(DType other) {
    return new Options(other, device, requiresGrad, generator);
  }

  /** The same on another device. */
  public Options withDevice(Device other) {
    return new Options(dtype, other, requiresGrad, generator);
  }

  /** The same with this flag. */
  public Options requiresGrad(boolean flag) {
    return new Options(dtype, device, flag, generator);
  }

  /** The same with random numbers from another generator. */
  public Options withGenerator(Generator other) {
    return new Options(dtype, device, requiresGrad, other);
  }
}
