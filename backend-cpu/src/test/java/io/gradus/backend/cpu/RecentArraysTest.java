package io.gradus.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecentArraysTest {
  private static final int N = 20_000;

  private static CpuStorage allocate(DType dtype, int n) {
    return (CpuStorage) Device.cpu().allocate(dtype, n);
  }

  @Test
  @DisplayName("a released array goes to the next storage of its kind that needs most of it")
  void reuse() {
    CpuStorage a = allocate(DType.F32, N);
    Object array = a.array();
    a.release();
    a.release(); // again: must not be handed out twice
    assertNotSame(array, allocate(DType.I32, N).array());
    assertNotSame(array, allocate(DType.F32, N + 1).array());
    assertNotSame(array, allocate(DType.F32, N / 2).array());
    assertSame(array, allocate(DType.F32, N - N / 10).array());
    assertNotSame(array, allocate(DType.F32, N).array());
  }

  @Test
  @DisplayName("the array released last is the first to be used again")
  void newestFirst() {
    CpuStorage a = allocate(DType.F64, N);
    CpuStorage b = allocate(DType.F64, N);
    Object first = a.array();
    Object second = b.array();
    a.release();
    b.release();
    assertSame(second, allocate(DType.F64, N).array());
    assertSame(first, allocate(DType.F64, N).array());
  }

  @Test
  @DisplayName("after many other releases an array is left to the garbage collector")
  void few() {
    CpuStorage a = allocate(DType.I64, N);
    Object array = a.array();
    a.release();
    CpuStorage[] others = new CpuStorage[100];
    for (int i = 0; i < others.length; i++) {
      others[i] = allocate(DType.I32, N);
    }
    for (CpuStorage s : others) {
      s.release();
    }
    assertNotSame(array, allocate(DType.I64, N).array());
  }

  @Test
  @DisplayName("a thread keeps two megabytes at most, those released last")
  void budget() {
    int n = 120_000; // 480 KB, just smaller than what the pool takes
    CpuStorage[] all = new CpuStorage[10];
    for (int i = 0; i < all.length; i++) {
      all[i] = allocate(DType.F32, n);
    }
    Object last = all[9].array();
    for (CpuStorage s : all) {
      s.release();
    }
    int kept = RecentArrays.bytes();
    assertTrue(kept > RecentArrays.MAX_BYTES / 2 && kept <= RecentArrays.MAX_BYTES, kept + " B");
    assertSame(last, allocate(DType.F32, n).array());
    assertEquals(kept - 4 * n, RecentArrays.bytes());
  }

  @Test
  @DisplayName("virtual threads keep nothing")
  void virtual() throws InterruptedException {
    int[] kept = {-1};
    boolean[] again = {true};
    Thread t =
        Thread.startVirtualThread(
            () -> {
              CpuStorage a = allocate(DType.F32, N);
              Object array = a.array();
              a.release();
              kept[0] = RecentArrays.bytes();
              again[0] = allocate(DType.F32, N).array() == array;
            });
    t.join();
    assertEquals(0, kept[0]);
    assertFalse(again[0]);
  }

  @Test
  @DisplayName("what a thread keeps goes before an allocation fails")
  void soft() {
    CpuStorage a = allocate(DType.F32, N);
    a.release();
    assertTrue(RecentArrays.bytes() > 0);
    // No heap of a test holds 16 GiB: the JVM clears all that is held softly before it gives up.
    Object[] one = new Object[1];
    assertThrows(OutOfMemoryError.class, () -> one[0] = new long[Integer.MAX_VALUE - 2]);
    assertEquals(0, RecentArrays.bytes());
  }

  @Test
  @DisplayName("another thread does not get it")
  void ownThread() throws InterruptedException {
    CpuStorage a = allocate(DType.F32, N);
    Object array = a.array();
    a.release();
    Object[] other = new Object[1];
    Thread t = new Thread(() -> other[0] = allocate(DType.F32, N).array());
    t.start();
    t.join();
    assertNotSame(array, other[0]);
    assertSame(array, allocate(DType.F32, N).array());
  }

  @Test
  @DisplayName("S1.2 an array that the user has stays the user's, released or not")
  void exposed() {
    CpuStorage a = allocate(DType.F32, N);
    Object array = a.array();
    a.expose();
    a.release();
    assertSame(array, a.array());
    assertNotSame(array, allocate(DType.F32, N).array());
    float[] mine = new float[N];
    CpuStorage wrapped = (CpuStorage) Device.cpu().wrap(DType.F32, MemorySegment.ofArray(mine));
    wrapped.release();
    assertSame(mine, wrapped.array());
  }

  @Test
  @DisplayName("a released storage cannot be read, however small")
  void released() {
    CpuStorage a = allocate(DType.BOOL, 1);
    a.release();
    assertThrows(BackendException.class, a::array);
  }
}
