package io.gradus.backend.cuda.memory;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/** A block in use by an owner, given back when told to or when the owner is unreachable. */
public final class Lease extends PhantomReference<Object> {
  private final Block block;
  private final DeviceHeap heap;

  // All below is guarded by heap.
  @Nullable Lease older;
  @Nullable Lease newer;
  private boolean over;
  private int pins;

  Lease(Object owner, ReferenceQueue<Object> queue, Block block, DeviceHeap heap) {
    super(owner, queue);
    this.block = block;
    this.heap = heap;
  }

  /** The memory. */
  public Block block() {
    return block;
  }

  /** The owner needs it no more. */
  public void release() {
    synchronized (heap) {
      if (!over) {
        over = true;
        clear();
        heap.forget(this);
        freeIfUnused();
      }
    }
  }

  /** Somebody besides the owner needs the memory until {@link #unpin}. */
  public void pin() {
    synchronized (heap) {
      pins++;
    }
  }

  /** Ends one {@link #pin}. */
  public void unpin() {
    synchronized (heap) {
      pins--;
      freeIfUnused();
    }
  }

  private void freeIfUnused() {
    if (over && pins == 0) {
      heap.allocator().free(block);
    }
  }
}
