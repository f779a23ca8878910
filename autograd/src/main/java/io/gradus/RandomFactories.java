package io.gradus;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;

/** The static methods of {@link Tensor} that draw random numbers. */
public abstract sealed class RandomFactories extends DataFactories permits TensorFactories {
  RandomFactories() {}

  /** The options with what they leave open taken from another tensor. */
  static Options inherit(Tensor like, Options options) {
    DType dtype = options.dtype() == null ? like.dtype() : options.dtype();
    Device device = options.device() == null ? like.device() : options.device();
    return new Options(dtype, device, options.requiresGrad());
  }
}
