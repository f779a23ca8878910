package io.gradus.backend.cpu;

import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.ReleasedException;
import io.gradus.tensor.kernel.Operand;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Elements in a primitive array: {@code float[]} (F32), {@code double[]} (F64), {@code int[]}
 * (I32), {@code long[]} (I64), {@code short[]} (I16, raw F16 and BF16), {@code byte[]} (I8, U8,
 * BOOL).
 *
 * <p>For the kernels of this backend only. The array may be longer than the storage, and what is
 * beyond its size belongs to nobody. It may be used only while the device keeps the storage alive:
 * see {@link CpuDevice#run}.
 */
public final class CpuStorage extends Storage {
  private @Nullable Object array;
  private ArrayPool.@Nullable Lease lease;
  private boolean isRecyclable;

  CpuStorage(CpuDevice device, DType dtype, long size, Object array) {
    super(device, dtype, size);
    this.array = array;
  }

  /** From now on the array returns to the pool when this storage is released or unreachable. */
  void lease(ArrayPool.Lease pooled) {
    lease = pooled;
  }

  /** From now on the array, which is not of the pool, may be used again after a release. */
  CpuStorage recyclable() {
    isRecyclable = true;
    return this;
  }

  /** The array. */
  public Object array() {
    Object a = array;
    if (a == null) {
      throw new ReleasedException(
          "[cpu] a released tensor was used, %d elements of %s; return it from its TensorScope, or keep() it there"
              .formatted(size(), dtype()));
    }
    return a;
  }

  /** The array behind an operand of the CPU. */
  public static Object array(Operand operand) {
    return ((CpuStorage) operand.storage()).array();
  }

  /** The used part of the array as bytes. */
  MemorySegment segment() {
    return ArrayKind.of(dtype()).segment(array()).asSlice(0, byteSize());
  }

  /** Gives the array to the user for good: it is never recycled. */
  synchronized MemorySegment expose() {
    if (lease != null) {
      lease.forget();
      lease = null;
    }
    isRecyclable = false;
    return segment();
  }

  @Override
  public synchronized void release() {
    Object a = array;
    if (lease != null) {
      array = null;
      lease.recycle();
      lease = null;
    } else if (isRecyclable && a != null) {
      array = null;
      RecentArrays.give(ArrayKind.of(dtype()), a);
    }
  }
}
