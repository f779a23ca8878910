package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import java.util.List;

/** Whole-number arithmetic for positions, in 32 bits where all of them fit and else in 64. */
final class IndexMath {
  private final PtxCode code;
  private final boolean wide;

  IndexMath(PtxCode code, boolean wide) {
    this.code = code;
    this.wide = wide;
  }

  RegisterType type() {
    return wide ? RegisterType.B64 : RegisterType.B32;
  }

  /** A position as the kernel's argument. */
  static Argument argument(boolean wide, long value) {
    return wide ? new Argument.I64(value) : new Argument.I32((int) value);
  }

  Value parameter() {
    return code.parameter(type());
  }

  Value number(long value) {
    return wide ? Value.of(value) : Value.of((int) value);
  }

  /** Widens (without sign) what is 32 bits wide. */
  Value of(Value narrow) {
    return wide ? code.op(RegisterType.B64, "cvt.u64.u32", narrow) : narrow;
  }

  Value add(Value a, Value b) {
    return code.op(type(), wide ? "add.s64" : "add.s32", a, b);
  }

  Value sub(Value a, Value b) {
    return code.op(type(), wide ? "sub.s64" : "sub.s32", a, b);
  }

  Value mul(Value a, Value b) {
    return code.op(type(), wide ? "mul.lo.s64" : "mul.lo.s32", a, b);
  }

  Value mulAdd(Value a, Value b, Value c) {
    return code.op(type(), wide ? "mad.lo.s64" : "mad.lo.s32", a, b, c);
  }

  Value min(Value a, Value b) {
    return code.op(type(), wide ? "min.u64" : "min.u32", a, b);
  }

  void addTo(Value a, Value b) {
    code.into(a, wide ? "add.s64" : "add.s32", a, b);
  }

  /** Whether a &lt; b, both taken as unsigned. */
  Value less(Value a, Value b) {
    return code.pred(wide ? "setp.lt.u64" : "setp.lt.u32", a, b);
  }

  Value atLeast(Value a, Value b) {
    return code.pred(wide ? "setp.ge.u64" : "setp.ge.u32", a, b);
  }

  /** As a signed 64-bit number. */
  Value toI64(Value index) {
    return wide ? index : code.op(RegisterType.B64, "cvt.u64.u32", index);
  }

  /** The address of an element. */
  Value element(Value base, Value index, int bytes) {
    return wide
        ? code.op(RegisterType.B64, "mad.lo.s64", index, Value.of((long) bytes), base)
        : code.op(RegisterType.B64, "mad.wide.u32", index, Value.of(bytes), base);
  }

  /** A number to divide by, given as arguments. */
  record Divisor(Value size, Value magic, Value shift) {}

  record Division(Value quotient, Value rest) {}

  Divisor divisor() {
    Value size = parameter();
    return wide
        ? new Divisor(size, size, size)
        : new Divisor(size, code.parameter(RegisterType.B32), code.parameter(RegisterType.B32));
  }

  /**
   * The arguments of a {@link #divisor}: in 32 bits with the multiplier of T. Granlund and P. L.
   * Montgomery, "Division by invariant integers using multiplication", PLDI 1994.
   */
  static void arguments(List<Argument> to, boolean wide, long size) {
    to.add(argument(wide, size));
    if (!wide) {
      int shift = size <= 1 ? 0 : 64 - Long.numberOfLeadingZeros(size - 1);
      long magic = size == 0 ? 0 : (((1L << shift) - size << 32) / size) + 1;
      to.add(new Argument.I32((int) magic));
      to.add(new Argument.I32(shift));
    }
  }

  Division divide(Value a, Divisor by) {
    Value quotient;
    if (wide) {
      quotient = code.op(RegisterType.B64, "div.u64", a, by.size());
    } else {
      Value high = code.op(RegisterType.B32, "mul.hi.u32", a, by.magic());
      Value sum = code.op(RegisterType.B32, "add.s32", high, a);
      quotient = code.op(RegisterType.B32, "shr.u32", sum, by.shift());
    }
    return new Division(quotient, sub(a, mul(quotient, by.size())));
  }

  /** The number of the thread among all of the launch's first dimension. */
  Value globalThread() {
    return mulAdd(of(special("%ctaid.x")), of(special("%ntid.x")), of(special("%tid.x")));
  }

  /** How many threads the launch has in its first dimension. */
  Value allThreads() {
    return mul(of(special("%nctaid.x")), of(special("%ntid.x")));
  }

  private Value special(String name) {
    return special(code, name);
  }

  static Value special(PtxCode code, String name) {
    return code.op(RegisterType.B32, "mov.u32", new Value(RegisterType.B32, name));
  }
}
