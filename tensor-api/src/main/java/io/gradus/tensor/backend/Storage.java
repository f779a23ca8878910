package io.gradus.tensor.backend;

import io.gradus.tensor.dtype.DType;
import org.jspecify.annotations.Nullable;

/**
 * A run of elements in the memory of one device.
 *
 * <p>Devices subclass it with what they need to find the memory. Whoever holds a storage keeps its
 * memory alive; {@link #release} is a hint that nobody will read it again.
 */
public abstract class Storage {
  private final Device device;
  private final DType dtype;
  private final long size;
  private volatile @Nullable Object note;

  /**
   * A storage of a device.
   *
   * @param size number of elements
   */
  protected Storage(Device device, DType dtype, long size) {
    this.device = device;
    this.dtype = dtype;
    this.size = size;
  }

  /** The device whose memory this is. */
  public final Device device() {
    return device;
  }

  /** The type of the elements. */
  public final DType dtype() {
    return dtype;
  }

  /** The number of elements. */
  public final long size() {
    return size;
  }

  /** The number of bytes in use. */
  public final long byteSize() {
    return size * dtype.byteSize();
  }

  /** What {@link #note(Object)} left here; null at first. */
  public final @Nullable Object note() {
    return note;
  }

  /**
   * Leaves something with the memory, for the layer that owns tensors: who will still read it, say.
   * Devices neither read nor write it.
   */
  public final void note(@Nullable Object value) {
    note = value;
  }

  /**
   * Gives the memory back at once. Only for memory that no tensor a user could hold refers to;
   * using the storage afterwards is an error that a device may or may not notice.
   */
  public void release() {}
}
