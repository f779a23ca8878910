package io.gradus.backend.cpu;

import io.gradus.tensor.watch.Watch;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Recycles large arrays, since the first touch of fresh memory costs more than most operations.
 *
 * <p>An array comes back when its storage is released, or after its storage has become unreachable;
 * never when the raw array was handed to the user. Both the arrays that lie here and those of dead
 * storages are held softly, so that other allocations of the program may have their memory before
 * they fail.
 *
 * <p>When nothing lies here that fits, either a garbage collection or fresh memory may help. Up to
 * a first mark (or so much more than was live after the last collection) the pool takes fresh
 * memory. Between this and a last mark it takes whichever has cost less time so far: so it never
 * spends more than twice of what the better choice would have cost, on machines where the first
 * touch of 64 MB takes 10 ms as on those where it takes 200. Beyond the last mark it collects.
 *
 * <p>Results mostly die young, so a collection of young objects comes first. A full one makes
 * everything old; therefore at least one array more than were live may be fresh after it, or each
 * collection would have to be full.
 *
 * <p>Recycled arrays are dirty and may be longer than asked for.
 */
final class ArrayPool {
  /**
   * Smaller arrays are left to the garbage collector: they die young, in memory that is used again
   * soon. Lying here they would be copied by it, as they stay reachable.
   */
  static final int MIN_BYTES = 512 << 10;

  /** Milliseconds in which the thread that hands references out has done so for one more. */
  private static final long PATIENCE = 5;

  /** The pool of this JVM, of which there is one since all have the same heap. */
  static final ArrayPool SHARED = ofMemory(Runtime.getRuntime().maxMemory());

  private final ReferenceQueue<CpuStorage> queue = new ReferenceQueue<>();
  private final IntFunction<IntFunction<Object>> allocator;

  // All below is guarded by this.
  private final Set<Lease> leases = new HashSet<>(); // keeps them reachable, hence enqueued
  private final Map<ArrayKind, TreeMap<Integer, ArrayDeque<Spare>>> spares =
      new EnumMap<>(ArrayKind.class);
  private long liveBytes;
  private long spareBytes;
  private final long first;
  private final long last;
  private long limit;
  private long collecting; // nanoseconds
  private long growing; // nanoseconds, for fresh memory beyond the limit

  /** A pool that asks for a collection when it exceeds {@code mark} bytes. */
  ArrayPool(long mark) {
    this(mark, mark, kind -> ArrayKind.values()[kind]::allocate);
  }

  /**
   * A pool over another source of arrays.
   *
   * @param first bytes up to which it takes fresh memory
   * @param last bytes from which on it collects
   * @param allocator by the ordinal of the kind, then the length
   */
  ArrayPool(long first, long last, IntFunction<IntFunction<Object>> allocator) {
    this.first = first;
    this.last = last;
    this.limit = first;
    this.allocator = allocator;
  }

  /** The pool of a JVM with this much memory. */
  static ArrayPool ofMemory(long maxMemory) {
    return new ArrayPool(
        64L << 20,
        Math.clamp(maxMemory / 4, 64L << 20, 1L << 30),
        kind -> ArrayKind.values()[kind]::allocate);
  }

  /** An array lying in the pool. */
  private static final class Spare extends SoftReference<Object> {
    final long bytes;

    Spare(Object array, long bytes) {
      super(array);
      this.bytes = bytes;
    }
  }

  /** An array in use by a storage. */
  final class Lease extends PhantomReference<CpuStorage> {
    private final ArrayKind kind;
    private final int length;
    private final Spare array;
    private boolean over;

    private Lease(CpuStorage storage, ArrayKind kind, int length, Object array) {
      super(storage, queue);
      this.kind = kind;
      this.length = length;
      this.array = new Spare(array, (long) length * kind.bytes);
    }

    /** Takes the array back; both the phantom path and a release may come here. */
    void recycle() {
      synchronized (ArrayPool.this) {
        if (end()) {
          Object a = array.get();
          if (a != null) {
            keep(kind, length, a);
          }
        }
      }
    }

    /** Leaves the array to its user and the garbage collector. */
    void forget() {
      synchronized (ArrayPool.this) {
        end();
      }
    }

    private boolean end() {
      if (over) {
        return false;
      }
      over = true;
      clear();
      leases.remove(this);
      liveBytes -= array.bytes;
      return true;
    }
  }

  /** Gives a pooled array to the storage that {@code maker} makes of it. */
  CpuStorage allocate(ArrayKind kind, int elements, Function<Object, CpuStorage> maker) {
    Watch.Allocation watched = Watch.isAllocationOn() ? new Watch.Allocation() : null;
    int length = sizeClass(elements);
    Object recycled = recycled(kind, length);
    Object array = recycled != null ? recycled : grow(kind, length);
    CpuStorage storage = maker.apply(array);
    Lease lease = new Lease(storage, kind, length, array);
    synchronized (this) {
      leases.add(lease);
      liveBytes += lease.array.bytes;
    }
    storage.lease(lease);
    if (watched != null) {
      watched.done(storage.device(), lease.array.bytes, recycled != null);
    }
    return storage;
  }

  /** An array without a storage, to be given back; small ones do not come from here. */
  Object borrow(ArrayKind kind, int elements) {
    if ((long) elements * kind.bytes < MIN_BYTES) {
      return kind.allocate(elements);
    }
    int length = sizeClass(elements);
    Object recycled = recycled(kind, length);
    Object array = recycled != null ? recycled : grow(kind, length);
    synchronized (this) {
      liveBytes += (long) length * kind.bytes;
    }
    return array;
  }

  /** Takes back what {@link #borrow} gave, which nobody uses any more. */
  void giveBack(ArrayKind kind, Object array) {
    long bytes = kind.byteLength(array);
    if (bytes >= MIN_BYTES) {
      synchronized (this) {
        liveBytes -= bytes;
        keep(kind, (int) (bytes / kind.bytes), array);
      }
    }
  }

  private synchronized void keep(ArrayKind kind, int length, Object array) {
    Spare spare = new Spare(array, (long) length * kind.bytes);
    spares
        .computeIfAbsent(kind, k -> new TreeMap<>())
        .computeIfAbsent(length, k -> new ArrayDeque<>())
        .push(spare);
    spareBytes += spare.bytes;
  }

  /** Bytes of arrays in use, and lying here. */
  synchronized long[] bytes() {
    return new long[] {liveBytes, spareBytes};
  }

  private @Nullable Object recycled(ArrayKind kind, int length) {
    long bytes = (long) length * kind.bytes;
    drain();
    Object array = poll(kind, length);
    if (array != null || makeRoom(bytes) || mayGrow(bytes)) {
      return array;
    }
    long start = System.nanoTime();
    array = YoungCollection.run() ? awaited(kind, length) : null;
    if (array == null) {
      System.gc();
      array = awaited(kind, length);
      setLimit(true, bytes);
    } else {
      setLimit(false, bytes);
    }
    synchronized (this) {
      collecting += System.nanoTime() - start;
    }
    return array;
  }

  /**
   * Sets the limit after a collection. One of young objects never raises it: what has become old
   * and died since is still counted as live.
   */
  private synchronized void setLimit(boolean isFull, long bytes) {
    long most = isFull ? Long.MAX_VALUE : limit;
    limit = Math.max(first, Math.min(most, liveBytes + bytes + Math.max(first, bytes)));
  }

  private synchronized boolean mayGrow(long bytes) {
    return growing < collecting && liveBytes + spareBytes + bytes <= last;
  }

  /**
   * Whether so many bytes more stay below the limit, perhaps after dropping arrays that lie here.
   */
  private synchronized boolean makeRoom(long bytes) {
    dropSpares(liveBytes + spareBytes + bytes - Math.max(limit, last));
    return liveBytes + bytes <= limit;
  }

  private Object grow(ArrayKind kind, int length) {
    long start = System.nanoTime();
    Object array = fresh(kind, length);
    synchronized (this) {
      if (liveBytes + spareBytes > limit) {
        growing += System.nanoTime() - start;
      }
    }
    return array;
  }

  private Object fresh(ArrayKind kind, int length) {
    for (int attempt = 0; ; attempt++) {
      try {
        return allocator.apply(kind.ordinal()).apply(length);
      } catch (OutOfMemoryError e) {
        if (attempt == 2) {
          throw e;
        }
        if (attempt == 1) {
          System.gc();
        } else {
          drain();
        }
        Object array = attempt == 1 ? awaited(kind, length) : poll(kind, length);
        if (array != null) {
          return array;
        }
        dropSpares(Long.MAX_VALUE);
      }
    }
  }

  /** Leaves at least so many bytes of what lies here to the garbage collector, if there are. */
  private synchronized void dropSpares(long bytes) {
    long left = bytes;
    for (TreeMap<Integer, ArrayDeque<Spare>> sizes : spares.values()) {
      for (ArrayDeque<Spare> same : sizes.values()) {
        while (left > 0 && !same.isEmpty()) {
          Spare s = same.removeLast(); // the one that has been here longest
          spareBytes -= s.bytes;
          left -= s.bytes;
        }
      }
    }
  }

  private synchronized @Nullable Object poll(ArrayKind kind, int length) {
    TreeMap<Integer, ArrayDeque<Spare>> sizes = spares.get(kind);
    ArrayDeque<Spare> fit = sizes == null ? null : sizes.get(length);
    for (Spare s; fit != null && (s = fit.poll()) != null; ) {
      spareBytes -= s.bytes;
      Object array = s.get();
      if (array != null) {
        return array;
      }
    }
    return null;
  }

  private void drain() {
    for (Reference<?> r; (r = queue.poll()) != null; ) {
      ((Lease) r).recycle();
    }
  }

  /**
   * An array that the collection before has freed, if it did: references come a moment after it,
   * from another thread.
   */
  private @Nullable Object awaited(ArrayKind kind, int length) {
    boolean interrupted = Thread.interrupted();
    Object array = null;
    try {
      for (Reference<?> r; array == null && (r = queue.remove(PATIENCE)) != null; ) {
        ((Lease) r).recycle();
        drain();
        array = poll(kind, length);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return array;
  }

  /** Eight lengths per power of two, so that similar sizes share arrays. */
  static int sizeClass(int elements) {
    int step = Math.max(1024, Integer.highestOneBit(elements) >> 3);
    long rounded = ((long) elements + step - 1) / step * step;
    return rounded > Integer.MAX_VALUE - 8 ? elements : (int) rounded;
  }
}
