package io.gradus.backend.cuda.memory;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Cuts few large pieces of the driver's memory into many blocks and keeps what comes back, since
 * the driver takes microseconds to milliseconds a request and stops the device when memory is
 * returned.
 *
 * <p>A block is free for the next request of its stream as soon as it is given back, even while
 * earlier work on it still waits: the stream keeps the order. Where other streams worked on it too,
 * it waits until they are done. The sizes are those of PyTorch's allocator. Thread-safe.
 */
public final class CachingAllocator {
  /** Blocks begin and end at multiples of this. */
  static final long ROUND = 512;

  /** Larger requests are large. */
  static final long SMALL = 1 << 20;

  /** What small requests are cut out of. */
  static final long SMALL_SEGMENT = 2 << 20;

  /** Large requests below this share segments. */
  static final long MEDIUM = 10 << 20;

  /** What medium requests are cut out of. */
  static final long MEDIUM_SEGMENT = 20 << 20;

  private final DeviceMemory memory;
  private final boolean caching;
  private final long limit;

  // All below is guarded by this.
  private final Map<BlockPool.Key, BlockPool> pools = new HashMap<>();
  private final ArrayDeque<Block> waiting = new ArrayDeque<>();
  private long live;
  private long reserved;
  private long peak;
  private long allocations;
  private long driverAllocations;

  /**
   * An allocator without memory.
   *
   * @param caching false to go to the driver for each block, so that tools which check memory see
   *     each
   * @param limit the most bytes to take from the driver
   */
  public CachingAllocator(DeviceMemory memory, boolean caching, long limit) {
    this.memory = memory;
    this.caching = caching;
    this.limit = limit;
  }

  /**
   * A block for work on a stream, or null if there is no memory.
   *
   * @param owner 0, or a number under which the memory is kept apart: see {@link #dropOwner}
   */
  public synchronized @Nullable Block allocate(long bytes, long stream, long owner) {
    long size = Math.max(ROUND, roundUp(bytes, ROUND));
    settle(false);
    BlockPool pool =
        pools.computeIfAbsent(new BlockPool.Key(stream, owner, size <= SMALL), BlockPool::new);
    Block block = caching ? pool.take(size) : null;
    if (block == null) {
      block = caching ? fresh(pool, size, segment(size)) : fresh(pool, size, Math.max(1, bytes));
      if (block == null) {
        return null;
      }
    }
    if (caching && block.bytes - size >= (pool.key().small() ? ROUND : SMALL + 1)) {
      pool.split(block, size);
    }
    block.inUse = true;
    live += block.bytes;
    peak = Math.max(peak, live);
    allocations++;
    return block;
  }

  private @Nullable Block fresh(BlockPool pool, long size, long wanted) {
    long address = fromDriver(wanted);
    long got = wanted;
    if (address == 0 && caching && wanted > size) {
      got = size;
      address = fromDriver(got);
    }
    if (address == 0) {
      return null;
    }
    reserved += got;
    driverAllocations++;
    return new Block(pool, address, got);
  }

  private long fromDriver(long bytes) {
    return reserved + bytes > limit ? 0 : memory.allocate(bytes);
  }

  private static long segment(long size) {
    return size <= SMALL
        ? SMALL_SEGMENT
        : size < MEDIUM ? MEDIUM_SEGMENT : roundUp(size, SMALL_SEGMENT);
  }

  private static long roundUp(long value, long multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }

  /** Another stream than the block's works on it. */
  public synchronized void use(Block block, long stream) {
    if (stream != block.stream()) {
      block.users.add(stream);
    }
  }

  /** Gives a block back; what was asked of streams before may still use it. */
  public synchronized void free(Block block) {
    if (!block.inUse) {
      throw new IllegalStateException("a block was given back twice");
    }
    block.inUse = false;
    live -= block.bytes;
    block.users.forEach(stream -> block.pending.add(memory.mark(stream)));
    block.users.clear();
    if (block.pending.isEmpty()) {
      makeFree(block);
    } else {
      waiting.add(block);
    }
  }

  private void makeFree(Block block) {
    // The memory of a graph stays where its replays write.
    if (!caching && block.pool.key().owner() == 0) {
      memory.free(block.address);
      reserved -= block.bytes;
      return;
    }
    block.pool.give(block);
    if (block.pool.ended) {
      drop(block.pool);
    }
  }

  /** Frees blocks whose other streams are done. */
  private void settle(boolean wait) {
    for (Iterator<Block> all = waiting.iterator(); all.hasNext(); ) {
      Block block = all.next();
      block.pending.removeIf(
          mark -> {
            if (wait) {
              mark.await();
            }
            boolean passed = wait || mark.isPassed();
            if (passed) {
              mark.discard();
            }
            return passed;
          });
      if (block.pending.isEmpty()) {
        all.remove();
        makeFree(block);
      }
    }
  }

  /** Returns what nobody uses to the driver; how many bytes. */
  public synchronized long dropCache() {
    settle(true);
    long before = reserved;
    pools.values().stream().filter(p -> p.key().owner() == 0).forEach(this::drop);
    return before - reserved;
  }

  /**
   * Nobody will ask for memory of this owner again: returns it to the driver, now or when the last
   * block comes back.
   */
  public synchronized void dropOwner(long owner) {
    settle(true);
    List<BlockPool> ended = pools.values().stream().filter(p -> p.key().owner() == owner).toList();
    for (BlockPool pool : ended) {
      pools.remove(pool.key());
      pool.ended = true;
      drop(pool);
    }
  }

  private void drop(BlockPool pool) {
    for (Block block : pool.free()) {
      if (block.isWhole()) {
        drop(pool, block);
      }
    }
  }

  private void drop(BlockPool pool, Block block) {
    pool.remove(block);
    memory.free(block.address);
    reserved -= block.bytes;
  }

  /** What the memory is used for; {@code rescues} are counted elsewhere. */
  public synchronized MemoryStatistics statistics() {
    return new MemoryStatistics(live, reserved - live, peak, allocations, driverAllocations, 0);
  }

  /** Free blocks by size, for tests. */
  synchronized TreeSet<Long> freeSizes() {
    TreeSet<Long> sizes = new TreeSet<>();
    pools.values().forEach(p -> p.free().forEach(b -> sizes.add(b.bytes)));
    return sizes;
  }
}
