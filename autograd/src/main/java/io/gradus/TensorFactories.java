package io.gradus;

import io.gradus.exec.Creation;
import io.gradus.exec.Executor;
import io.gradus.op.Bounds;
import io.gradus.tensor.backend.Backends;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;

/**
 * The static methods of {@link Tensor} that make new tensors from sizes and numbers.
 *
 * <p>Each has a form with {@link Options} first: dtype, device, and whether operations on the
 * result are recorded.
 */
public abstract sealed class TensorFactories extends RandomFactories permits Tensor {
  TensorFactories() {}

  /** The floating dtype of new tensors, and of whole numbers that need a fraction; f32 at start. */
  public static DType defaultDtype() {
    return Promotion.defaultDType();
  }

  /**
   * Sets {@link #defaultDtype()} for the whole program.
   *
   * @throws DTypeException for a dtype that is not floating
   */
  public static void setDefaultDtype(DType dtype) {
    if (!dtype.isFloating()) {
      throw new DTypeException(
          "[setDefaultDtype] only floating-point types are supported as the default type: "
              + dtype);
    }
    Promotion.setDefaultDType(dtype);
  }

  /**
   * Where factories and readers of files make tensors that are not said to be elsewhere: the CPU at
   * start, or what {@code -Dgradus.device} names.
   *
   * @throws io.gradus.tensor.error.BackendException if the device named there cannot be used; the
   *     message says why and what to do
   */
  public static Device defaultDevice() {
    return Backends.defaultDevice();
  }

  /**
   * Sets {@link #defaultDevice()} for the whole program; tensors that exist stay where they are.
   */
  public static void setDefaultDevice(Device device) {
    Backends.setDefaultDevice(device);
  }

  /** Undefined contents, of the default dtype. */
  public static Tensor empty(long... shape) {
    return empty(Options.DEFAULT, shape);
  }

  /** Undefined contents. */
  public static Tensor empty(Options options, long... shape) {
    return Creation.empty("empty", layout(shape), options, defaultDtype());
  }

  /** Zeros of the default dtype. */
  public static Tensor zeros(long... shape) {
    return zeros(Options.DEFAULT, shape);
  }

  /** Zeros. */
  public static Tensor zeros(Options options, long... shape) {
    return Creation.full("zeros", layout(shape), Scalar.of(0L), options, defaultDtype());
  }

  /** Ones of the default dtype. */
  public static Tensor ones(long... shape) {
    return ones(Options.DEFAULT, shape);
  }

  /** Ones. */
  public static Tensor ones(Options options, long... shape) {
    return Creation.full("ones", layout(shape), Scalar.of(1L), options, defaultDtype());
  }

  /** One number everywhere: i64 for a whole number, else the default dtype. */
  public static Tensor full(long[] shape, Number value) {
    return full(Options.DEFAULT, shape, value);
  }

  /** One number everywhere; without a dtype i64 for a whole number, else the default dtype. */
  public static Tensor full(Options options, long[] shape, Number value) {
    Scalar s = Scalar.of(value);
    return Creation.full("full", layout(shape), s, options, Promotion.ofNumber(s.category()));
  }

  /** One truth value everywhere. */
  public static Tensor full(long[] shape, boolean value) {
    return Creation.full("full", layout(shape), Scalar.of(value), Options.DEFAULT, DType.BOOL);
  }

  /** A 0-dim tensor: i64 for a whole number, else the default dtype. */
  public static Tensor scalar(Number value) {
    return full(new long[0], value);
  }

  /** The n x n matrix with 1 on the diagonal. */
  public static Tensor eye(long n) {
    return eye(Options.DEFAULT, n, n);
  }

  /** The n x m matrix with 1 on the diagonal. */
  public static Tensor eye(long n, long m) {
    return eye(Options.DEFAULT, n, m);
  }

  /** The n x m matrix with 1 on the diagonal. */
  public static Tensor eye(Options options, long n, long m) {
    return Creation.eye(n, m, options);
  }

  /** {@code 0, 1, …} before {@code end}: i64 for a whole number, else the default dtype. */
  public static Tensor arange(Number end) {
    return arange(Options.DEFAULT, 0, end, 1);
  }

  /** {@code start, start + 1, …} before {@code end}: i64 for whole numbers. */
  public static Tensor arange(Number start, Number end) {
    return arange(Options.DEFAULT, start, end, 1);
  }

  /** {@code start, start + step, …} before {@code end}: i64 for whole numbers. */
  public static Tensor arange(Number start, Number end, Number step) {
    return arange(Options.DEFAULT, start, end, step);
  }

  /** {@code 0, 1, …} before {@code end}. */
  public static Tensor arange(Options options, Number end) {
    return arange(options, 0, end, 1);
  }

  /** {@code start, start + step, …} before {@code end}; without a dtype i64 for whole numbers. */
  public static Tensor arange(Options options, Number start, Number end, Number step) {
    DType natural = DType.I64;
    for (Number n : new Number[] {start, end, step}) {
      natural = Scalar.of(n).category() == Category.INT ? natural : defaultDtype();
    }
    return Creation.arange(Scalar.of(start), Scalar.of(end), Scalar.of(step), natural, options);
  }

  /** {@code steps} numbers evenly from {@code start} to {@code end}, both included. */
  public static Tensor linspace(Number start, Number end, long steps) {
    return linspace(Options.DEFAULT, start, end, steps);
  }

  /** {@code steps} numbers evenly from {@code start} to {@code end}, both included. */
  public static Tensor linspace(Options options, Number start, Number end, long steps) {
    return Creation.linspace(
        "linspace", start.doubleValue(), end.doubleValue(), steps, null, options);
  }

  /** 10 to the powers {@link #linspace(Number, Number, long)}. */
  public static Tensor logspace(Number start, Number end, long steps) {
    return logspace(Options.DEFAULT, start, end, steps, 10);
  }

  /** {@code base} to the powers {@link #linspace(Number, Number, long)}. */
  public static Tensor logspace(
      Options options, Number start, Number end, long steps, Number base) {
    return Creation.linspace(
        "logspace", start.doubleValue(), end.doubleValue(), steps, base.doubleValue(), options);
  }

  /** Undefined contents in the shape, dtype and device of another tensor. */
  public static Tensor emptyLike(Tensor like) {
    return emptyLike(like, Options.DEFAULT);
  }

  /** Undefined contents in the shape of another tensor. */
  public static Tensor emptyLike(Tensor like, Options options) {
    return Creation.empty("emptyLike", like.layout(), inherit(like, options), like.dtype());
  }

  /** Zeros in the shape, dtype and device of another tensor. */
  public static Tensor zerosLike(Tensor like) {
    return zerosLike(like, Options.DEFAULT);
  }

  /** Zeros in the shape of another tensor. */
  public static Tensor zerosLike(Tensor like, Options options) {
    return fullLike(like, Scalar.of(0L), options);
  }

  /** Ones in the shape, dtype and device of another tensor. */
  public static Tensor onesLike(Tensor like) {
    return onesLike(like, Options.DEFAULT);
  }

  /** Ones in the shape of another tensor. */
  public static Tensor onesLike(Tensor like, Options options) {
    return fullLike(like, Scalar.of(1L), options);
  }

  /** One number in the shape, dtype and device of another tensor. */
  public static Tensor fullLike(Tensor like, Number value) {
    return fullLike(like, value, Options.DEFAULT);
  }

  /** One number in the shape of another tensor. */
  public static Tensor fullLike(Tensor like, Number value, Options options) {
    return fullLike(like, Scalar.of(value), options);
  }

  private static Tensor fullLike(Tensor like, Scalar value, Options options) {
    return Creation.full("fullLike", like.layout(), value, inherit(like, options), like.dtype());
  }

  /** {@code a} where the condition (bool) holds, else {@code b}; they broadcast. */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return a.where(condition, b);
  }

  /** {@code a} where the condition holds, else a number. */
  public static Tensor where(Tensor condition, Tensor a, Number b) {
    return a.where(condition, b);
  }

  /** A number where the condition holds, else {@code b}. */
  public static Tensor where(Tensor condition, Number a, Tensor b) {
    return Executor.map(Bounds.WHERE_THEN, new Tensor[] {b, condition}, Scalar.of(a));
  }

  /** One number where the condition holds, else another. */
  public static Tensor where(Tensor condition, Number a, Number b) {
    return Executor.map(Bounds.WHERE_NUMBERS, new Tensor[] {condition}, Scalar.of(a), Scalar.of(b));
  }

  /**
   * Undefined contents with given distances in memory between neighbours, of the default dtype.
   *
   * @throws InvalidArgumentException for negative sizes or strides, or not a stride a dimension
   */
  public static Tensor emptyStrided(long[] sizes, long[] strides) {
    return emptyStrided(Options.DEFAULT, sizes, strides);
  }

  /** {@link #emptyStrided(long[], long[])} with options. */
  public static Tensor emptyStrided(Options options, long[] sizes, long[] strides) {
    return Creation.emptyStrided(options, sizes, strides, defaultDtype());
  }

  private static Layout layout(long[] shape) {
    return Layout.of(Shape.of(shape));
  }
}
