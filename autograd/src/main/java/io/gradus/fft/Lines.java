package io.gradus.fft;

import io.gradus.Internals;
import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.exec.Allocation;
import io.gradus.graph.Record;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Lowering;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Kernel.Fft.Form;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Transforms along one dimension with their gradients, which are transforms again: that of each
 * form is made of the one in the other direction.
 */
final class Lines {
  private Lines() {}

  /** Pairs to pairs. */
  static Tensor complex(Tensor x, int dim, boolean inverse, double scale) {
    return Record.rule(
        "FftC2CBackward0",
        run(x, dim, Form.COMPLEX, inverse, scale, x.shape()),
        x,
        (g, s, needs) -> new Tensor[] {complex(g, dim, !inverse, scale)});
  }

  /** Real numbers to the first half of the pairs. */
  static Tensor realToHalf(Tensor x, int dim, boolean inverse, double scale) {
    long n = x.size(dim);
    long[] sizes = Arrays.copyOf(x.shape().toArray(), x.dim() + 1);
    sizes[dim] = n / 2 + 1;
    sizes[x.dim()] = 2;
    return Record.rule(
        "FftR2CBackward0",
        run(x, dim, Form.REAL_TO_HALF, inverse, scale, Shape.of(sizes)),
        x,
        (g, s, needs) ->
            // The way back takes each pair that has a mirror image twice.
            new Tensor[] {halfToReal(mirrored(g, dim, n, 0.5), dim, n, !inverse, scale)});
  }

  /** The first half of the pairs to n real numbers. */
  static Tensor halfToReal(Tensor x, int dim, long n, boolean inverse, double scale) {
    long[] sizes = Arrays.copyOf(x.shape().toArray(), x.dim() - 1);
    sizes[dim] = n;
    return Record.rule(
        "FftC2RBackward0",
        run(x, dim, Form.HALF_TO_REAL, inverse, scale, Shape.of(sizes)),
        x,
        (g, s, needs) -> new Tensor[] {mirrored(realToHalf(g, dim, !inverse, scale), dim, n, 2)});
  }

  /** Pairs that have a mirror image beyond the half, times a number. */
  private static Tensor mirrored(Tensor half, int dim, long n, double factor) {
    double[] factors = new double[(int) (n / 2 + 1)];
    Arrays.fill(factors, factor);
    factors[0] = 1;
    if (n % 2 == 0) {
      factors[factors.length - 1] = 1;
    }
    long[] sizes = new long[half.dim()];
    Arrays.fill(sizes, 1);
    sizes[dim] = factors.length;
    return half.mul(Tensor.tensor(factors).to(half.dtype()).to(half.device()).view(sizes));
  }

  /** On the device of the input, or where that cannot transform, on the CPU. */
  private static Tensor run(
      Tensor x, int dim, Form form, boolean inverse, double scale, Shape result) {
    Device device = x.device();
    Operand out = Allocation.of(device, x.dtype(), result);
    Kernel.Fft kernel = new Kernel.Fft(Internals.operand(x), dim, form, inverse, scale, out);
    if (device.supports(kernel) || device == Device.cpu()) {
      Lowering.run(device, kernel);
      return Internals.fresh(out);
    }
    Tensor here = x.detach().to(Device.cpu());
    return run(here, dim, form, inverse, scale, result).to(device);
  }

  /** With {@code n} points along a dimension: cut, or followed by zeros. */
  static Tensor resized(Tensor x, int dim, long n) {
    long size = x.size(dim);
    if (size == n) {
      return x;
    }
    if (size > n) {
      return x.narrow(dim, 0, n);
    }
    long[] sizes = x.shape().toArray();
    sizes[dim] = n - size;
    Tensor zeros = Tensor.zeros(Options.dtype(x.dtype()).withDevice(x.device()), sizes);
    return Tensor.cat(List.of(x, zeros), dim);
  }
}
