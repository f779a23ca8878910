package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.backend.Backends;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tensors that are made of nothing but numbers and positions. */
public final class Creation {
  private static final Operand[] NOTHING = {};

  private Creation() {}

  /**
   * The dtype to create: that of the options, else a default; refuses gradients of whole numbers.
   */
  public static DType dtype(String name, Options options, DType otherwise) {
    DType dtype = options.dtype() == null ? otherwise : options.dtype();
    if (options.requiresGrad() && !dtype.isFloating()) {
      throw new DTypeException(
          "[%s] Only Tensors of floating point dtype can require gradients: dtype %s; ask for a floating dtype, or convert first"
              .formatted(name, dtype));
    }
    return dtype;
  }

  /** The device to create on. */
  public static Device device(Options options) {
    Device device = options.device();
    return device == null ? Backends.defaultDevice() : device;
  }

  /** Memory with undefined contents, in the order of dimensions of a layout. */
  public static Tensor empty(String name, Layout like, Options options, DType otherwise) {
    DType dtype = dtype(name, options, otherwise);
    Device device = device(options);
    Layout layout = Allocation.denseAs(like);
    return finish(
        Internals.fresh(new Operand(device.allocate(dtype, layout.numel()), dtype, layout)),
        options);
  }

  /** See {@link Tensor#emptyStrided(long[], long[])}. */
  public static Tensor emptyStrided(
      Options options, long[] sizes, long[] strides, DType otherwise) {
    if (sizes.length != strides.length) {
      throw new InvalidArgumentException(
          "[empty_strided] dimensionality of sizes (%d) must match dimensionality of strides (%d)"
              .formatted(sizes.length, strides.length));
    }
    for (int d = 0; d < sizes.length; d++) {
      if (sizes[d] < 0 || strides[d] < 0) {
        throw new InvalidArgumentException(
            "[empty_strided] negative sizes and strides are not supported: size %d, stride %d at dimension %d"
                .formatted(sizes[d], strides[d], d));
      }
    }
    DType dtype = dtype("empty_strided", options, otherwise);
    Layout layout = Layout.of(Shape.of(sizes), strides, 0);
    Device device = device(options);
    long n = layout.numel() == 0 ? 0 : extent(sizes, strides);
    return finish(Internals.fresh(new Operand(device.allocate(dtype, n), dtype, layout)), options);
  }

  /** One behind the last element. */
  private static long extent(long[] sizes, long[] strides) {
    long extent = 1;
    for (int d = 0; d < sizes.length; d++) {
      long steps = sizes[d] - 1;
      if (steps > 0 && strides[d] > (Long.MAX_VALUE - extent) / steps) {
        throw new ShapeException(
            "[empty_strided] sizes %s and strides %s reach beyond 2^63 elements; use smaller ones"
                .formatted(Arrays.toString(sizes), Arrays.toString(strides)));
      }
      extent += steps * strides[d];
    }
    return extent;
  }

  /** One number everywhere. */
  public static Tensor full(
      String name, Layout like, Scalar value, Options options, DType otherwise) {
    DType dtype = dtype(name, options, otherwise);
    Conditions.checkRange(name, value, dtype);
    Tensor t = empty(name, like, options, otherwise);
    Executor.fill(Internals.operand(t), value);
    return t;
  }

  /** Records what is done with a fresh tensor if the options say so. */
  public static Tensor finish(Tensor t, Options options) {
    return options.requiresGrad() ? t.requiresGrad_() : t;
  }

  /** What a program without inputs gives, converted to the dtype of the result. */
  static Tensor generate(Shape shape, DType dtype, Expr value, long[] params, Options options) {
    Operand out = Allocation.of(device(options), dtype, shape);
    Program program = Program.of(List.of(), Expr.cast(dtype, value));
    out.storage()
        .device()
        .run(new Kernel.Elementwise(program, NOTHING, new Operand[] {out}, params));
    return finish(Internals.fresh(out), options);
  }

  /** {@code start, start + step, …} before {@code end}. */
  public static Tensor arange(Scalar start, Scalar end, Scalar step, DType natural, Options o) {
    DType dtype = dtype("arange", o, natural);
    double from = start.toDouble();
    double to = end.toDouble();
    double by = step.toDouble();
    if (by == 0 || Double.isNaN(by)) {
      throw new InvalidArgumentException("[arange] step must be nonzero: " + step);
    }
    if (!Double.isFinite(from) || !Double.isFinite(to)) {
      throw new InvalidArgumentException(
          "[arange] unsupported range: %s -> %s; both must be finite".formatted(start, end));
    }
    if (by > 0 ? to < from : to > from) {
      throw new InvalidArgumentException(
          "[arange] upper bound and lower bound inconsistent with step sign: %s -> %s by %s"
              .formatted(start, end, step));
    }
    boolean whole = natural == DType.I64 || !dtype.isFloating();
    if (whole) {
      long first = start.toLong();
      long stride = step.toLong();
      if (stride == 0) {
        throw new InvalidArgumentException(
            "[arange] step must be nonzero: %s as a whole number is 0".formatted(step));
      }
      double size =
          natural == DType.I64 || dtype == DType.I64
              ? Math.ceilDiv(end.toLong() - first, stride)
              : Math.ceil((to - from) / by);
      Expr value = affine(Expr.index(0), DType.I64);
      return generate(shape(size), dtype, value, new long[] {first, stride}, o);
    }
    Expr value = affine(Expr.cast(DType.F64, Expr.index(0)), DType.F64);
    long[] params = {Params.of(from), Params.of(by)};
    return generate(shape(Math.ceil((to - from) / by)), dtype, value, params, o);
  }

  private static Shape shape(double size) {
    if (size > Long.MAX_VALUE) {
      throw new InvalidArgumentException(
          "[arange] invalid size, possible overflow: %s elements".formatted(size));
    }
    return Shape.of((long) size);
  }

  private static Expr affine(Expr index, DType type) {
    return Expr.of(
        ScalarOp.ADD,
        Expr.param(0, type.compute()),
        Expr.of(ScalarOp.MUL, index, Expr.param(1, type.compute())));
  }

  /**
   * {@code steps} numbers {@code from} one {@code to} another, both included; from the nearer end,
   * so that both are exact.
   *
   * @param base null for the numbers themselves, else they are exponents of it
   */
  public static Tensor linspace(
      String name, double from, double to, long steps, @Nullable Double base, Options o) {
    DType dtype = dtype(name, o, Promotion.defaultDType());
    // As PyTorch: the ends become whole first, what lies between them last.
    double start = dtype.isFloating() ? from : (long) from;
    double end = dtype.isFloating() ? to : (long) to;
    if (steps < 0) {
      throw new InvalidArgumentException(
          "[%s] number of steps must be non-negative: %d".formatted(name, steps));
    }
    ComputeType f64 = ComputeType.F64;
    Expr index = Expr.index(0);
    Expr half = Expr.param(3, ComputeType.I64);
    Expr last = Expr.param(4, ComputeType.I64);
    Expr step = Expr.param(2, f64);
    Expr up =
        Expr.of(
            ScalarOp.ADD,
            Expr.param(0, f64),
            Expr.of(ScalarOp.MUL, step, Expr.cast(DType.F64, index)));
    Expr down =
        Expr.of(
            ScalarOp.SUB,
            Expr.param(1, f64),
            Expr.of(ScalarOp.MUL, step, Expr.cast(DType.F64, Expr.of(ScalarOp.SUB, last, index))));
    Expr value = Expr.where(Expr.of(ScalarOp.LT, index, half), up, down);
    if (base != null) {
      value = Expr.of(ScalarOp.POW, Expr.param(5, f64), value);
    }
    // One step is the start: all of it lies in the first half.
    long[] params = {
      Params.of(start),
      Params.of(end),
      Params.of(steps > 1 ? (end - start) / (steps - 1) : 0),
      steps == 1 ? 1 : steps / 2,
      steps - 1,
      Params.of(base == null ? 0 : base)
    };
    return generate(Shape.of(steps), dtype, value, params, o);
  }

  /** 1 on the diagonal. */
  public static Tensor eye(long n, long m, Options o) {
    DType dtype = dtype("eye", o, Promotion.defaultDType());
    if (n < 0 || m < 0) {
      throw new InvalidArgumentException(
          "[eye] n must be greater or equal to 0, got %d and m = %d".formatted(n, m));
    }
    Expr value = Expr.of(ScalarOp.EQ, Expr.index(0), Expr.index(1));
    return generate(Shape.of(n, m), dtype, value, Params.NONE, o);
  }
}
