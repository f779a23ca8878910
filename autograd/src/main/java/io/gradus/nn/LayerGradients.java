package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.exec.Softmax;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;

/**
 * Gradients of layers as operations of their own, for backward passes written by hand. They are
 * differentiable like all others.
 */
public final class LayerGradients {
  private LayerGradients() {}

  /**
   * The gradient of a maximum over windows: every value goes to the place its maximum came from;
   * those that meet are added.
   *
   * @param gradOutput of the shape of the values that {@link Pooling#maxPool} gave
   * @param input what was pooled; only its shape counts
   * @param n dimensions that the window covered, 1 to 3
   * @param indices that {@link Pooling#maxPool} gave
   * @return of the shape of the input, in the dtype of {@code gradOutput}
   * @throws ShapeException if indices and gradient differ in shape
   * @throws TensorIndexException if an index is outside of the input
   */
  public static Tensor maxPoolBackward(Tensor gradOutput, Tensor input, int n, Tensor indices) {
    String op = "max_pool" + n + "d_backward";
    if (!gradOutput.shape().equals(indices.shape())) {
      throw new ShapeException(
          "[%s] expected the indices to have the shape of grad_output, but got %s and %s"
              .formatted(op, indices.shape(), gradOutput.shape()));
    }
    Tensor x = Spatial.batched(op, input, n);
    Tensor g = Spatial.batched(op, gradOutput, n);
    if (x.size(0) != g.size(0) || x.size(1) != g.size(1)) {
      throw new ShapeException(
          "[%s] expected grad_output with the batch and channels of the input %s, but got %s"
              .formatted(op, input.shape(), gradOutput.shape()));
    }
    long area = Spatial.product(Spatial.sizes(x, n));
    long places = Spatial.product(Spatial.sizes(g, n));
    Tensor flat = g.reshape(x.size(0), x.size(1), places);
    Tensor at = indices.reshape(x.size(0), x.size(1), places);
    return Spatial.zeros(g, x.size(0), x.size(1), area)
        .scatterAdd(2, at, flat)
        .reshape(input.shape().toArray());
  }

  /**
   * The gradient of dropout: {@code g · mask · scale}.
   *
   * @param mask booleans, true for what was kept; broadcast
   * @param scale what the kept elements were multiplied by
   * @return a floating dtype; the default one for whole numbers
   * @throws DTypeException if the mask is not boolean
   */
  public static Tensor dropoutBackward(Tensor gradOutput, Tensor mask, double scale) {
    if (mask.dtype() != DType.BOOL) {
      throw new DTypeException(
          "[native_dropout_backward] Mask should be Bool Scalar Type, got " + mask.dtype());
    }
    return gradOutput.mul(mask.to(gradOutput.dtype()).mul(scale));
  }

  /**
   * The gradient of softmax: {@code y (g - Σ g y)}.
   *
   * @param output y, the result of softmax
   * @param dim along which it was taken
   * @throws ShapeException if gradient and output differ in shape
   */
  public static Tensor softmaxBackward(Tensor gradOutput, Tensor output, int dim) {
    if (!gradOutput.shape().equals(output.shape())) {
      throw new ShapeException(
          "[_softmax_backward_data] expected grad_output of the shape of the output %s, but got %s"
              .formatted(output.shape(), gradOutput.shape()));
    }
    if (gradOutput.dtype() != output.dtype()) {
      throw new DTypeException(
          "[_softmax_backward_data] expected input and grad types to match, got %s and %s"
              .formatted(output.dtype(), gradOutput.dtype()));
    }
    return Softmax.softmaxBackward(gradOutput, output, dim);
  }
}
