package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Activations and products that take more than one tensor, or both halves of one. */
public final class Gates {
  private Gates() {}

  /** {@code a σ(b)} of the halves a and b of a dimension, which must be even. */
  public static Tensor glu(Tensor input, int dim) {
    if (input.dim() == 0) {
      throw new ShapeException("[glu] glu does not support 0-dimensional tensors");
    }
    long size = input.size(dim);
    if (size % 2 != 0) {
      throw new ShapeException(
          "[glu] Halving dimension must be even, but dimension %d is size %d".formatted(dim, size));
    }
    Tensor gate = input.narrow(dim, size / 2, size / 2).sigmoid();
    return input.narrow(dim, 0, size / 2).mul(gate);
  }

  /**
   * {@code x} where it is greater than 0, elsewhere {@code weight x}.
   *
   * @param weight one for all, or one for each channel (dimension 1)
   * @throws io.gradus.tensor.error.DTypeException if the dtypes differ
   */
  public static Tensor prelu(Tensor input, Tensor weight) {
    Precision.checkSame("prelu", "input and weight", input, weight);
    if (weight.dim() > 1) {
      throw new ShapeException(
          "[prelu] prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = "
              + weight.dim());
    }
    Tensor slope = weight;
    if (weight.numel() != 1) {
      if (input.dim() == 0) {
        throw new ShapeException("[prelu] Not allow zero-dim input tensor.");
      }
      long channels = input.dim() == 1 ? 1 : input.size(1);
      if (weight.numel() != channels) {
        throw new ShapeException(
            "[prelu] Mismatch of parameter numbers and input channel size. Found parameter numbers = %d and channel size = %d."
                .formatted(weight.numel(), channels));
      }
      long[] shape = new long[input.dim()];
      Arrays.fill(shape, 1);
      shape[1] = channels;
      slope = weight.reshape(shape);
    } else if (weight.dim() == 1) {
      slope = weight.squeeze(0);
    }
    return Tensor.where(input.gt(0), input, input.mul(slope));
  }

  /**
   * {@code x} where it is at least 0, elsewhere x times a slope: drawn between the bounds for each
   * element in training, else their middle.
   */
  public static Tensor rrelu(Tensor input, double lower, double upper, boolean training) {
    return rrelu(input, lower, upper, training, null);
  }

  /** {@link #rrelu(Tensor, double, double, boolean)} with a generator, null for the default. */
  public static Tensor rrelu(
      Tensor input, double lower, double upper, boolean training, @Nullable Generator generator) {
    if (!(lower <= upper)) {
      throw new InvalidArgumentException(
          "[rrelu] Lower bound should be less than or equal to the upper bound: %s and %s"
              .formatted(lower, upper));
    }
    if (!training) {
      return input.leakyRelu((lower + upper) / 2);
    }
    Tensor slope = Tensor.emptyLike(input.detach()).uniform_(lower, upper, generator);
    return Tensor.where(input.ge(0), input, input.mul(slope));
  }

  /** {@code softmax(-x)} along a dimension, computed in a dtype. */
  public static Tensor softmin(Tensor input, int dim, DType dtype) {
    return input.neg().softmax(dim, dtype);
  }

  /**
   * {@code x1ᵀ Wₒ x2 + bₒ} for each output feature o.
   *
   * @param input1 [*, in1]
   * @param input2 [*, in2]
   * @param weight [out, in1, in2]
   * @param bias [out] or null
   * @throws io.gradus.tensor.error.DTypeException if the dtypes differ
   */
  public static Tensor bilinear(
      Tensor input1, Tensor input2, Tensor weight, @Nullable Tensor bias) {
    Precision.checkSame("bilinear", "input1 and input2", input1, input2);
    Precision.checkSame("bilinear", "input and weight", input1, weight);
    if (bias != null) {
      Precision.checkSame("bilinear", "input and bias", input1, bias);
    }
    long[] sizes = input1.shape().toArray();
    if (weight.dim() != 3
        || input1.dim() != input2.dim()
        || input1.dim() == 0
        || input1.size(-1) != weight.size(1)
        || input2.size(-1) != weight.size(2)
        || !Arrays.equals(
            sizes, 0, sizes.length - 1, input2.shape().toArray(), 0, sizes.length - 1)) {
      throw new ShapeException(
          "[bilinear] bilinear(): input batch dimensions do not match, or the sizes of input and weight differ: %s, %s and %s"
              .formatted(input1.shape(), input2.shape(), weight.shape()));
    }
    Tensor a = input1.reshape(-1, input1.size(-1));
    Tensor b = input2.reshape(-1, input2.size(-1));
    Tensor y = Tensor.einsum("ni,oij,nj->no", a, weight, b);
    sizes[sizes.length - 1] = weight.size(0);
    Tensor out = y.reshape(sizes);
    return bias == null ? out : out.add(bias);
  }
}
