package io.gradus.fft;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.exec.Counts;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.List;

/** Which frequency lies where in a transform. */
public final class Frequencies {
  private Frequencies() {}

  /** See {@link io.gradus.Fft#fftshift}. */
  public static Tensor shift(String name, Tensor x, int[] dims, boolean forward) {
    int[] along = dims;
    if (dims.length == 0) {
      along = new int[x.dim()];
      Arrays.setAll(along, i -> i);
    }
    if (along.length == 0) {
      throw new InvalidArgumentException(
          "[%s] `shifts` required: a tensor without dimensions has none".formatted(name));
    }
    long[] shifts = new long[along.length];
    for (int i = 0; i < along.length; i++) {
      long n = x.size(Shape.wrapDim(along[i], x.dim()));
      shifts[i] = forward ? n / 2 : (n + 1) / 2;
    }
    return x.roll(shifts, along);
  }

  /** See {@link io.gradus.Fft#fftfreq}. */
  public static Tensor all(long n, double d, Options options) {
    Options o = checked("fftfreq", n, options);
    Tensor up = Tensor.arange(o, 0, (n + 1) / 2, 1);
    Tensor down = Tensor.arange(o, -(n / 2), 0, 1);
    return scaled(Tensor.cat(List.of(up, down)), n, d, options);
  }

  /** See {@link io.gradus.Fft#rfftfreq}. */
  public static Tensor half(long n, double d, Options options) {
    return scaled(Tensor.arange(checked("rfftfreq", n, options), 0, n / 2 + 1, 1), n, d, options);
  }

  private static Options checked(String name, long n, Options options) {
    DType dtype = options.dtype() == null ? Tensor.defaultDtype() : options.dtype();
    if (!dtype.isFloating()) {
      throw new DTypeException(
          "[%s] %s requires a floating point or complex dtype, but got %s"
              .formatted(name, name, dtype));
    }
    if (n < 0) {
      throw new ShapeException(
          "[%s] Trying to create tensor with negative dimension %d: [%d]".formatted(name, n, n));
    }
    Counts.of(name, n);
    return options.withDtype(dtype).requiresGrad(false);
  }

  private static Tensor scaled(Tensor turns, long n, double d, Options options) {
    turns.mul_(1.0 / (n * d));
    return options.requiresGrad() ? turns.requiresGrad_() : turns;
  }
}
