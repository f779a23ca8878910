package io.gradus.tck.reference;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.EncodedScalars;
import io.gradus.tensor.kernel.Operand;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Elements as encoded numbers of their compute type, see {@link EncodedScalars#apply}.
 *
 * <p>Fresh memory is filled with a pattern, so that reading what was never written shows.
 */
final class ReferenceStorage extends Storage {
  final long[] values;

  ReferenceStorage(Device device, DType dtype, int size) {
    super(device, dtype, size);
    values = new long[size];
    long junk = EncodedScalars.cast(dtype, ComputeType.F64, Double.doubleToRawLongBits(-77));
    java.util.Arrays.fill(values, junk);
  }

  static long get(Operand o, long linear) {
    return ((ReferenceStorage) o.storage()).values[Math.toIntExact(o.layout().at(linear))];
  }

  /** Stores a number of the operand's compute type, rounded or wrapped to its dtype. */
  static void set(Operand o, long linear, long value) {
    ((ReferenceStorage) o.storage()).values[Math.toIntExact(o.layout().at(linear))] =
        EncodedScalars.cast(o.dtype(), o.dtype().compute(), value);
  }

  void read(MemorySegment from, long offset) {
    int n = (int) (from.byteSize() / dtype().byteSize());
    for (int i = 0; i < n; i++) {
      values[(int) offset + i] = decode(from, i);
    }
  }

  void write(MemorySegment to, long offset) {
    int n = (int) (to.byteSize() / dtype().byteSize());
    for (int i = 0; i < n; i++) {
      encode(to, i, values[(int) offset + i]);
    }
  }

  private long decode(MemorySegment m, int i) {
    return switch (dtype()) {
      case F32, I32 -> m.get(ValueLayout.JAVA_INT_UNALIGNED, 4L * i);
      case F64, I64 -> m.get(ValueLayout.JAVA_LONG_UNALIGNED, 8L * i);
      case F16 ->
          Float.floatToRawIntBits(
              Float.float16ToFloat(m.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i)));
      case BF16 ->
          Float.floatToRawIntBits(
              BFloat16.toFloat(m.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i)));
      case I16 -> m.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i);
      case U8 -> m.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      case I8 -> m.get(ValueLayout.JAVA_BYTE, i);
      case BOOL -> m.get(ValueLayout.JAVA_BYTE, i) != 0 ? 1 : 0;
    };
  }

  private void encode(MemorySegment m, int i, long value) {
    switch (dtype()) {
      case F32, I32 -> m.set(ValueLayout.JAVA_INT_UNALIGNED, 4L * i, (int) value);
      case F64, I64 -> m.set(ValueLayout.JAVA_LONG_UNALIGNED, 8L * i, value);
      case F16 ->
          m.set(
              ValueLayout.JAVA_SHORT_UNALIGNED,
              2L * i,
              Float.floatToFloat16(Float.intBitsToFloat((int) value)));
      case BF16 ->
          m.set(
              ValueLayout.JAVA_SHORT_UNALIGNED,
              2L * i,
              BFloat16.fromFloat(Float.intBitsToFloat((int) value)));
      case I16 -> m.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i, (short) value);
      case U8, I8, BOOL -> m.set(ValueLayout.JAVA_BYTE, i, (byte) value);
    }
  }
}
