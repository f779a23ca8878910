package io.gradus.nn;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.exec.Allocation;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Maxima of windows as a kernel of the device. */
final class MaxPooling {
  private MaxPooling() {}

  /**
   * The maxima and their positions; null where the device cannot find them.
   *
   * @param x [batch, channels, …]
   * @param windows one for each of the other dimensions, none of them outside of the input
   * @param out sizes of the result
   */
  static @Nullable ValuesIndices run(Tensor x, Pooling.Geometry[] windows, long[] out) {
    Shape shape = Shape.of(Spatial.shape(x.size(0), x.size(1), out));
    Operand values = Allocation.of(x.device(), x.dtype(), shape);
    Operand indices = Allocation.of(x.device(), DType.I64, shape);
    Kernel kernel =
        new Kernel.MaxPool(
            Internals.operand(x),
            values,
            indices,
            each(windows, Pooling.Geometry::kernel),
            each(windows, Pooling.Geometry::stride),
            each(windows, Pooling.Geometry::padding),
            each(windows, Pooling.Geometry::dilation));
    if (!x.device().supports(kernel)) {
      return null;
    }
    x.device().run(kernel);
    Tensor at = Internals.fresh(indices);
    long[] sizes = x.shape().toArray();
    Tensor largest =
        Record.rule(
            "MaxPool%dDWithIndicesBackward0".formatted(windows.length),
            Internals.fresh(values),
            new Tensor[] {x},
            new Tensor[] {at},
            (g, s, needs) -> new Tensor[] {spread(g, s[0], sizes)});
    return new ValuesIndices(largest, at);
  }

  private static int[] each(Pooling.Geometry[] windows, ToLongFunction<Pooling.Geometry> number) {
    return Arrays.stream(windows).mapToLong(number).mapToInt(Math::toIntExact).toArray();
  }

  /** Adds a gradient up where the maxima were. */
  private static Tensor spread(Tensor g, Tensor at, long[] sizes) {
    long area = Spatial.product(Arrays.copyOfRange(sizes, 2, sizes.length));
    Tensor flat = g.reshape(sizes[0], sizes[1], -1);
    return Spatial.zeros(g, sizes[0], sizes[1], area)
        .scatterAdd_(2, at.reshape(sizes[0], sizes[1], -1), flat)
        .reshape(sizes);
  }
}
