package io.gradus.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.backend.BackendProvider;
import io.gradus.tensor.backend.Backends;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.DeviceException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CpuDeviceTest {
  private static final Device CPU = Device.cpu();

  @Test
  @DisplayName("S11.1 the CPU is found on the class path and is always available")
  void found() {
    assertEquals("cpu", CPU.name());
    assertTrue(CPU instanceof CpuDevice);
    assertTrue(Backends.available().contains("cpu"));
    assertTrue(new CpuBackendProvider().probe() instanceof BackendProvider.Probe.Available);
  }

  @Test
  @DisplayName("S13 more elements than an array can hold are refused with the limit")
  void tooMany() {
    for (long n : new long[] {Integer.MAX_VALUE - 1, Integer.MAX_VALUE, 1L << 31, 1L << 40}) {
      DeviceException e = assertThrows(DeviceException.class, () -> CPU.allocate(DType.U8, n));
      assertTrue(e.getMessage().contains("at most 2^31-3 = 2147483645 elements"), e.getMessage());
      assertTrue(e.getMessage().contains("got " + n), e.getMessage());
    }
  }

  @Test
  @DisplayName("S13 memory that is not there is refused with the sizes, and nothing is leaked")
  void outOfMemory() {
    // No heap of a test holds 16 GiB in one array.
    DeviceException e =
        assertThrows(DeviceException.class, () -> CPU.allocate(DType.F64, Integer.MAX_VALUE - 2));
    assertTrue(e.getMessage().contains("out of memory"), e.getMessage());
    assertTrue(e.getMessage().contains("17179869160 bytes"), e.getMessage());
    assertEquals(10, CPU.allocate(DType.F64, 10).size());
  }

  @Test
  @DisplayName("elements from an offset on fill an array of their type without a segment")
  void downloadInto() {
    Storage storage = CPU.allocate(DType.F32, 5);
    CPU.upload(MemorySegment.ofArray(new float[] {1, 2, 3, 4, 5}), storage, 0);
    float[] some = new float[3];
    assertTrue(CPU.downloadInto(storage, 1, some));
    assertArrayEquals(new float[] {2, 3, 4}, some);
  }

  @Test
  @DisplayName("every dtype goes to the device and back, at an offset, from heap and native memory")
  void roundTrip() {
    for (DType dtype : DType.values()) {
      byte[] bytes = new byte[24 * dtype.byteSize()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = dtype == DType.BOOL ? (byte) (i & 1) : (byte) (i * 7);
      }
      Storage s = CPU.allocate(dtype, 40);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment from = arena.allocate(bytes.length, 8);
        MemorySegment.copy(bytes, 0, from, ValueLayout.JAVA_BYTE, 0, bytes.length);
        CPU.upload(from, s, 9);
      }
      byte[] back = new byte[bytes.length];
      CPU.download(s, 9, MemorySegment.ofArray(back));
      assertArrayEquals(bytes, back, dtype.toString());
    }
  }

  @Test
  @DisplayName("S1.2 a wrapped array is shared in both directions")
  void wrap() {
    float[] array = {1, 2, 3};
    Storage s = CPU.wrap(DType.F32, MemorySegment.ofArray(array));
    assertEquals(3, s.size());
    assertSame(array, ((CpuStorage) s).array());
    array[1] = 9;
    assertEquals(9, CPU.memory(s).getAtIndex(ValueLayout.JAVA_FLOAT, 1));
    CPU.memory(s).setAtIndex(ValueLayout.JAVA_FLOAT, 2, 5);
    assertEquals(5, array[2]);
    s.release();
    assertSame(array, ((CpuStorage) s).array());
  }

  @Test
  @DisplayName("S1.2 only a whole writable array of the element type can be shared")
  void wrapRefuses() {
    MemorySegment floats = MemorySegment.ofArray(new float[8]);
    assertThrows(DeviceException.class, () -> CPU.wrap(DType.I32, floats));
    assertThrows(DeviceException.class, () -> CPU.wrap(DType.F32, floats.asSlice(4)));
    assertThrows(DeviceException.class, () -> CPU.wrap(DType.F32, floats.asReadOnly()));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment offHeap = arena.allocate(32, 8);
      assertThrows(DeviceException.class, () -> CPU.wrap(DType.F32, offHeap));
    }
  }

  @Test
  @DisplayName("the shared memory of a storage is as long as the storage, also when it is recycled")
  void memoryLength() {
    Storage s = CPU.allocate(DType.F32, 200_001);
    assertEquals(800_004, CPU.memory(s).byteSize());
    Object array = ((CpuStorage) s).array();
    s.release(); // a hint that may not be followed: the user has the array
    assertSame(array, ((CpuStorage) s).array());
  }

  @Test
  @DisplayName("the use of a released storage is noticed")
  void released() {
    Storage s = CPU.allocate(DType.F32, 200_001);
    s.release();
    s.release();
    BackendException e = assertThrows(BackendException.class, () -> CPU.memory(s));
    assertTrue(e.getMessage().contains("released"), e.getMessage());
  }
}
