package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;

/** The bits of elements, read as elements of another dtype. */
public final class Bits {
  private Bits() {}

  /** See {@link Tensor#bitcast}. */
  public static Tensor cast(Tensor t, DType dtype) {
    if (dtype == DType.BOOL && t.dtype() != DType.BOOL) {
      throw new DTypeException(
          "[bitcast] the bits of %s are no truth values; compare instead, or cast to u8"
              .formatted(t.dtype()));
    }
    long[] sizes = t.shape().toArray();
    int from = t.dtype().byteSize();
    int to = dtype.byteSize();
    if (from != to) {
      if (sizes.length == 0) {
        throw new ShapeException(
            "[bitcast] self.dim() cannot be 0 to view %s as %s (different element sizes)"
                .formatted(t.dtype(), dtype));
      }
      long bytes = sizes[sizes.length - 1] * from;
      if (bytes % to != 0) {
        throw new ShapeException(
            "[bitcast] self.size(-1) must be divisible by %d to view %s as %s (different element sizes), but got %d"
                .formatted(to / from, t.dtype(), dtype, sizes[sizes.length - 1]));
      }
      sizes[sizes.length - 1] = bytes / to;
    }
    Shape shape = Shape.of(sizes);
    MemorySegment bits = Transfers.segment(Transfers.toHost(t.detach()));
    Object array = Transfers.newArray(dtype, Math.toIntExact(shape.numel()));
    MemorySegment copy = Transfers.segment(array);
    copy.copyFrom(bits);
    return Transfers.fromHost(copy, dtype, shape, t.device());
  }
}
