package io.gradus.backend.cuda.emulator;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fundamental types of PTX. */
enum PtxType {
  B8(1),
  B16(2),
  B32(4),
  B64(8),
  B128(16),
  U8(1),
  U16(2),
  U32(4),
  U64(8),
  S8(1),
  S16(2),
  S32(4),
  S64(8),
  F16(2),
  F16X2(4),
  BF16(2),
  BF16X2(4),
  TF32(4),
  F32(4),
  F64(8),
  PRED(0);

  private static final Map<String, PtxType> BY_NAME = new HashMap<>();

  static {
    for (PtxType t : values()) {
      BY_NAME.put(t.name().toLowerCase(java.util.Locale.ROOT), t);
    }
  }

  /** How many bytes a value takes in memory. */
  final int bytes;

  PtxType(int bytes) {
    this.bytes = bytes;
  }

  /** The type of that name, without its dot. */
  static PtxType of(String name) {
    PtxType found = BY_NAME.get(name);
    if (found == null) {
      throw new PtxException("no such type: ." + name);
    }
    return found;
  }

  /** The type of that name, or null if the word is another modifier. */
  static @Nullable PtxType orNull(String name) {
    return BY_NAME.get(name);
  }

  boolean isSigned() {
    return this == S8 || this == S16 || this == S32 || this == S64;
  }

  boolean isFloat() {
    return switch (this) {
      case F16, F16X2, BF16, BF16X2, TF32, F32, F64 -> true;
      case B8, B16, B32, B64, B128, U8, U16, U32, U64, S8, S16, S32, S64, PRED -> false;
    };
  }

  /** Whether registers of this type live in the file of 64-bit values. */
  boolean isWide() {
    return bytes == 8;
  }

  /** An integer's low bits as a number of this type. */
  int extend(int x) {
    return switch (this) {
      case U8, B8 -> x & 0xff;
      case S8 -> (byte) x;
      case U16, B16, F16, BF16 -> x & 0xffff;
      case S16 -> (short) x;
      default -> x;
    };
  }
}
