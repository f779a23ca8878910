package io.gradus.backend.cpu;

import io.gradus.backend.cpu.elementwise.TileProgram;
import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.watch.Watch;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.lang.reflect.Array;

/**
 * The CPU: kernels run at once, in the calling thread and the {@link Workers}, on heap arrays.
 *
 * <p>Arrays are recycled when their storage becomes unreachable, and compiled code may see a
 * storage as unreachable while its array is still in use. Hence the one rule here: whatever touches
 * an array is called from a method of this class that fences the storages.
 */
public final class CpuDevice implements Device {
  /** What HotSpot allows of any type, however large the heap is. */
  private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 2;

  private final ArrayPool pool = ArrayPool.SHARED;

  CpuDevice() {}

  @Override
  public String type() {
    return "cpu";
  }

  @Override
  public int index() {
    return 0;
  }

  @Override
  public String description() {
    return "%s, %d threads, %s loops"
        .formatted(
            System.getProperty("os.arch"),
            Workers.threads(),
            Lanes.isVector() ? "vector" : "scalar");
  }

  @Override
  public int slot() {
    return TileProgram.SLOT;
  }

  @Override
  public Storage allocate(DType dtype, long elements) {
    if (elements > MAX_ELEMENTS) {
      throw new DeviceException(
          "[allocate] a tensor on the CPU holds at most 2^31-3 = %d elements: got %d of %s; split it"
              .formatted(MAX_ELEMENTS, elements, dtype));
    }
    ArrayKind kind = ArrayKind.of(dtype);
    int length = (int) elements;
    try {
      return elements * kind.bytes < ArrayPool.MIN_BYTES
          ? new CpuStorage(this, dtype, elements, small(kind, length)).recyclable()
          : pool.allocate(kind, length, a -> new CpuStorage(this, dtype, elements, a));
    } catch (OutOfMemoryError e) {
      long[] pooled = pool.bytes();
      throw new DeviceException(
          "[allocate] CPU out of memory: %d elements of %s are %d bytes; tensors hold %d bytes, recycled arrays %d, the heap is limited to %d; raise it with -Xmx, or drop tensors"
              .formatted(
                  elements,
                  dtype,
                  elements * kind.bytes,
                  pooled[0],
                  pooled[1],
                  Runtime.getRuntime().maxMemory()),
          e);
    }
  }

  private static Object small(ArrayKind kind, int length) {
    Object recent = RecentArrays.take(kind, length);
    return recent == null ? kind.allocate(length) : recent;
  }

  @Override
  public Storage wrap(DType dtype, MemorySegment memory) {
    ArrayKind kind = ArrayKind.of(dtype);
    Object array = memory.heapBase().orElse(null);
    if (array == null || !kind.holds(array) || kind.byteLength(array) != memory.byteSize()) {
      throw new DeviceException(
          "[wrap] a %s tensor on the CPU can share a whole writable %s[] only: got %s; copy instead"
              .formatted(dtype, kind.name().toLowerCase(java.util.Locale.ROOT), memory));
    }
    return new CpuStorage(this, dtype, memory.byteSize() / kind.bytes, array);
  }

  @Override
  public MemorySegment memory(Storage storage) {
    return ((CpuStorage) storage).expose();
  }

  @Override
  public void upload(MemorySegment from, Storage to, long offset) {
    try {
      MemorySegment target = ((CpuStorage) to).segment();
      MemorySegment.copy(from, 0, target, offset * to.dtype().byteSize(), from.byteSize());
    } finally {
      Reference.reachabilityFence(to);
    }
  }

  @Override
  public void download(Storage from, long offset, MemorySegment to) {
    try {
      MemorySegment source = ((CpuStorage) from).segment();
      MemorySegment.copy(source, offset * from.dtype().byteSize(), to, 0, to.byteSize());
    } finally {
      Reference.reachabilityFence(from);
    }
  }

  @Override
  @SuppressWarnings("SuspiciousSystemArraycopy") // the caller's array is of the storage's type
  public boolean downloadInto(Storage from, long offset, Object array) {
    try {
      Object source = ((CpuStorage) from).array();
      System.arraycopy(source, (int) offset, array, 0, Array.getLength(array));
    } finally {
      Reference.reachabilityFence(from);
    }
    return true;
  }

  @Override
  public boolean supports(Kernel kernel) {
    return CpuKernels.supports(kernel);
  }

  @Override
  public void run(Kernel kernel) {
    try {
      if (Watch.isOn()) {
        Watch.run(this, kernel, () -> CpuKernels.run(kernel));
      } else {
        CpuKernels.run(kernel);
      }
    } finally {
      // A kernel holds its operands, those their storages.
      Reference.reachabilityFence(kernel);
    }
  }

  @Override
  public void run(Program program, Operand a, Operand out) {
    try {
      if (Watch.isOn() || !TileProgram.of(program).runLean(a, out)) {
        Device.super.run(program, a, out);
      }
    } finally {
      Reference.reachabilityFence(a);
      Reference.reachabilityFence(out);
    }
  }

  @Override
  public void run(Program program, Operand a, Operand b, Operand out) {
    try {
      if (Watch.isOn() || !TileProgram.of(program).runLean(a, b, out)) {
        Device.super.run(program, a, b, out);
      }
    } finally {
      Reference.reachabilityFence(a);
      Reference.reachabilityFence(b);
      Reference.reachabilityFence(out);
    }
  }

  @Override
  public String toString() {
    return name();
  }

  /** Nothing to wait for. */
  @Override
  public void synchronize() {}
}
