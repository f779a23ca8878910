package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.op.Activations;
import io.gradus.op.Bounds;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.NumericalException;

/** Nonlinearities of neural networks. */
public sealed interface ActivationMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The larger one of each element and 0. */
  default Tensor relu() {
    return Executor.map(Bounds.RELU, self());
  }

  /** The self-normalising {@link #elu}. */
  default Tensor selu() {
    return Executor.map(Activations.SELU, self());
  }

  /** x sigmoid(x). */
  default Tensor silu() {
    return Executor.map(Activations.SILU, self());
  }

  /** x tanh(log(1 + exp(x))). */
  default Tensor mish() {
    return Executor.map(Activations.MISH, self());
  }

  /** x / (1 + |x|). */
  default Tensor softsign() {
    return Executor.map(Activations.SOFTSIGN, self());
  }

  /** x - tanh(x). */
  default Tensor tanhshrink() {
    return Executor.map(Activations.TANHSHRINK, self());
  }

  /** (x + 3) / 6 between 0 and 1. */
  default Tensor hardsigmoid() {
    return Executor.map(Activations.HARDSIGMOID, self());
  }

  /** x {@link #hardsigmoid}. */
  default Tensor hardswish() {
    return Executor.map(Activations.HARDSWISH, self());
  }

  /** log(sigmoid(x)). */
  default Tensor logsigmoid() {
    return Executor.map(Activations.LOGSIGMOID, self());
  }

  /** x, or slope x below 0. */
  default Tensor leakyRelu(double slope) {
    return Executor.map(Activations.LEAKY_RELU, new Tensor[] {self()}, Scalar.of(slope));
  }

  /** {@link #leakyRelu(double)} with 0.01. */
  default Tensor leakyRelu() {
    return leakyRelu(0.01);
  }

  /** x, or alpha (exp(x) - 1) up to 0. */
  default Tensor elu(double alpha) {
    return Executor.map(Activations.ELU, new Tensor[] {self()}, Scalar.of(alpha));
  }

  /** {@link #elu(double)} with 1. */
  default Tensor elu() {
    return elu(1);
  }

  /** x, or alpha (exp(x / alpha) - 1) up to 0. */
  default Tensor celu(double alpha) {
    if (alpha == 0) {
      throw new NumericalException("[celu] ZeroDivisionError: alpha cannot be 0 for CELU");
    }
    return Executor.map(Activations.CELU, new Tensor[] {self()}, Scalar.of(alpha));
  }

  /** {@link #celu(double)} with 1. */
  default Tensor celu() {
    return celu(1);
  }

  /** x times the probability that a standard normal number is below x. */
  default Tensor gelu() {
    return gelu("none");
  }

  /**
   * {@link #gelu()}, exact or approximated.
   *
   * @param approximate {@code none} or {@code tanh}
   */
  default Tensor gelu(String approximate) {
    return switch (approximate) {
      case "none" -> Executor.map(Activations.GELU, self());
      case "tanh" -> Executor.map(Activations.GELU_TANH, self());
      default ->
          throw new InvalidArgumentException(
              "[gelu] approximate argument must be either none or tanh: " + approximate);
    };
  }

  /** log(1 + exp(beta x)) / beta, and x itself where beta x is above the threshold. */
  default Tensor softplus(double beta, double threshold) {
    return Executor.map(
        Activations.SOFTPLUS, new Tensor[] {self()}, Scalar.of(beta), Scalar.of(threshold));
  }

  /** {@link #softplus(double, double)} with 1 and 20. */
  default Tensor softplus() {
    return softplus(1, 20);
  }

  /** x moved toward 0 by lambda, 0 within. */
  default Tensor softshrink(double lambda) {
    if (!(lambda >= 0)) {
      throw new InvalidArgumentException(
          "[softshrink] lambda must be in range [0, inf], but found " + lambda);
    }
    return Executor.map(Activations.SOFTSHRINK, new Tensor[] {self()}, Scalar.of(lambda));
  }

  /** {@link #softshrink(double)} with 0.5. */
  default Tensor softshrink() {
    return softshrink(0.5);
  }

  /** x, or 0 within lambda. */
  default Tensor hardshrink(double lambda) {
    return Executor.map(Activations.HARDSHRINK, new Tensor[] {self()}, Scalar.of(lambda));
  }

  /** {@link #hardshrink(double)} with 0.5. */
  default Tensor hardshrink() {
    return hardshrink(0.5);
  }

  /** {@link #hardtanh(Number, Number)} with -1 and 1. */
  default Tensor hardtanh() {
    return hardtanh(-1, 1);
  }

  /**
   * x between two numbers; unlike {@link BoundMethods#clamp(Number, Number)} without gradient at
   * them.
   *
   * @throws InvalidArgumentException if min is above max, or negative for u8
   */
  default Tensor hardtanh(Number min, Number max) {
    ActivationChecks.hardtanh(self(), min, max);
    return Executor.map(
        Activations.HARDTANH, new Tensor[] {self()}, Scalar.of(min), Scalar.of(max));
  }

  /** x between 0 and 6. */
  default Tensor relu6() {
    return hardtanh(0, 6);
  }

  /** x above a threshold, else a value. */
  default Tensor threshold(Number threshold, Number value) {
    return Executor.map(
        Activations.THRESHOLD, new Tensor[] {self()}, Scalar.of(threshold), Scalar.of(value));
  }

  /** {@link Tensor#softmax} whose rows of nothing but negative infinity are 0 instead of NaN. */
  default Tensor safeSoftmax(int dim) {
    Tensor t = self();
    Tensor empty = t.detach().eq(Double.NEGATIVE_INFINITY).all(dim, true);
    return t.maskedFill(empty, 0).softmax(dim).maskedFill(empty, 0);
  }

  /**
   * The gradient of softmax's input, for this gradient of its output.
   *
   * @param output what softmax gave
   */
  default Tensor softmaxBackward(Tensor output, int dim) {
    DType wide = output.dtype().compute().dtype();
    Tensor y = output.to(wide);
    Tensor product = self().to(wide).mul(y);
    Tensor total = product.dim() == 0 ? product : product.sum(dim, true);
    return product.sub(y.mul(total)).to(output.dtype());
  }
}
