package io.gradus.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArrayPoolTest {
  private static final int N = 40_000;

  private static CpuStorage allocate(ArrayPool pool, DType dtype, int n) {
    return pool.allocate(
        ArrayKind.of(dtype), n, a -> new CpuStorage((CpuDevice) Device.cpu(), dtype, n, a));
  }

  @Test
  @DisplayName("a released array is handed out again, to a storage of its kind and size class only")
  void reuse() {
    ArrayPool pool = new ArrayPool(1 << 30);
    CpuStorage a = allocate(pool, DType.F32, N);
    Object array = a.array();
    a.release();
    assertNotSame(array, allocate(pool, DType.I32, N).array());
    assertNotSame(array, allocate(pool, DType.F32, 2 * N).array());
    CpuStorage b = allocate(pool, DType.F32, N - 1);
    assertSame(array, b.array());
    a.release(); // again: must not free what b has now
    assertNotSame(array, allocate(pool, DType.F32, N).array());
    Reference.reachabilityFence(b);
  }

  @Test
  @DisplayName("S1.2 an array that the user has is never handed out again")
  void exposed() {
    ArrayPool pool = new ArrayPool(1 << 30);
    CpuStorage a = allocate(pool, DType.F32, N);
    Object array = a.array();
    a.expose();
    a.release();
    assertNotSame(array, allocate(pool, DType.F32, N).array());
    assertEquals(0, pool.bytes()[1]);
  }

  @Test
  @DisplayName("arrays of unreachable storages come back after a collection at the high-water mark")
  void unreachable() {
    ArrayPool pool = new ArrayPool(1 << 20);
    for (int i = 0; i < 500; i++) {
      CpuStorage s = allocate(pool, DType.F32, N);
      ((float[]) s.array())[0] = i;
    }
    // 500 arrays of 160 KB passed through: without reclaiming 80 MB would be counted as live.
    assertTrue(pool.bytes()[0] <= 40 << 20, () -> "live " + pool.bytes()[0]);
  }

  @Test
  @DisplayName("at the mark as many spare arrays are dropped as the next one needs, not all")
  void dropsWhatIsNeeded() {
    ArrayPool pool = new ArrayPool(1_000_000);
    List<CpuStorage> held = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      held.add(allocate(pool, DType.F32, N));
    }
    held.forEach(CpuStorage::release);
    long spare = pool.bytes()[1];
    CpuStorage other = allocate(pool, DType.F32, 2 * N);
    long kept = pool.bytes()[1];
    assertTrue(kept > 0 && kept < spare, spare + " -> " + kept);
    assertTrue(kept + other.byteSize() <= 1_000_000);
  }

  @Test
  @DisplayName("many threads, live storages: no array belongs to two of them at a time")
  void neverTwice() throws InterruptedException {
    ArrayPool pool = new ArrayPool(24 << 20);
    ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    AtomicInteger ids = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Random random = new Random(t);
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    List<CpuStorage> held = new ArrayList<>();
                    List<Integer> marks = new ArrayList<>();
                    for (int round = 0; round < 1500; round++) {
                      CpuStorage s = allocate(pool, DType.I32, N + 1000 * random.nextInt(3));
                      int id = ids.incrementAndGet();
                      mark((int[]) s.array(), id);
                      held.add(s);
                      marks.add(id);
                      if (held.size() > 20) {
                        int k = random.nextInt(held.size());
                        CpuStorage old = held.remove(k);
                        int was = marks.remove(k);
                        if (!isMarked((int[]) old.array(), was)) {
                          wrong.add("storage " + was + " was overwritten");
                        }
                        if (random.nextBoolean()) {
                          old.release(); // the others are dropped for the collector
                        }
                        Reference.reachabilityFence(old);
                      }
                    }
                    for (int k = 0; k < held.size(); k++) {
                      if (!isMarked((int[]) held.get(k).array(), marks.get(k))) {
                        wrong.add("storage " + marks.get(k) + " was overwritten");
                      }
                    }
                  }));
    }
    for (Thread t : threads) {
      t.join();
    }
    assertEquals(List.of(), List.copyOf(wrong));
  }

  private static void mark(int[] a, int id) {
    a[0] = id;
    a[a.length / 2] = id;
    a[a.length - 1] = id;
  }

  private static boolean isMarked(int[] a, int id) {
    return a[0] == id && a[a.length / 2] == id && a[a.length - 1] == id;
  }

  @Test
  @DisplayName("when the heap is full, spare arrays are dropped and the allocation tried again")
  void outOfMemoryRetries() {
    AtomicInteger failures = new AtomicInteger(0);
    ArrayPool pool =
        new ArrayPool(
            1 << 30,
            1 << 30,
            kind ->
                length -> {
                  if (failures.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("test");
                  }
                  return ArrayKind.values()[kind].allocate(length);
                });
    allocate(pool, DType.F32, 4 * N).release();
    assertTrue(pool.bytes()[1] > 0);
    failures.set(2);
    CpuStorage s = allocate(pool, DType.F32, N);
    assertEquals(N, s.size());
    assertEquals(0, pool.bytes()[1]);
    failures.set(100);
    assertThrows(OutOfMemoryError.class, () -> allocate(pool, DType.F32, N));
    failures.set(0);
    assertEquals(N, allocate(pool, DType.F32, N).size());
  }

  @Test
  @DisplayName("fresh memory that is dearer than a collection is taken up to the first mark only")
  void growsNoFurtherThanItPays() {
    AtomicInteger fresh = new AtomicInteger();
    ArrayPool pool =
        new ArrayPool(
            4 << 20,
            1 << 30,
            kind ->
                length -> {
                  fresh.incrementAndGet();
                  long slow = System.nanoTime() + 100_000_000;
                  while (pastFirst(fresh) && System.nanoTime() < slow) {
                    Thread.onSpinWait();
                  }
                  return ArrayKind.values()[kind].allocate(length);
                });
    for (int i = 0; i < 200; i++) {
      allocate(pool, DType.F32, 250_000); // dead at once, a megabyte
    }
    assertTrue(fresh.get() < 100, fresh + " arrays were fresh"); // collections are slow at times
  }

  private static boolean pastFirst(AtomicInteger fresh) {
    return fresh.get() > 4;
  }

  @Test
  @DisplayName("an array is at most an eighth longer than asked for, and never shorter")
  void sizeClasses() {
    for (int n : new int[] {16384, 16385, 20000, 65535, 65536, 1_000_003, Integer.MAX_VALUE}) {
      int length = ArrayPool.sizeClass(n);
      assertTrue(length >= n && length - n <= n / 8 + 1024, n + " -> " + length);
    }
  }

  @Test
  @DisplayName("a borrowed array is lent again once it is given back, not before")
  void borrowing() {
    ArrayPool pool = new ArrayPool(1 << 30);
    int n = ArrayPool.MIN_BYTES;
    Object first = pool.borrow(ArrayKind.INT, n);
    Object second = pool.borrow(ArrayKind.INT, n);
    assertNotSame(first, second);
    pool.giveBack(ArrayKind.INT, first);
    assertSame(first, pool.borrow(ArrayKind.INT, n));
    pool.giveBack(ArrayKind.INT, first);
    pool.giveBack(ArrayKind.INT, second);
    assertEquals(0, pool.bytes()[0]);
    assertTrue(pool.bytes()[1] >= 2L * 4 * n);
  }

  @Test
  @DisplayName("closing a borrowed array twice gives it back once")
  void closingTwice() {
    Borrowed<int[]> a = Borrowed.ints(ArrayPool.MIN_BYTES);
    int[] array = a.array();
    a.close();
    a.close();
    assertThrows(NullPointerException.class, a::array);
    try (Borrowed<int[]> b = Borrowed.ints(ArrayPool.MIN_BYTES);
        Borrowed<int[]> c = Borrowed.ints(ArrayPool.MIN_BYTES)) {
      assertSame(array, b.array());
      assertNotSame(b.array(), c.array());
    }
  }
}
