package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;

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
    t.device().download(data.storage(), data.layout().offset(), segment(array));
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
    Tensor r = fromHost(segment(toHost(t)), t.dtype(), t.shape(), device);
    Device home = t.device();
    return Record.rule("ToCopyBackward0", r, t, (g, saved, needs) -> new Tensor[] {g.to(home)});
  }
}
