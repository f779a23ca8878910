package io.gradus.backend.cuda;

import io.gradus.backend.cuda.memory.Lease;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.ReleasedException;
import org.jspecify.annotations.Nullable;

/**
 * Elements in the memory of a GPU.
 *
 * <p>The address may be used only while the device keeps the storage reachable.
 */
final class CudaStorage extends Storage {
  private volatile @Nullable Lease lease;
  private final boolean empty;
  private final WrittenParts written;

  /** Whoever makes it leases the memory for it, so that it comes back with it. */
  CudaStorage(CudaDevice device, DType dtype, long size) {
    super(device, dtype, size);
    empty = size == 0;
    written = new WrittenParts(size);
  }

  void lease(Lease taken) {
    lease = taken;
  }

  boolean isEmpty() {
    return empty;
  }

  /** Which elements queued work has written. */
  WrittenParts written() {
    return written;
  }

  /** The memory; not for empty ones. */
  Lease lease() {
    Lease l = lease;
    if (l == null) {
      throw new ReleasedException(
          "[cuda] a released tensor was used, %d elements of %s; return it from its TensorScope, or keep() it there"
              .formatted(size(), dtype()));
    }
    return l;
  }

  @Override
  public void release() {
    Lease l;
    synchronized (this) {
      l = lease;
      lease = null;
    }
    if (l != null) {
      l.release();
    }
  }
}
