package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.kernel.ScalarOp;

/** Whole-number operations in 32 or 64 bits. */
final class IntegerCode {
  private final PtxCode code;
  private final RegisterType type;
  private final int width;

  IntegerCode(PtxCode code, RegisterType type) {
    this.code = code;
    this.type = type;
    this.width = 8 * type.bytes;
  }

  private Value number(long value) {
    return type == RegisterType.B32 ? Value.of((int) value) : Value.of(value);
  }

  private Value op(String instruction, Value... arguments) {
    return code.op(type, instruction + width, arguments);
  }

  private Value pred(String instruction, Value a, Value b) {
    return code.pred(instruction + width, a, b);
  }

  Value apply(ScalarOp op, Value a, Value b) {
    return switch (op) {
      case ADD -> op("add.s", a, b);
      case SUB -> op("sub.s", a, b);
      case MUL -> op("mul.lo.s", a, b);
      case NEG -> op("neg.s", a);
      case ABS -> op("abs.s", a);
      case SIGN -> sign(a);
      case MIN -> op("min.s", a, b);
      case MAX -> op("max.s", a, b);
      case FMOD -> op("rem.s", a, code.select(isTrivial(b), number(1), b));
      case IDIV -> divide(a, b);
      case POW -> power(a, b);
      case AND -> op("and.b", a, b);
      case OR -> op("or.b", a, b);
      case XOR -> op("xor.b", a, b);
      case NOT -> op("not.b", a);
      case SHL -> op("shl.b", a, amount(b));
      case SHR -> op("shr.s", a, amount(b));
      case USHR -> op("shr.u", a, amount(b));
      case DIV,
          FMA,
          SQRT,
          FLOOR,
          CEIL,
          ROUND,
          TRUNC,
          FMIN,
          FMAX,
          COPYSIGN,
          NEXTAFTER,
          EQ,
          NE,
          LT,
          LE,
          GT,
          GE,
          WHERE,
          TO_BITS,
          FROM_BITS,
          PHILOX,
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
          I1E ->
          throw new IllegalStateException(op + " is not an instruction in " + type);
    };
  }

  private Value sign(Value a) {
    Value low = op("max.s", a, number(-1));
    return op("min.s", low, number(1));
  }

  /** Whether a divisor is -1 or 0: where the quotient overflows, or is not asked for. */
  private Value isTrivial(Value b) {
    return pred("setp.le.u", op("add.s", b, number(1)), number(1));
  }

  private Value divide(Value a, Value b) {
    Value trivial = isTrivial(b);
    Value quotient = op("div.s", a, code.select(trivial, number(1), b));
    return code.select(trivial, op("neg.s", a), quotient);
  }

  /** The instruction takes 32 bits, without sign, and treats all from the width on as the width. */
  private Value amount(Value b) {
    return type == RegisterType.B32
        ? b
        : code.op(RegisterType.B32, "cvt.u32.u64", op("min.u", b, number(64)));
  }

  /** Square and multiply; a negative exponent counts only for 1 and -1. */
  private Value power(Value base, Value exponent) {
    Value negative = pred("setp.lt.s", exponent, number(0));
    Value unit = pred("setp.le.u", op("add.s", base, number(1)), number(2));
    Value zero = pred("setp.eq.s", base, number(0));
    Value odd = op("and.b", exponent, number(1));
    // 1 and -1 repeat with the exponent's parity, everything else vanishes.
    Value isOdd = pred("setp.ne.s", odd, number(0));
    Value inverse = code.select(isOdd, base, number(1));
    inverse = code.select(unit, inverse, number(0));
    inverse = code.select(zero, number(0), inverse);

    Value result = code.copy(number(1));
    Value square = code.copy(base);
    Value rest = code.copy(code.select(negative, number(0), exponent));
    PtxCode.Label loop = code.label();
    PtxCode.Label done = code.label();
    code.place(loop);
    code.jumpIf(pred("setp.eq.s", rest, number(0)), done);
    Value bit = op("and.b", rest, number(1));
    Value factor = code.select(pred("setp.ne.s", bit, number(0)), square, number(1));
    code.into(result, "mul.lo.s" + width, result, factor);
    code.into(square, "mul.lo.s" + width, square, square);
    code.into(rest, "shr.u" + width, rest, Value.of(1));
    code.jump(loop);
    code.place(done);
    return code.select(negative, inverse, result);
  }
}
