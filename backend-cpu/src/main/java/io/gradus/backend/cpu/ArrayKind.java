package io.gradus.backend.cpu;

import io.gradus.tensor.dtype.DType;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;

/** The primitive arrays in which elements lie. */
enum ArrayKind {
  FLOAT(4),
  DOUBLE(8),
  INT(4),
  LONG(8),
  SHORT(2),
  BYTE(1);

  final int bytes;

  ArrayKind(int bytes) {
    this.bytes = bytes;
  }

  static ArrayKind of(DType dtype) {
    return switch (dtype) {
      case F32 -> FLOAT;
      case F64 -> DOUBLE;
      case I32 -> INT;
      case I64 -> LONG;
      case F16, BF16, I16 -> SHORT;
      case U8, I8, BOOL -> BYTE;
    };
  }

  /** An array of any contents, see {@link FreshArrays}. */
  Object allocate(int length) {
    return switch (this) {
      case FLOAT -> FreshArrays.floats(length);
      case DOUBLE -> FreshArrays.doubles(length);
      case INT -> FreshArrays.ints(length);
      case LONG -> FreshArrays.longs(length);
      case SHORT -> FreshArrays.shorts(length);
      case BYTE -> FreshArrays.bytes(length);
    };
  }

  boolean holds(Object array) {
    return switch (this) {
      case FLOAT -> array instanceof float[];
      case DOUBLE -> array instanceof double[];
      case INT -> array instanceof int[];
      case LONG -> array instanceof long[];
      case SHORT -> array instanceof short[];
      case BYTE -> array instanceof byte[];
    };
  }

  long byteLength(Object array) {
    return (long) Array.getLength(array) * bytes;
  }

  MemorySegment segment(Object array) {
    return switch (this) {
      case FLOAT -> MemorySegment.ofArray((float[]) array);
      case DOUBLE -> MemorySegment.ofArray((double[]) array);
      case INT -> MemorySegment.ofArray((int[]) array);
      case LONG -> MemorySegment.ofArray((long[]) array);
      case SHORT -> MemorySegment.ofArray((short[]) array);
      case BYTE -> MemorySegment.ofArray((byte[]) array);
    };
  }
}
