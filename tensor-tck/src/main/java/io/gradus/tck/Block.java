package io.gradus.tck;

import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The contents of one storage on the host, as numbers encoded in the compute type of the dtype
 * ({@code floatToRawIntBits}, {@code doubleToRawLongBits} or the whole number).
 */
final class Block {
  final DType dtype;
  final long[] values;

  Block(DType dtype, long[] values) {
    this.dtype = dtype;
    this.values = values;
  }

  MemorySegment toMemory() {
    MemorySegment memory = memory(dtype, values.length);
    for (int i = 0; i < values.length; i++) {
      set(memory, dtype, i, values[i]);
    }
    return memory;
  }

  static MemorySegment memory(DType dtype, int elements) {
    return switch (dtype) {
      case F32 -> MemorySegment.ofArray(new float[elements]);
      case F64 -> MemorySegment.ofArray(new double[elements]);
      case F16, BF16, I16 -> MemorySegment.ofArray(new short[elements]);
      case U8, I8, BOOL -> MemorySegment.ofArray(new byte[elements]);
      case I32 -> MemorySegment.ofArray(new int[elements]);
      case I64 -> MemorySegment.ofArray(new long[elements]);
    };
  }

  static long[] read(DType dtype, MemorySegment memory) {
    long[] values = new long[(int) (memory.byteSize() / dtype.byteSize())];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(memory, dtype, i);
    }
    return values;
  }

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.nativeOrder());

  private static long get(MemorySegment m, DType dtype, int i) {
    return switch (dtype) {
      case F32, I32 -> m.get(ValueLayout.JAVA_INT_UNALIGNED, 4L * i);
      case F64, I64 -> m.get(ValueLayout.JAVA_LONG_UNALIGNED, 8L * i);
      case F16 -> Float.floatToRawIntBits(Float.float16ToFloat(m.get(SHORT, 2L * i)));
      case BF16 -> Float.floatToRawIntBits(BFloat16.toFloat(m.get(SHORT, 2L * i)));
      case I16 -> m.get(SHORT, 2L * i);
      case U8 -> m.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      // A bool byte other than 0 and 1 is a fault that must show.
      case I8, BOOL -> m.get(ValueLayout.JAVA_BYTE, i);
    };
  }

  private static void set(MemorySegment m, DType dtype, int i, long value) {
    switch (dtype) {
      case F32, I32 -> m.set(ValueLayout.JAVA_INT_UNALIGNED, 4L * i, (int) value);
      case F64, I64 -> m.set(ValueLayout.JAVA_LONG_UNALIGNED, 8L * i, value);
      case F16 -> m.set(SHORT, 2L * i, Float.floatToFloat16(Float.intBitsToFloat((int) value)));
      case BF16 -> m.set(SHORT, 2L * i, BFloat16.fromFloat(Float.intBitsToFloat((int) value)));
      case I16 -> m.set(SHORT, 2L * i, (short) value);
      case U8, I8, BOOL -> m.set(ValueLayout.JAVA_BYTE, i, (byte) value);
    }
  }
}
