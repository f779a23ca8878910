package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.kernel.ScalarOp;

/** Floating operations as explicitly rounded instructions; subnormal numbers are kept. */
final class FloatCode {
  private final PtxCode code;
  private final RegisterType type;
  private final String suffix;

  FloatCode(PtxCode code, RegisterType type) {
    this.code = code;
    this.type = type;
    this.suffix = "." + type.name;
  }

  private Value number(double value) {
    return type == RegisterType.F32 ? Value.of((float) value) : Value.of(value);
  }

  Value apply(ScalarOp op, Value a, Value b, Value c) {
    return switch (op) {
      case ADD -> code.op(type, "add.rn" + suffix, a, b);
      case SUB -> code.op(type, "sub.rn" + suffix, a, b);
      case MUL -> code.op(type, "mul.rn" + suffix, a, b);
      case DIV -> code.op(type, "div.rn" + suffix, a, b);
      case FMA -> code.op(type, "fma.rn" + suffix, a, b, c);
      case SQRT -> code.op(type, "sqrt.rn" + suffix, a);
      case NEG -> code.op(type, "neg" + suffix, a);
      case ABS -> code.op(type, "abs" + suffix, a);
      case SIGN -> sign(a);
      case MIN -> nanIfAny(code.op(type, "min" + suffix, a, b), a, b);
      case MAX -> nanIfAny(code.op(type, "max" + suffix, a, b), a, b);
      case FMIN -> code.op(type, "min" + suffix, a, b);
      case FMAX -> code.op(type, "max" + suffix, a, b);
      case FLOOR -> code.op(type, "cvt.rmi" + suffix + suffix, a);
      case CEIL -> code.op(type, "cvt.rpi" + suffix + suffix, a);
      case ROUND -> code.op(type, "cvt.rni" + suffix + suffix, a);
      case TRUNC -> code.op(type, "cvt.rzi" + suffix + suffix, a);
      case COPYSIGN -> copySign(a, b);
      case NEXTAFTER -> nextAfter(a, b);
      case FMOD -> new RemainderCode(code).remainder(type, a, b);
      case POW,
          EXP,
          EXPM1,
          EXP2,
          LOG,
          LOG1P,
          LOG2,
          LOG10,
          RSQRT,
          SIN,
          COS,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          ATAN2,
          SINH,
          COSH,
          TANH,
          ASINH,
          ACOSH,
          ATANH,
          SIGMOID,
          ERF,
          ERFC,
          ERFINV,
          LGAMMA,
          DIGAMMA,
          POLYGAMMA,
          I0,
          I0E,
          I1,
          I1E,
          IDIV,
          AND,
          OR,
          XOR,
          NOT,
          SHL,
          SHR,
          USHR,
          EQ,
          NE,
          LT,
          LE,
          GT,
          GE,
          WHERE,
          TO_BITS,
          FROM_BITS,
          PHILOX ->
          throw new IllegalStateException(op + " is not an instruction in " + type);
    };
  }

  private Value nanIfAny(Value result, Value a, Value b) {
    Value nan = code.pred("setp.nan" + suffix, a, b);
    return code.select(nan, number(Double.NaN), result);
  }

  private Value sign(Value a) {
    Value size = code.op(type, "abs" + suffix, a);
    Value nonzero = code.pred("setp.gt" + suffix, size, number(0));
    return code.select(nonzero, copySign(number(1), a), a);
  }

  private RegisterType bitsType() {
    return type == RegisterType.F32 ? RegisterType.B32 : RegisterType.B64;
  }

  private Value bits(Value a) {
    return code.op(bitsType(), "mov." + bitsType().name, a);
  }

  private Value fromBits(Value bits) {
    return code.op(type, "mov." + bitsType().name, bits);
  }

  private Value mask(long f64, int f32) {
    return type == RegisterType.F32 ? Value.of(f32) : Value.of(f64);
  }

  private Value bitwise(String op, Value a, Value b) {
    return code.op(bitsType(), op + "." + bitsType().name, a, b);
  }

  private Value copySign(Value size, Value sign) {
    Value magnitude = bitwise("and", bits(size), mask(Long.MAX_VALUE, Integer.MAX_VALUE));
    Value signBit = bitwise("and", bits(sign), mask(Long.MIN_VALUE, Integer.MIN_VALUE));
    return fromBits(bitwise("or", magnitude, signBit));
  }

  /** Steps the bits by one, which is what neighbours differ by; 0 has two of them. */
  private Value nextAfter(Value a, Value b) {
    String integer = type == RegisterType.F32 ? ".s32" : ".s64";
    Value up = code.pred("setp.gt" + suffix, b, a);
    Value positive = code.pred("setp.gt" + suffix, a, number(0));
    Value away = code.op(RegisterType.PRED, "xor.pred", up, positive);
    Value step = code.select(away, mask(-1, -1), mask(1, 1));
    Value stepped = code.op(bitsType(), "add" + integer, bits(a), step);
    Value smallest = code.select(up, mask(1, 1), mask(Long.MIN_VALUE + 1, Integer.MIN_VALUE + 1));
    Value zero = code.pred("setp.eq" + suffix, a, number(0));
    Value next = fromBits(code.select(zero, smallest, stepped));
    Value equal = code.pred("setp.eq" + suffix, a, b);
    return nanIfAny(code.select(equal, b, next), a, b);
  }
}
