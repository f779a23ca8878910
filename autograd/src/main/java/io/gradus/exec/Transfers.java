package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.fusion.Fusion;
import io.gradus.graph.Record;
import io.gradus.tensor.backend.Backends;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

/** Elements between host arrays and devices. */
public final class Transfers {
  private Transfers() {}

  /** A new tensor with a copy of host memory, row-major; raw bits for f16 and bf16. */
  public static Tensor fromHost(MemorySegment memory, DType dtype, Shape shape, Device device) {
    Storage storage = device.allocate(dtype, shape.numel());
    device.upload(memory, storage, 0);
    return Internals.fresh(new Operand(storage, dtype, Layout.of(shape)));
  }

  /** The elements in row-major order as a new primitive array of the dtype's storage type. */
  public static Object toHost(Tensor t) {
    Operand data = Internals.operand(t.isContiguous() ? t : Executor.copyContiguous(t));
    long n = t.numel();
    if (n > Integer.MAX_VALUE - 8) {
      throw new DeviceException(
          "[toHost] a Java array holds at most 2^31-9 elements, the tensor has " + n);
    }
    Object array = newArray(t.dtype(), (int) n);
    if (n == 0) {
      // The offset of an empty view may lie behind the end of its storage.
      return array;
    }
    Device device = t.device();
    long offset = data.layout().offset();
    if (!device.downloadInto(data.storage(), offset, array)) {
      device.download(data.storage(), offset, segment(array));
    }
    return array;
  }

  /** A primitive array that holds the raw elements of a dtype. */
  public static Object newArray(DType dtype, int n) {
    return switch (dtype) {
      case F32 -> new float[n];
      case F64 -> new double[n];
      case F16, BF16, I16 -> new short[n];
      case U8, I8, BOOL -> new byte[n];
      case I32 -> new int[n];
      case I64 -> new long[n];
    };
  }

  /** The dtype that an array's type says: {@code short[]} is i16, {@code byte[]} is i8. */
  public static DType dtypeOf(Object array) {
    return switch (array) {
      case float[] _ -> DType.F32;
      case double[] _ -> DType.F64;
      case long[] _ -> DType.I64;
      case int[] _ -> DType.I32;
      case short[] _ -> DType.I16;
      case byte[] _ -> DType.I8;
      case boolean[] _ -> DType.BOOL;
      default ->
          throw new InvalidArgumentException(
              "[tensor] there is no dtype for " + array.getClass().getSimpleName());
    };
  }

  /** Shares a primitive array. */
  public static Tensor wrap(Object array, DType dtype, long[] shape) {
    Class<?> element = array.getClass().getComponentType();
    if (element == null
        || !element.isPrimitive()
        || element == boolean.class
        || element == char.class) {
      throw new InvalidArgumentException(
          "[wrap] memory of %s cannot be shared; copy it with tensor(...)"
              .formatted(array.getClass().getSimpleName()));
    }
    return wrap(segment(array), dtype, shape);
  }

  /** Shares a heap segment. */
  public static Tensor wrap(MemorySegment segment, DType dtype, long[] shape) {
    Object array = segment.heapBase().orElse(null);
    if (array == null) {
      throw new DeviceException(
          "[wrap] memory outside of the heap cannot be shared with heap tensors: "
              + segment
              + "; asTensor copies where it must");
    }
    if (segment.isReadOnly()) {
      throw new InvalidArgumentException("[wrap] read-only memory cannot be shared; copy it");
    }
    if (!newArray(dtype, 0).getClass().equals(array.getClass())) {
      throw new DTypeException(
          "[wrap] elements of dtype %s are kept in a %s, the memory is a %s; copy with tensor(...)"
              .formatted(
                  dtype,
                  newArray(dtype, 0).getClass().getSimpleName(),
                  array.getClass().getSimpleName()));
    }
    long n = segment.byteSize() / dtype.byteSize();
    Shape to = shape.length == 0 ? Shape.of(n) : Shape.of(shape);
    if (to.numel() != n) {
      throw new ShapeException(
          "[wrap] shape %s is invalid for memory of %d elements".formatted(to, n));
    }
    Storage storage = Device.cpu().wrap(dtype, segment(array));
    Fusion.handOut(storage);
    Layout layout = Layout.of(to, Layout.rowMajor(to), segment.address() / dtype.byteSize());
    return Internals.shared(Internals.fresh(new Operand(storage, dtype, layout)));
  }

  /** Whether a buffer lies over an accessible array. */
  public static boolean isShareable(Buffer buffer) {
    return buffer.hasArray();
  }

  /** Shares what remains of a heap buffer. */
  public static Tensor wrap(Buffer buffer) {
    if (!buffer.hasArray()) {
      throw new DeviceException(
          "[wrap] memory of a direct or read-only buffer cannot be shared with heap tensors: "
              + buffer
              + "; asTensor copies where it must");
    }
    return wrap(MemorySegment.ofBuffer(buffer), dtypeOf(buffer.array()), new long[0]);
  }

  /** Copies what remains of a buffer. */
  public static Tensor copyOf(Buffer buffer) {
    DType dtype =
        switch (buffer) {
          case FloatBuffer _ -> DType.F32;
          case DoubleBuffer _ -> DType.F64;
          case LongBuffer _ -> DType.I64;
          case IntBuffer _ -> DType.I32;
          case ShortBuffer _ -> DType.I16;
          case ByteBuffer _ -> DType.I8;
          default ->
              throw new InvalidArgumentException("[asTensor] there is no dtype for " + buffer);
        };
    return copyOf(MemorySegment.ofBuffer(buffer), dtype, new long[0]);
  }

  /** Copies memory. */
  public static Tensor copyOf(MemorySegment segment, DType dtype, long[] shape) {
    long n = segment.byteSize() / dtype.byteSize();
    Shape to = shape.length == 0 ? Shape.of(n) : Shape.of(shape);
    if (to.numel() != n) {
      throw new ShapeException(
          "[asTensor] shape %s is invalid for memory of %d elements".formatted(to, n));
    }
    return fromHost(segment, dtype, to, Backends.defaultDevice());
  }

  /** The memory of a contiguous tensor on the CPU, shared. */
  public static MemorySegment memory(Tensor t) {
    if (!t.isContiguous()) {
      throw new ShapeException(
          "[memory] only a contiguous tensor shows its memory as it is: shape %s, strides %s; call contiguous() first"
              .formatted(t.shape(), Arrays.toString(t.stride())));
    }
    Operand data = Internals.operand(t);
    Fusion.handOut(data.storage());
    MemorySegment all = t.device().memory(data.storage());
    Internals.shared(t);
    long size = t.dtype().byteSize();
    return all.asSlice(data.layout().offset() * size, t.numel() * size);
  }

  /** A heap segment over a primitive array. */
  public static MemorySegment segment(Object array) {
    return switch (array) {
      case float[] a -> MemorySegment.ofArray(a);
      case double[] a -> MemorySegment.ofArray(a);
      case short[] a -> MemorySegment.ofArray(a);
      case byte[] a -> MemorySegment.ofArray(a);
      case int[] a -> MemorySegment.ofArray(a);
      case long[] a -> MemorySegment.ofArray(a);
      default -> throw new IllegalArgumentException("not a primitive array: " + array.getClass());
    };
  }

  /** The tensor on another device; itself if it is there. */
  public static Tensor to(Tensor t, Device device) {
    if (t.device() == device) {
      return t;
    }
    Tensor r = copied(t, device);
    Device home = t.device();
    return Record.rule("ToCopyBackward0", r, t, (g, saved, needs) -> new Tensor[] {g.to(home)});
  }

  private static Tensor copied(Tensor t, Device device) {
    if (device.type().equals(t.device().type())) {
      Operand data = Internals.operand(t.isContiguous() ? t : Executor.copyContiguous(t));
      Storage storage = device.allocate(t.dtype(), t.numel());
      if (device.copy(data.storage(), data.layout().offset(), storage)) {
        return Internals.fresh(new Operand(storage, t.dtype(), Layout.of(t.shape())));
      }
      storage.release();
    }
    return fromHost(segment(toHost(t)), t.dtype(), t.shape(), device);
  }
}
