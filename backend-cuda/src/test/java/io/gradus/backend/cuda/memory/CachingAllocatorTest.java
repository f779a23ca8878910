package io.gradus.backend.cuda.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CachingAllocatorTest {
  private static final long MIB = 1 << 20;
  private static final long MAIN = 1;
  private static final long OTHER = 2;

  private final FakeMemory memory = new FakeMemory(100 * MIB);
  private final CachingAllocator allocator = new CachingAllocator(memory, true, Long.MAX_VALUE);

  private Block take(long bytes) {
    return present(allocator.allocate(bytes, MAIN, 0));
  }

  private static Block present(Block block) {
    assertNotNull(block);
    return block;
  }

  @Test
  @DisplayName("small requests share a segment of 2 MiB, at multiples of 512 bytes")
  void smallShare() {
    Block a = take(1);
    Block b = take(513);
    assertEquals(a.address() + 512, b.address());
    assertEquals(1024, b.bytes());
    assertEquals(2 * MIB, memory.used());
    assertEquals(1536, allocator.statistics().liveBytes());
    assertEquals(2 * MIB, allocator.statistics().reservedBytes());
  }

  @Test
  @DisplayName("medium requests share 20 MiB, large ones get whole multiples of 2 MiB")
  void segmentSizes() {
    take(3 * MIB);
    take(3 * MIB);
    assertEquals(20 * MIB, memory.used());
    take(15 * MIB);
    assertEquals(36 * MIB, memory.used());
  }

  @Test
  @DisplayName(
      "what comes back serves the next request of its stream at once, though work is underway")
  void reuseInOrder() {
    Block a = take(4096);
    allocator.free(a);
    assertEquals(a.address(), take(4096).address());
    assertEquals(1, allocator.statistics().driverAllocations());
    assertTrue(memory.marks.isEmpty(), "nothing to wait for");
  }

  @Test
  @DisplayName("free neighbours merge, in whatever order they come back")
  void merging() {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      blocks.add(take(1024));
    }
    for (int i : new int[] {1, 3, 0, 2}) {
      allocator.free(blocks.get(i));
    }
    assertEquals(Set.of(2 * MIB), allocator.freeSizes());
    assertEquals(0, allocator.statistics().liveBytes());
  }

  @Test
  @DisplayName("the smallest block that fits is taken")
  void bestFit() {
    Block small = take(1024);
    take(512);
    Block large = take(8192);
    take(512);
    allocator.free(large);
    allocator.free(small);
    assertEquals(small.address(), take(700).address());
  }

  @Test
  @DisplayName("another stream does not get a block of the first one, used or not")
  void streamsApart() {
    Block a = take(4096);
    allocator.free(a);
    Block b = present(allocator.allocate(4096, OTHER, 0));
    assertNotEquals(a.address(), b.address());
  }

  @Test
  @DisplayName("a block that other streams worked on is free when these are done")
  void waitsForOtherStreams() {
    Block a = take(4096);
    allocator.use(a, OTHER);
    allocator.use(a, OTHER);
    allocator.use(a, MAIN);
    allocator.free(a);
    assertEquals(1, memory.marks.size(), "one mark a foreign stream");
    Block b = take(4096);
    assertNotEquals(a.address(), b.address());
    memory.finish(OTHER);
    assertEquals(a.address(), take(4096).address());
    assertTrue(memory.marks.getFirst().discarded);
  }

  @Test
  @DisplayName("dropping the cache returns whole segments, after waiting, and keeps those in use")
  void dropCache() {
    Block kept = take(512);
    Block foreign = take(30 * MIB);
    allocator.use(foreign, OTHER);
    allocator.free(foreign);
    assertEquals(30 * MIB, allocator.dropCache());
    assertTrue(memory.marks.getFirst().passed, "waited for");
    assertEquals(2 * MIB, memory.used());
    allocator.free(kept);
    assertEquals(2 * MIB, allocator.dropCache());
    assertEquals(0, memory.used());
  }

  @Test
  @DisplayName("without room for a segment the request alone is tried, then there is none")
  void noRoom() {
    take(95 * MIB);
    assertNotNull(allocator.allocate(3 * MIB, MAIN, 0), "20 MiB do not fit, 3 do");
    assertNull(allocator.allocate(3 * MIB, MAIN, 0));
  }

  @Test
  @DisplayName("the limit holds for what is taken from the driver")
  void limit() {
    CachingAllocator limited = new CachingAllocator(memory, true, 5 * MIB);
    assertNotNull(limited.allocate(4 * MIB, MAIN, 0));
    assertNull(limited.allocate(2 * MIB, MAIN, 0));
  }

  @Test
  @DisplayName(
      "an owner's memory serves nobody else, stays when the cache is dropped, and ends with it")
  void owners() {
    Block freed = present(allocator.allocate(4096, MAIN, 7));
    Block alive = present(allocator.allocate(30 * MIB, MAIN, 7));
    allocator.free(freed);
    assertNotEquals(freed.address(), take(4096).address());
    allocator.dropCache();
    assertEquals(34 * MIB, memory.used());
    allocator.dropOwner(7);
    assertEquals(32 * MIB, memory.used(), "what is alive stays");
    allocator.free(alive);
    assertEquals(2 * MIB, memory.used(), "until it comes back");
  }

  @Test
  @DisplayName("without caching each block is the driver's, in the size that was asked for")
  void plain() {
    CachingAllocator plain = new CachingAllocator(memory, false, Long.MAX_VALUE);
    Block a = present(plain.allocate(5, MAIN, 0));
    assertEquals(5, memory.pieces.get(a.address()));
    plain.free(a);
    assertEquals(0, memory.used());
    Block graph = present(plain.allocate(5, MAIN, 3));
    plain.free(graph);
    assertEquals(5, memory.used(), "a graph writes there until it ends");
    plain.dropOwner(3);
    assertEquals(0, memory.used());
  }

  @Test
  @DisplayName("a block cannot come back twice")
  void twice() {
    Block a = take(1);
    allocator.free(a);
    assertThrows(IllegalStateException.class, () -> allocator.free(a));
  }

  @Test
  @DisplayName("random requests never overlap, and all memory comes back")
  void randomly() {
    Random random = new Random(42);
    FakeMemory big = new FakeMemory(1L << 40);
    CachingAllocator any = new CachingAllocator(big, true, Long.MAX_VALUE);
    TreeMap<Long, Block> live = new TreeMap<>();
    List<Long> order = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < 20_000; i++) {
      if (order.size() < 50 || random.nextInt(100) < 45) {
        long size = 1L + random.nextInt(1 << (8 + random.nextInt(16)));
        Block b = present(any.allocate(size, 1 + random.nextInt(3), 0));
        assertTrue(b.bytes() >= size);
        var below = live.floorEntry(b.address());
        var above = live.higherEntry(b.address());
        assertTrue(below == null || below.getKey() + below.getValue().bytes() <= b.address());
        assertTrue(above == null || b.address() + b.bytes() <= above.getKey());
        live.put(b.address(), b);
        order.add(b.address());
        bytes += b.bytes();
      } else {
        int which = random.nextInt(order.size());
        Block b = live.remove(order.get(which));
        order.set(which, order.getLast());
        order.removeLast();
        bytes -= b.bytes();
        if (random.nextBoolean()) {
          any.use(b, 1 + random.nextInt(3));
        }
        any.free(b);
        if (random.nextInt(10) == 0) {
          big.finish(1 + random.nextInt(3));
        }
      }
    }
    assertEquals(bytes, any.statistics().liveBytes());
    assertTrue(any.statistics().driverAllocations() < 2000, "the cache serves most requests");
    live.values().forEach(any::free);
    any.dropCache();
    assertEquals(0, big.used());
    assertEquals(0, any.statistics().reservedBytes());
  }
}
