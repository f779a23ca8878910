package io.gradus;

import io.gradus.exec.Creation;
import io.gradus.exec.NestedData;
import io.gradus.exec.Transfers;
import io.gradus.tensor.backend.Backends;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.Buffer;

/** The static methods of {@link Tensor} that take numbers which are already in memory. */
public abstract sealed class DataFactories extends JoiningFactories permits RandomFactories {
  DataFactories() {}

  /** Where the next operation writes its result: {@code out(y).add(a, b)}. */
  public static Out out(Tensor target) {
    return new Out(target);
  }

  /** Where the next operation writes its two results: {@code out(v, i).sort(t, 0, false)}. */
  public static OutPair out(Tensor values, Tensor indices) {
    return new OutPair(values, indices);
  }

  /** A 1-dim {@code f32} tensor with a copy of the values. */
  public static Tensor tensor(float... values) {
    return copy(values, DType.F32, values.length);
  }

  /** A 1-dim {@code f64} tensor with a copy of the values. */
  public static Tensor tensor(double... values) {
    return copy(values, DType.F64, values.length);
  }

  /** A 1-dim {@code i64} tensor with a copy of the values. */
  public static Tensor tensor(long... values) {
    return copy(values, DType.I64, values.length);
  }

  /** A 1-dim {@code i32} tensor with a copy of the values. */
  public static Tensor tensor(int... values) {
    return copy(values, DType.I32, values.length);
  }

  /** A 1-dim bool tensor with a copy of the values. */
  public static Tensor tensor(boolean... values) {
    return tensor((Object) values, Options.DEFAULT);
  }

  /**
   * A tensor with a copy of numbers, see {@link #tensor(Object, Options)}; a single number gives 0
   * dimensions.
   */
  public static Tensor tensor(Object data) {
    return tensor(data, Options.DEFAULT);
  }

  /**
   * A tensor with a copy of a number, a (nested) array, or a (nested) list of numbers or of 0-dim
   * tensors.
   *
   * <p>Without a dtype in the options, primitive arrays keep theirs ({@code int[]} is {@code i32});
   * of boxed numbers whole ones become {@code i64} and others the default dtype.
   *
   * @throws io.gradus.tensor.error.ShapeException for ragged rows, naming the first one
   */
  public static Tensor tensor(Object data, Options options) {
    if (data instanceof Tensor t) {
      Options same = options.dtype() == null ? options.withDtype(t.dtype()) : options;
      DType dtype = Creation.dtype("tensor", same, t.dtype());
      Device device = same.device() == null ? t.device() : same.device();
      Tensor copy = t.detach().clone().to(dtype).to(device);
      return Creation.finish(copy, options);
    }
    NestedData nested = NestedData.of(data);
    DType dtype = Creation.dtype("tensor", options, nested.dtype());
    Tensor t =
        Transfers.fromHost(
            Transfers.segment(nested.values(dtype)),
            dtype,
            nested.shape(),
            Creation.device(options));
    return Creation.finish(t, options);
  }

  /**
   * A tensor that shares memory with a primitive array, in both directions; {@code short[]} is
   * {@code i16}, {@code byte[]} is {@code i8}.
   *
   * @param array of a primitive type other than boolean and char
   * @param shape the row-major shape; none for one dimension
   */
  public static Tensor wrap(Object array, long... shape) {
    return Transfers.wrap(array, Transfers.dtypeOf(array), shape);
  }

  /** As {@link #wrap(Object, long...)} for a dtype that the array's type does not say (u8, f16). */
  public static Tensor wrap(Object array, DType dtype, long... shape) {
    return Transfers.wrap(array, dtype, shape);
  }

  /**
   * A tensor that shares a heap segment with the caller.
   *
   * @throws io.gradus.tensor.error.DeviceException for memory outside of the heap, see {@link
   *     #asTensor}
   */
  public static Tensor wrap(MemorySegment segment, DType dtype, long... shape) {
    return Transfers.wrap(segment, dtype, shape);
  }

  /** A tensor that shares what remains of a heap buffer, 1-dim. */
  public static Tensor wrap(Buffer buffer) {
    return Transfers.wrap(buffer);
  }

  /**
   * A tensor of the data: the tensor itself, shared memory for primitive arrays and heap buffers
   * unless the default device is another one than the CPU, a copy for everything else.
   */
  public static Tensor asTensor(Object data) {
    return switch (data) {
      case Tensor t -> t;
      case Buffer b when Transfers.isShareable(b) -> atHome(Transfers.wrap(b));
      case Buffer b -> Transfers.copyOf(b);
      case float[] a -> atHome(wrap(a));
      case double[] a -> atHome(wrap(a));
      case long[] a -> atHome(wrap(a));
      case int[] a -> atHome(wrap(a));
      case short[] a -> atHome(wrap(a));
      case byte[] a -> atHome(wrap(a));
      default -> tensor(data);
    };
  }

  private static Tensor atHome(Tensor shared) {
    return shared.to(Backends.defaultDevice());
  }

  /** As {@link #asTensor(Object)}, converted where the options differ from what is there. */
  public static Tensor asTensor(Object data, Options options) {
    Tensor t = data instanceof Tensor x ? x : asTensor(data);
    DType dtype = Creation.dtype("asTensor", options, t.dtype());
    Device device = options.device() == null ? t.device() : options.device();
    return Creation.finish(t.to(dtype).to(device), options);
  }

  /** A segment of memory as a tensor: shared where it is on the heap, else copied. */
  public static Tensor asTensor(MemorySegment segment, DType dtype, long... shape) {
    return segment.heapBase().isPresent()
        ? atHome(Transfers.wrap(segment, dtype, shape))
        : Transfers.copyOf(segment, dtype, shape);
  }

  private static Tensor copy(Object array, DType dtype, int n) {
    return Transfers.fromHost(
        Transfers.segment(array), dtype, Shape.of(n), Backends.defaultDevice());
  }
}
