package io.gradus.backend.cuda.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeviceHeapTest {
  private static final long MIB = 1 << 20;

  private final FakeMemory memory = new FakeMemory(40 * MIB);
  private final AtomicInteger collections = new AtomicInteger();
  private final DeviceHeap heap =
      new DeviceHeap(
          new CachingAllocator(memory, true, Long.MAX_VALUE),
          () -> {
            collections.incrementAndGet();
            System.gc();
          });

  @Test
  @DisplayName("a released block serves the next request, and releasing again changes nothing")
  void release() {
    Object owner = new Object();
    Lease first = heap.lease(owner, 4096, 1, 0);
    first.release();
    first.release();
    assertEquals(first.block().address(), heap.allocate(4096, 1, 0).address());
    Reference.reachabilityFence(owner);
  }

  @Test
  @DisplayName("before memory runs out the cache goes back to the driver, without a collection")
  void dropsCacheFirst() {
    Object owner = new Object();
    heap.lease(owner, 30 * MIB, 1, 0).release();
    assertNotNull(heap.lease(owner, 32 * MIB, 2, 0), "of another stream, so not from the cache");
    assertEquals(0, collections.get());
    assertEquals(1, heap.statistics().rescues());
    Reference.reachabilityFence(owner);
  }

  @Test
  @DisplayName("then one collection finds what is unreachable")
  void collectsThen() {
    for (int i = 0; i < 12; i++) {
      heap.lease(new Object(), 30 * MIB, 1, 0);
    }
    assertTrue(collections.get() >= 1, "nothing else frees them");
    assertEquals(30 * MIB, heap.statistics().liveBytes());
  }

  @Test
  @DisplayName("then the error says what was asked for, what is live and what is cached")
  void saysWhatIsLive() {
    List<Object> owners = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      owners.add(new Object());
      heap.lease(owners.getLast(), 12 * MIB, 1, 0);
    }
    OutOfDeviceMemory error =
        assertThrows(OutOfDeviceMemory.class, () -> heap.lease(new Object(), 12 * MIB, 1, 0));
    assertEquals(
        "12582912 bytes were asked for; tensors and running work hold 37748736, the cache 0, at"
            + " most they held 37748736",
        error.getMessage());
    assertEquals(1, collections.get(), "one collection, no more");
    Reference.reachabilityFence(owners);
  }

  @Test
  @DisplayName("pinned memory stays after its owner released it, until it is unpinned")
  void pins() {
    Object owner = new Object();
    Lease lease = heap.lease(owner, 4096, 1, 0);
    lease.pin();
    lease.release();
    assertEquals(4096, heap.statistics().liveBytes());
    assertNotEquals(lease.block().address(), heap.allocate(4096, 1, 0).address());
    lease.unpin();
    assertEquals(4096, heap.statistics().liveBytes(), "only the other block");
    Reference.reachabilityFence(owner);
  }

  @Test
  @DisplayName("an interruption while it waits for a collection is kept")
  void interruption() {
    Object owner = new Object();
    heap.lease(owner, 39 * MIB, 1, 0);
    Thread.currentThread().interrupt();
    assertThrows(OutOfDeviceMemory.class, () -> heap.allocate(12 * MIB, 1, 0));
    assertTrue(Thread.interrupted());
    Reference.reachabilityFence(owner);
  }
}
