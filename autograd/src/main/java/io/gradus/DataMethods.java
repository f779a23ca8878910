package io.gradus;

import io.gradus.exec.Bits;
import io.gradus.exec.Executor;
import io.gradus.exec.Transfers;
import io.gradus.op.Arithmetic;
import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Copies, conversions, and the way back to Java numbers and arrays. */
public sealed interface DataMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The elements in another dtype; this tensor if it has it already. */
  default Tensor to(DType dtype) {
    Tensor t = self();
    if (t.dtype() == dtype) {
      return t;
    }
    return Executor.convert(Arithmetic.CONVERT, t, dtype);
  }

  /** A row-major copy that carries gradient. */
  default Tensor cloneContiguous() {
    return Executor.contiguous(Arithmetic.CLONE, self());
  }

  /**
   * The only element as a Java number: {@code Float}, {@code Double}, {@code Long} or, for bool, 0
   * or 1.
   *
   * @throws ShapeException for more or fewer elements
   */
  default Number item() {
    Tensor t = self();
    if (t.numel() != 1) {
      throw new ShapeException(
          "[item] a Tensor with %d elements cannot be converted to Scalar: shape %s"
              .formatted(t.numel(), t.shape()));
    }
    return switch (Transfers.toHost(t)) {
      case float[] a -> a[0];
      case double[] a -> a[0];
      case long[] a -> a[0];
      case int[] a -> (long) a[0];
      case byte[] a -> t.dtype() == DType.U8 ? (long) (a[0] & 0xff) : (long) a[0];
      case short[] a ->
          t.dtype() == DType.F16
              ? (Number) Float.float16ToFloat(a[0])
              : t.dtype() == DType.BF16 ? (Number) BFloat16.toFloat(a[0]) : (Number) (long) a[0];
      default -> throw new IllegalStateException("no number for " + t.dtype());
    };
  }

  /** A copy of the elements in row-major order, converted to {@code float}. */
  default float[] floatArray() {
    return (float[]) Transfers.toHost(self().detach().to(DType.F32));
  }

  /** A copy of the elements in row-major order, converted to {@code double}. */
  default double[] doubleArray() {
    return (double[]) Transfers.toHost(self().detach().to(DType.F64));
  }

  /** A copy of the elements in row-major order, converted to {@code long}. */
  default long[] longArray() {
    return (long[]) Transfers.toHost(self().detach().to(DType.I64));
  }

  /** A copy of the elements in row-major order, converted to {@code int}. */
  default int[] intArray() {
    return (int[]) Transfers.toHost(self().detach().to(DType.I32));
  }

  /** A copy of the elements in row-major order; true where one is not 0. */
  default boolean[] booleanArray() {
    byte[] bytes = (byte[]) Transfers.toHost(self().detach().to(DType.BOOL));
    boolean[] values = new boolean[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] != 0;
    }
    return values;
  }

  /**
   * The memory of the elements itself, shared in both directions: row-major, in the byte order of
   * the machine. Writes to it are not noticed by autograd.
   *
   * @throws ShapeException for a tensor that is not contiguous
   * @throws io.gradus.tensor.error.DeviceException where the device's memory is not the host's
   */
  default MemorySegment memory() {
    return Transfers.memory(self());
  }

  /** The elements as nested lists of numbers (or, for bool, truth values); one for 0 dimensions. */
  default Object toList() {
    Tensor t = self().detach();
    if (t.dim() == 0) {
      return t.dtype() == DType.BOOL ? (Object) (t.item().longValue() != 0) : t.item();
    }
    List<Object> rows = new ArrayList<>();
    for (long i = 0; i < t.size(0); i++) {
      rows.add(t.select(0, i).toList());
    }
    return rows;
  }

  /** Zeros of the given shape in the dtype and on the device of this tensor. */
  default Tensor newZeros(long... shape) {
    return Tensor.zeros(Tensor.inherit(self(), Options.DEFAULT), shape);
  }

  /** Ones of the given shape in the dtype and on the device of this tensor. */
  default Tensor newOnes(long... shape) {
    return Tensor.ones(Tensor.inherit(self(), Options.DEFAULT), shape);
  }

  /** Undefined contents of the given shape in the dtype and on the device of this tensor. */
  default Tensor newEmpty(long... shape) {
    return Tensor.empty(Tensor.inherit(self(), Options.DEFAULT), shape);
  }

  /** One number in the given shape, in the dtype and on the device of this tensor. */
  default Tensor newFull(long[] shape, Number value) {
    return Tensor.full(Tensor.inherit(self(), Options.DEFAULT), shape, value);
  }

  /** A copy of data (see {@link Tensor#tensor(Object)}) in the dtype and on the device of this. */
  default Tensor newTensor(Object data) {
    return Tensor.tensor(data, Tensor.inherit(self(), Options.DEFAULT));
  }

  /** The elements as f32; this tensor if it has it already. */
  default Tensor toFloat() {
    return to(DType.F32);
  }

  /** The elements as f64; this tensor if it has it already. */
  default Tensor toDouble() {
    return to(DType.F64);
  }

  /** The elements as f16; this tensor if it has it already. */
  default Tensor toHalf() {
    return to(DType.F16);
  }

  /** The elements as bf16; this tensor if it has it already. */
  default Tensor toBfloat16() {
    return to(DType.BF16);
  }

  /** The elements as u8; this tensor if it has it already. */
  default Tensor toByte() {
    return to(DType.U8);
  }

  /** The elements as i8; this tensor if it has it already. */
  default Tensor toChar() {
    return to(DType.I8);
  }

  /** The elements as i16; this tensor if it has it already. */
  default Tensor toShort() {
    return to(DType.I16);
  }

  /** The elements as i32; this tensor if it has it already. */
  default Tensor toInt() {
    return to(DType.I32);
  }

  /** The elements as i64; this tensor if it has it already. */
  default Tensor toLong() {
    return to(DType.I64);
  }

  /** The elements as bool; this tensor if it has it already. */
  default Tensor toBool() {
    return to(DType.BOOL);
  }

  /** The elements in the dtype and on the device of another tensor. */
  default Tensor typeAs(Tensor other) {
    return to(other.dtype()).to(other.device());
  }

  /**
   * The bits of the elements as elements of another dtype, copied; of dtypes of different sizes the
   * last dimension grows or shrinks.
   *
   * <p>PyTorch's {@code view(dtype)} shares memory; arrays of the JVM have one type each, so that
   * this one cannot, and has a name of its own.
   *
   * @throws DTypeException to bool
   * @throws ShapeException if the bytes of the last dimension do not fill whole elements
   */
  default Tensor bitcast(DType dtype) {
    return Bits.cast(self(), dtype);
  }
}
