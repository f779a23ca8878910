package io.gradus.tck;

import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;

/** Storage: copying in and out, sharing, limits. */
final class MemoryCases {
  private MemoryCases() {}

  static Stream<Case> cases() {
    return Stream.concat(
        Stream.of(DType.values())
            .flatMap(
                d ->
                    Stream.of(
                        new Case("memory/round-trip/" + d, t -> roundTrip(t, d)),
                        new Case("memory/part/" + d, t -> part(t, d)),
                        new Case("memory/off-heap/" + d, t -> offHeap(t, d)),
                        new Case("memory/wrap/" + d, t -> wrap(t, d)))),
        Stream.of(
            new Case("memory/empty", MemoryCases::empty),
            new Case("memory/too-much", MemoryCases::tooMuch)));
  }

  private static long[] some(Trial t, DType dtype, int n) {
    return Values.mixed(dtype, n, t.random);
  }

  private static void roundTrip(Trial t, DType dtype) {
    for (int n : new int[] {1, 7, 64, 20_011}) {
      long[] values = some(t, dtype, n);
      Storage storage = Trial.upload(t.device, new Block(dtype, values));
      t.check(storage.size() == n, "size() is " + storage.size() + ", asked for " + n);
      t.check(storage.dtype() == dtype, "dtype() is " + storage.dtype());
      t.check(storage.device() == t.device, "device() is another device");
      same(t, dtype, values, Trial.download(storage));
    }
  }

  private static void same(Trial t, DType dtype, long[] want, long[] got) {
    for (int i = 0; i < want.length; i++) {
      if (!Tolerance.EXACT.accepts(dtype, want[i], got[i])) {
        t.fail(
            "element %d came back as %s, was %s"
                .formatted(i, Trial.show(dtype, got[i]), Trial.show(dtype, want[i])));
      }
    }
  }

  private static void part(Trial t, DType dtype) {
    long[] values = some(t, dtype, 20);
    Storage storage = Trial.upload(t.device, new Block(dtype, values));
    long[] five = some(t, dtype, 5);
    t.device.upload(new Block(dtype, five).toMemory(), storage, 9);
    System.arraycopy(five, 0, values, 9, 5);
    same(t, dtype, values, Trial.download(storage));
    MemorySegment to = Block.memory(dtype, 4);
    t.device.download(storage, 12, to);
    same(t, dtype, Arrays.copyOfRange(values, 12, 16), Block.read(dtype, to));
  }

  private static void offHeap(Trial t, DType dtype) {
    long[] values = some(t, dtype, 33);
    MemorySegment heap = new Block(dtype, values).toMemory();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment outside = arena.allocate(heap.byteSize(), 8);
      outside.copyFrom(heap);
      Storage storage = t.device.allocate(dtype, 33);
      t.device.upload(outside, storage, 0);
      outside.fill((byte) 0);
      t.device.download(storage, 0, outside);
      same(t, dtype, values, Block.read(dtype, outside));
    }
  }

  /** Shares in both directions, or refuses. */
  private static void wrap(Trial t, DType dtype) {
    long[] values = some(t, dtype, 9);
    MemorySegment memory = new Block(dtype, values).toMemory();
    Storage storage;
    try {
      storage = t.device.wrap(dtype, memory);
    } catch (DeviceException e) {
      return;
    }
    same(t, dtype, values, Trial.download(storage));
    long[] others = some(t, dtype, 9);
    memory.copyFrom(new Block(dtype, others).toMemory());
    same(t, dtype, others, Trial.download(storage));
    t.device.upload(new Block(dtype, values).toMemory(), storage, 0);
    t.device.synchronize();
    same(t, dtype, values, Block.read(dtype, memory));
    same(t, dtype, values, Block.read(dtype, t.device.memory(storage)));
  }

  private static void empty(Trial t) {
    Storage storage = t.device.allocate(DType.F32, 0);
    t.check(storage.size() == 0, "an empty storage has size " + storage.size());
    t.check(Trial.download(storage).length == 0, "an empty storage has contents");
    Part none = t.tame(DType.F32, Shape.of(0), LayoutKind.DENSE);
    t.check(none.layout().numel() == 0, "not empty");
  }

  private static void tooMuch(Trial t) {
    boolean refused = false;
    try {
      t.device.allocate(DType.F64, 1L << 50);
    } catch (DeviceException e) {
      refused = true;
    }
    t.check(refused, "2^50 elements of f64 raise no DeviceException");
  }
}
