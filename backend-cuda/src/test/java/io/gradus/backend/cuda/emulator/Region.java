package io.gradus.backend.cuda.emulator;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A contiguous piece of memory that kernels may touch, and which of its bytes have been written.
 *
 * <p>Offsets are checked by whoever gives them.
 */
final class Region {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  final long base;
  final String name;
  final int device;

  /** What is there; null for memory of the host that the device may reach. */
  private final byte @Nullable [] data;

  /** -1 for a byte that has been written, else 0. */
  private final byte[] written;

  /** How many bytes; 0 once it has been freed, so that nothing lies inside any more. */
  int size;

  private Region(
      long base, int size, String name, int device, byte @Nullable [] data, byte[] written) {
    this.base = base;
    this.size = size;
    this.name = name;
    this.device = device;
    this.data = data;
    this.written = written;
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** Memory of a device; what it holds at first is arbitrary. */
  static Region onDevice(long base, int size, String name, int device) {
    byte[] data = new byte[size];
    Arrays.fill(data, (byte) 0xCB);
    return new Region(base, size, name, device, data, new byte[size]);
  }

  /** Page-locked memory of the host, which counts as written. */
  static Region onHost(long base, int size, String name) {
    return new Region(base, size, name, -1, null, new byte[0]);
  }

  boolean isHost() {
    return data == null;
  }

  boolean contains(long address, long bytes) {
    long offset = address - base;
    return offset >= 0 && offset <= size - bytes;
  }

  int getByte(int at) {
    return data == null ? ALL.get(ValueLayout.JAVA_BYTE, base + at) : data[at];
  }

  int getShort(int at) {
    return data == null
        ? ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, base + at)
        : (short) SHORT.get(data, at);
  }

  int getInt(int at) {
    return data == null
        ? ALL.get(ValueLayout.JAVA_INT_UNALIGNED, base + at)
        : (int) INT.get(data, at);
  }

  long getLong(int at) {
    return data == null
        ? ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, base + at)
        : (long) LONG.get(data, at);
  }

  void putByte(int at, int value) {
    if (data == null) {
      ALL.set(ValueLayout.JAVA_BYTE, base + at, (byte) value);
    } else {
      data[at] = (byte) value;
      written[at] = -1;
    }
  }

  void putShort(int at, int value) {
    if (data == null) {
      ALL.set(ValueLayout.JAVA_SHORT_UNALIGNED, base + at, (short) value);
    } else {
      SHORT.set(data, at, (short) value);
      SHORT.set(written, at, (short) -1);
    }
  }

  void putInt(int at, int value) {
    if (data == null) {
      ALL.set(ValueLayout.JAVA_INT_UNALIGNED, base + at, value);
    } else {
      INT.set(data, at, value);
      INT.set(written, at, -1);
    }
  }

  void putLong(int at, long value) {
    if (data == null) {
      ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, base + at, value);
    } else {
      LONG.set(data, at, value);
      LONG.set(written, at, -1L);
    }
  }

  /** Whether all of 1, 2, 4 or 8 bytes have been written. */
  boolean isWritten(int at, int bytes) {
    if (data == null) {
      return true;
    }
    return switch (bytes) {
      case 1 -> written[at] != 0;
      case 2 -> (short) SHORT.get(written, at) == -1;
      case 4 -> (int) INT.get(written, at) == -1;
      default -> (long) LONG.get(written, at) == -1L;
    };
  }

  /** Copies from memory of the host. */
  void copyFrom(MemorySegment source, int at) {
    int n = (int) source.byteSize();
    MemorySegment.copy(source, 0, segment(), at, n);
    if (data != null) {
      Arrays.fill(written, at, at + n, (byte) -1);
    }
  }

  /** Copies to memory of the host. */
  void copyTo(int at, MemorySegment target) {
    MemorySegment.copy(segment(), at, target, 0, target.byteSize());
  }

  /** Copies within or between regions; what was not written stays so. */
  void copyFrom(Region source, int from, int to, int bytes) {
    MemorySegment.copy(source.segment(), from, segment(), to, bytes);
    if (data != null) {
      if (source.data == null) {
        Arrays.fill(written, to, to + bytes, (byte) -1);
      } else {
        System.arraycopy(source.written, from, written, to, bytes);
      }
    }
  }

  /** Repeats a value of 1, 2 or 4 bytes. */
  void fill(int at, int value, int width, int count) {
    for (int i = 0; i < count; i++) {
      switch (width) {
        case 1 -> putByte(at + i, value);
        case 2 -> putShort(at + 2 * i, value);
        default -> putInt(at + 4 * i, value);
      }
    }
  }

  private MemorySegment segment() {
    return data == null
        ? MemorySegment.ofAddress(base).reinterpret(size)
        : MemorySegment.ofArray(data);
  }
}
