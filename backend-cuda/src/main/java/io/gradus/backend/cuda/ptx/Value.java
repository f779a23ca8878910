package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.ComputeType;

/** A register or a literal, as it stands in an instruction. */
record Value(RegisterType type, String text) {
  static Value of(int number) {
    return new Value(RegisterType.B32, Integer.toString(number));
  }

  static Value of(long number) {
    return new Value(
        RegisterType.B64,
        number == (int) number ? Long.toString(number) : "0x" + Long.toHexString(number));
  }

  static Value of(float number) {
    return new Value(RegisterType.F32, "0f%08X".formatted(Float.floatToRawIntBits(number)));
  }

  static Value of(double number) {
    return new Value(RegisterType.F64, "0d%016X".formatted(Double.doubleToRawLongBits(number)));
  }

  /** A whole number in a type. */
  static Value of(ComputeType type, long number) {
    return switch (type) {
      case F32 -> of((float) number);
      case F64 -> of((double) number);
      case I32 -> of((int) number);
      case I64 -> of(number);
    };
  }

  boolean isRegister() {
    return text.startsWith("%");
  }

  @Override
  public String toString() {
    return text;
  }
}
