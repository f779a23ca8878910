package io.gradus.backend.cuda.ptx;

/** {@link io.gradus.tensor.kernel.Philox}: ten rounds of two products. */
final class PhiloxCode {
  private static final int M0 = 0xD2511F53;
  private static final int M1 = 0xCD9E8D57;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;

  private final PtxCode code;

  PhiloxCode(PtxCode code) {
    this.code = code;
  }

  private Value op(String instruction, Value... arguments) {
    return code.op(RegisterType.B32, instruction, arguments);
  }

  private Value low(Value wide) {
    return op("cvt.u32.u64", wide);
  }

  private Value high(Value wide) {
    return low(code.op(RegisterType.B64, "shr.u64", wide, Value.of(32)));
  }

  Value word(Value index, Value seed, Value stream) {
    Value counter = code.op(RegisterType.B64, "shr.u64", index, Value.of(2));
    Value c0 = low(counter);
    Value c1 = high(counter);
    Value c2 = low(stream);
    Value c3 = high(stream);
    Value k0 = low(seed);
    Value k1 = high(seed);
    for (int round = 0; round < 10; round++) {
      Value h0 = op("mul.hi.u32", c0, Value.of(M0));
      Value h1 = op("mul.hi.u32", c2, Value.of(M1));
      Value l0 = op("mul.lo.s32", c0, Value.of(M0));
      Value l1 = op("mul.lo.s32", c2, Value.of(M1));
      c0 = op("xor.b32", op("xor.b32", h1, c1), k0);
      c2 = op("xor.b32", op("xor.b32", h0, c3), k1);
      c1 = l1;
      c3 = l0;
      k0 = op("add.s32", k0, Value.of(W0));
      k1 = op("add.s32", k1, Value.of(W1));
    }
    Value number = low(index);
    Value odd = code.pred("setp.ne.s32", op("and.b32", number, Value.of(1)), Value.of(0));
    Value late = code.pred("setp.ne.s32", op("and.b32", number, Value.of(2)), Value.of(0));
    Value early = code.select(odd, c1, c0);
    return code.select(late, code.select(odd, c3, c2), early);
  }
}
