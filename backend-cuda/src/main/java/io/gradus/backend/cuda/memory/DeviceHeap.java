package io.gradus.backend.cuda.memory;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/**
 * Blocks that come back by themselves.
 *
 * <p>When there is no memory, in this order: blocks of unreachable owners are taken back, the cache
 * returns to the driver, one garbage collection looks for more unreachable owners. Only then a
 * request fails. Thread-safe.
 */
public final class DeviceHeap {
  private static final int FIRST_WAIT_MILLIS = 50;
  private static final int NEXT_WAIT_MILLIS = 5;

  private final CachingAllocator allocator;
  private final Runnable collector;
  private final ReferenceQueue<Object> dead = new ReferenceQueue<>();
  private @Nullable Lease newest; // a list that keeps leases reachable, hence enqueued
  private long rescues;

  /** A heap that asks the virtual machine for collections. */
  public DeviceHeap(CachingAllocator allocator) {
    this(allocator, System::gc);
  }

  /** A heap over another way to find unreachable owners. */
  DeviceHeap(CachingAllocator allocator, Runnable collector) {
    this.allocator = allocator;
    this.collector = collector;
  }

  CachingAllocator allocator() {
    return allocator;
  }

  /**
   * A block that is given back when {@code owner} becomes unreachable, if not before.
   *
   * @param pool 0, or the number of a graph that keeps its memory
   * @throws OutOfDeviceMemory if there is no memory
   */
  public Lease lease(Object owner, long bytes, long stream, long pool) {
    Lease lease = new Lease(owner, dead, allocate(bytes, stream, pool), this);
    synchronized (this) {
      lease.older = newest;
      if (newest != null) {
        newest.newer = lease;
      }
      newest = lease;
    }
    return lease;
  }

  /**
   * A block that somebody gives back.
   *
   * @throws OutOfDeviceMemory if there is no memory
   */
  public Block allocate(long bytes, long stream, long pool) {
    drain();
    Block block = allocator.allocate(bytes, stream, pool);
    return block != null ? block : rescue(bytes, stream, pool);
  }

  private Block rescue(long bytes, long stream, long pool) {
    synchronized (this) {
      rescues++;
    }
    for (int attempt = 0; attempt < 2; attempt++) {
      if (attempt == 1) {
        collect();
      }
      @Nullable Block block = allocator.allocate(bytes, stream, pool);
      if (block == null) {
        allocator.dropCache();
        drain();
        block = allocator.allocate(bytes, stream, pool);
      }
      if (block != null) {
        return block;
      }
    }
    throw new OutOfDeviceMemory(bytes, statistics());
  }

  /** Gives back a block of {@link #allocate}. */
  public void free(Block block) {
    allocator.free(block);
  }

  /** Another stream than the block's works on it. */
  public void use(Block block, long stream) {
    allocator.use(block, stream);
  }

  /** Returns what nobody uses to the driver; how many bytes. */
  public long dropCache() {
    drain();
    return allocator.dropCache();
  }

  /** Nobody will ask for memory of this pool again. */
  public void dropPool(long pool) {
    drain();
    allocator.dropOwner(pool);
  }

  /** What the memory is used for. */
  public MemoryStatistics statistics() {
    MemoryStatistics s = allocator.statistics();
    synchronized (this) {
      return new MemoryStatistics(
          s.liveBytes(),
          s.cachedBytes(),
          s.peakLiveBytes(),
          s.allocations(),
          s.driverAllocations(),
          rescues);
    }
  }

  synchronized void forget(Lease lease) {
    Lease newer = lease.newer;
    Lease older = lease.older;
    if (newer == null) {
      newest = older;
    } else {
      newer.older = older;
    }
    if (older != null) {
      older.newer = newer;
    }
    lease.newer = null;
    lease.older = null;
  }

  private void drain() {
    for (Reference<?> r; (r = dead.poll()) != null; ) {
      ((Lease) r).release();
    }
  }

  /** Asks for a collection; the references come a moment after it, from another thread. */
  private void collect() {
    collector.run();
    boolean interrupted = Thread.interrupted();
    try {
      long wait = FIRST_WAIT_MILLIS;
      for (Reference<?> r; (r = dead.remove(wait)) != null; wait = NEXT_WAIT_MILLIS) {
        ((Lease) r).release();
        drain();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
