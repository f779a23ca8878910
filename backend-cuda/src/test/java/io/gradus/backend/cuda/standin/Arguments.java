package io.gradus.backend.cuda.standin;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The arguments of a call of the driver, and what they point to. */
record Arguments(MemorySegment all) {
  private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  static final int MOST = 12;

  long asLong(int i) {
    return all.getAtIndex(ValueLayout.JAVA_LONG, i);
  }

  int asInt(int i) {
    return (int) asLong(i);
  }

  /** Writes a 64-bit result to where an argument points. */
  void putLong(int i, long value) {
    MEMORY.set(ValueLayout.JAVA_LONG_UNALIGNED, notNull(i), value);
  }

  /** Writes a 64-bit result to where an argument points, if it points anywhere. */
  void putLongIfAsked(int i, long value) {
    if (asLong(i) != 0) {
      putLong(i, value);
    }
  }

  void putInt(int i, int value) {
    MEMORY.set(ValueLayout.JAVA_INT_UNALIGNED, notNull(i), value);
  }

  void putFloat(int i, float value) {
    putInt(i, Float.floatToRawIntBits(value));
  }

  /** Writes a string of at most so many bytes, its zero included. */
  void putString(int i, String text, int most) {
    for (int k = 0; k < most; k++) {
      byte b = k < text.length() && k < most - 1 ? (byte) text.charAt(k) : 0;
      MEMORY.set(ValueLayout.JAVA_BYTE, notNull(i) + k, b);
    }
  }

  /** The string that an argument points to. */
  String string(int i) {
    return stringAt(notNull(i));
  }

  static String stringAt(long address) {
    return MEMORY.getString(address);
  }

  static long longAt(long address) {
    return MEMORY.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
  }

  static int intAt(long address) {
    return MEMORY.get(ValueLayout.JAVA_INT_UNALIGNED, address);
  }

  /** Memory of the host. */
  static MemorySegment host(long address, long bytes) {
    return MEMORY.asSlice(address, bytes);
  }

  private long notNull(int i) {
    long address = asLong(i);
    if (address == 0) {
      throw CudaResult.ERROR_INVALID_VALUE.error();
    }
    return address;
  }
}
