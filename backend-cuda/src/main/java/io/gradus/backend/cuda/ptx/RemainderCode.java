package io.gradus.backend.cuda.ptx;

/**
 * The exact floating remainder with the sign of the dividend.
 *
 * <p>Quotients below 2^52 need one step: the truncated quotient is at most one too large, and the
 * fused rest is exact. Larger ones are worked off 52 bits at a time with the divisor scaled up.
 */
final class RemainderCode {
  private final PtxCode code;

  RemainderCode(PtxCode code) {
    this.code = code;
  }

  private Value op(String instruction, Value... arguments) {
    return code.op(RegisterType.F64, instruction, arguments);
  }

  private Value whole(String instruction, Value... arguments) {
    return code.op(RegisterType.B64, instruction, arguments);
  }

  Value remainder(RegisterType type, Value a, Value b) {
    if (type == RegisterType.F32) {
      // The rest of two f32 numbers is one too.
      Value wide = remainder(op("cvt.f64.f32", a), op("cvt.f64.f32", b));
      return code.op(RegisterType.F32, "cvt.rn.f32.f64", wide);
    }
    return remainder(a, b);
  }

  private Value remainder(Value a, Value b) {
    Value rest = code.copy(op("abs.f64", a));
    Value divisor = op("abs.f64", b);
    Value finite = code.pred("setp.lt.f64", rest, Value.of(Double.POSITIVE_INFINITY));
    Value proper = code.pred("setp.gt.f64", divisor, Value.of(0.0));
    Value defined = code.op(RegisterType.PRED, "and.pred", finite, proper);
    Value exponent = exponent(divisor);
    PtxCode.Label loop = code.label();
    PtxCode.Label done = code.label();
    code.jumpUnless(defined, done);
    code.place(loop);
    code.jumpUnless(code.pred("setp.ge.f64", rest, divisor), done);
    Value distance = whole("sub.s64", exponent(rest), exponent);
    Value shift = whole("max.s64", whole("sub.s64", distance, Value.of(50L)), Value.of(0L));
    // The shift can exceed the exponents that there are.
    Value quarter = whole("shr.s64", shift, Value.of(2));
    Value power = powerOfTwo(quarter);
    Value scaled = op("mul.rn.f64", divisor, power);
    scaled = op("mul.rn.f64", scaled, power);
    scaled = op("mul.rn.f64", scaled, power);
    Value most = whole("mul.lo.s64", quarter, Value.of(3L));
    scaled = op("mul.rn.f64", scaled, powerOfTwo(whole("sub.s64", shift, most)));
    Value quotient = op("cvt.rzi.f64.f64", op("div.rn.f64", rest, scaled));
    code.into(rest, "fma.rn.f64", op("neg.f64", quotient), scaled, rest);
    Value negative = code.pred("setp.lt.f64", rest, Value.of(0.0));
    Value corrected = op("add.rn.f64", rest, scaled);
    code.move(rest, code.select(negative, corrected, rest));
    code.jump(loop);
    code.place(done);
    Value bits = whole("and.b64", whole("mov.b64", a), Value.of(Long.MIN_VALUE));
    Value signed = op("mov.b64", whole("or.b64", whole("mov.b64", rest), bits));
    return code.select(defined, signed, Value.of(Double.NaN));
  }

  /** The binary exponent of a positive number, also of a subnormal one. */
  private Value exponent(Value a) {
    Value small = code.pred("setp.lt.f64", a, Value.of(Double.MIN_NORMAL));
    Value normal = code.select(small, op("mul.rn.f64", a, Value.of(0x1p54)), a);
    Value biased = whole("shr.u64", whole("mov.b64", normal), Value.of(52));
    return whole("sub.s64", biased, code.select(small, Value.of(54L), Value.of(0L)));
  }

  private Value powerOfTwo(Value exponent) {
    Value biased = whole("add.s64", exponent, Value.of(1023L));
    return op("mov.b64", whole("shl.b64", biased, Value.of(52)));
  }
}
