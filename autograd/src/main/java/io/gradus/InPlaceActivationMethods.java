package io.gradus;

import io.gradus.exec.InPlace;
import io.gradus.op.Activations;
import io.gradus.op.Bounds;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.NumericalException;

/** Nonlinearities that overwrite this tensor. */
public sealed interface InPlaceActivationMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** {@link Tensor#relu()} in place. */
  default Tensor relu_() {
    return InPlace.map(Bounds.RELU, new Tensor[] {self()});
  }

  /** {@link Tensor#selu()} in place. */
  default Tensor selu_() {
    return InPlace.map(Activations.SELU, new Tensor[] {self()});
  }

  /** {@link Tensor#silu()} in place. */
  default Tensor silu_() {
    return InPlace.map(Activations.SILU, new Tensor[] {self()});
  }

  /** {@link Tensor#mish()} in place. */
  default Tensor mish_() {
    return InPlace.map(Activations.MISH, new Tensor[] {self()});
  }

  /** {@link Tensor#hardsigmoid()} in place. */
  default Tensor hardsigmoid_() {
    return InPlace.map(Activations.HARDSIGMOID, new Tensor[] {self()});
  }

  /** {@link Tensor#hardswish()} in place. */
  default Tensor hardswish_() {
    return InPlace.map(Activations.HARDSWISH, new Tensor[] {self()});
  }

  /** {@link Tensor#leakyRelu(double)} in place. */
  default Tensor leakyRelu_(double slope) {
    return InPlace.map(Activations.LEAKY_RELU, new Tensor[] {self()}, Scalar.of(slope));
  }

  /** {@link Tensor#elu(double)} in place. */
  default Tensor elu_(double alpha) {
    return InPlace.map(Activations.ELU, new Tensor[] {self()}, Scalar.of(alpha));
  }

  /** {@link Tensor#celu(double)} in place. */
  default Tensor celu_(double alpha) {
    if (alpha == 0) {
      throw new NumericalException("[celu_] ZeroDivisionError: alpha cannot be 0 for CELU");
    }
    return InPlace.map(Activations.CELU, new Tensor[] {self()}, Scalar.of(alpha));
  }

  /** {@link Tensor#hardtanh(Number, Number)} in place. */
  default Tensor hardtanh_(Number min, Number max) {
    ActivationChecks.hardtanh(self(), min, max);
    return InPlace.map(Activations.HARDTANH, new Tensor[] {self()}, Scalar.of(min), Scalar.of(max));
  }

  /** {@link Tensor#threshold(Number, Number)} in place. */
  default Tensor threshold_(Number threshold, Number value) {
    return InPlace.map(
        Activations.THRESHOLD, new Tensor[] {self()}, Scalar.of(threshold), Scalar.of(value));
  }

  /** {@link Tensor#relu6()} in place. */
  default Tensor relu6_() {
    return hardtanh_(0, 6);
  }
}
