package io.gradus.nn.conv;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.Arrays;

/**
 * The sizes of a kernel.
 *
 * @param dims spatial dimensions
 * @param sizes one for each of them, or a single one for all
 * @param transposed whether it leads from outputs to inputs
 */
record Kernel(String name, int dims, long in, long out, long[] sizes, boolean transposed) {
  Kernel {
    if (sizes.length == 1) {
      long[] all = new long[dims];
      Arrays.fill(all, sizes[0]);
      sizes = all;
    }
    if (sizes.length != dims || Arrays.stream(sizes).anyMatch(s -> s < 1)) {
      throw new InvalidArgumentException(
          "[%s] expected kernel_size to be a positive number or %d of them, but got %s"
              .formatted(name, dims, Arrays.toString(sizes)));
    }
  }

  Parameter weight(long groups, Options tensors) {
    if (groups < 1 || in % groups != 0 || out % groups != 0) {
      throw new InvalidArgumentException(
          "[%s] in_channels and out_channels must be divisible by groups: %d, %d and %d"
              .formatted(name, in, out, groups));
    }
    long[] shape = new long[dims + 2];
    shape[0] = transposed ? in : out;
    shape[1] = (transposed ? out : in) / groups;
    System.arraycopy(sizes, 0, shape, 2, dims);
    return new Parameter(Tensor.empty(tensors, shape));
  }
}
