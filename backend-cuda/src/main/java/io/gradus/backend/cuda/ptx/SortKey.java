package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;

/**
 * Elements as numbers without sign in the order in which they are to be: NaN above everything, -0
 * and +0 equal.
 */
record SortKey(DType dtype, boolean descending) {
  RegisterType register() {
    return dtype.compute().dtype().byteSize() == 4 ? RegisterType.B32 : RegisterType.B64;
  }

  /** The lowest of the bits in which keys differ. */
  int firstBit() {
    return switch (dtype) {
      case F16 -> 13;
      case BF16 -> 16;
      case F32, F64, U8, I8, I16, I32, I64, BOOL -> 0;
    };
  }

  /** Above the highest of the bits that decide between any two keys. */
  int endBit() {
    return switch (dtype) {
      case U8, I8, BOOL -> 8;
      case I16 -> 16;
      case F16, BF16, F32, I32 -> 32;
      case F64, I64 -> 64;
    };
  }

  /** What makes a signed number one without sign, as a whole and in its lowest bits. */
  private Value signs() {
    return switch (dtype) {
      case I8 -> Value.of(0x8000_0080);
      case I16 -> Value.of(0x8000_8000);
      case F16, BF16, F32, F64, U8, I32, I64, BOOL -> mask(Long.MIN_VALUE);
    };
  }

  /** The whole number that an ascending key was made of. */
  Value whole(PtxCode code, Value key) {
    return code.op(register(), "xor." + register().name, key, signs());
  }

  private Value mask(long wide) {
    return register() == RegisterType.B32 ? Value.of((int) (wide >> 32)) : Value.of(wide);
  }

  /** What stands behind everything, but for its position. */
  Value last() {
    return mask(-1);
  }

  Value of(PtxCode code, Value element) {
    ComputeType type = dtype.compute();
    RegisterType key = register();
    String bits = key.name;
    Value ascending;
    if (type.isFloating()) {
      String floating = type == ComputeType.F32 ? "f32" : "f64";
      Value raw = code.op(key, "mov." + bits, element);
      Value zero = type == ComputeType.F32 ? Value.of(0f) : Value.of(0.0);
      Value isZero = code.pred("setp.eq." + floating, element, zero);
      raw = code.select(isZero, mask(0), raw);
      String signed = key == RegisterType.B32 ? "s32" : "s64";
      Value negative = code.pred("setp.lt." + signed, raw, mask(0));
      Value below = code.op(key, "not." + bits, raw);
      Value above = code.op(key, "xor." + bits, raw, mask(Long.MIN_VALUE));
      Value nan = code.pred("setp.nan." + floating, element, element);
      ascending = code.select(nan, mask(-1), code.select(negative, below, above));
    } else {
      ascending = code.op(key, "xor." + bits, element, signs());
    }
    return descending ? code.op(key, "not." + bits, ascending) : ascending;
  }

  /** A comparison of keys. */
  Value compare(PtxCode code, String order, Value a, Value b) {
    String type = register() == RegisterType.B32 ? "u32" : "u64";
    return code.pred("setp." + order + "." + type, a, b);
  }

  void load(PtxCode code, String space, Value to, Value address) {
    code.line("ld." + space + "." + register().name + " " + to + ", [" + address + "]");
  }

  void store(PtxCode code, String space, Value address, Value key) {
    code.line("st." + space + "." + register().name + " [" + address + "], " + key);
  }
}
