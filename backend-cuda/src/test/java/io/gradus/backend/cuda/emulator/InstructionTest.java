package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.OneInstruction.doubles;
import static io.gradus.backend.cuda.emulator.OneInstruction.floats;
import static io.gradus.backend.cuda.emulator.OneInstruction.ints;
import static io.gradus.backend.cuda.emulator.OneInstruction.longs;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each instruction against Java's own arithmetic, bit for bit, on special and random numbers. */
class InstructionTest {
  @TestFactory
  Stream<DynamicTest> wholeNumbersOf32Bits() {
    return Stream.of(
        ints("add.s32", 2, (a, b, c) -> a + b),
        ints("sub.u32", 2, (a, b, c) -> a - b),
        ints(
            "add.sat.s32",
            2,
            (a, b, c) -> (int) Math.clamp((long) a + b, -1L << 31, (1L << 31) - 1)),
        ints("mul.lo.s32", 2, (a, b, c) -> a * b),
        ints("mul.hi.s32", 2, (a, b, c) -> (int) ((long) a * b >> 32)),
        ints("mul.hi.u32", 2, (a, b, c) -> (int) ((a & 0xffffffffL) * (b & 0xffffffffL) >>> 32)),
        ints("mad.lo.s32", 3, (a, b, c) -> a * b + c),
        ints(
            "mad.hi.u32", 3, (a, b, c) -> (int) ((a & 0xffffffffL) * (b & 0xffffffffL) >>> 32) + c),
        ints("div.s32", 2, (a, b, c) -> b == 0 ? -1 : a / b),
        ints("rem.u32", 2, (a, b, c) -> b == 0 ? a : Integer.remainderUnsigned(a, b)),
        ints("min.s32", 2, (a, b, c) -> Math.min(a, b)),
        ints("max.u32", 2, (a, b, c) -> Integer.compareUnsigned(a, b) > 0 ? a : b),
        ints("abs.s32", 1, (a, b, c) -> Math.abs(a)),
        ints("and.b32", 2, (a, b, c) -> a & b),
        ints("xor.b32", 2, (a, b, c) -> a ^ b),
        ints("not.b32", 1, (a, b, c) -> ~a),
        ints("shl.b32", 2, (a, b, c) -> Integer.compareUnsigned(b, 31) > 0 ? 0 : a << b),
        ints("shr.s32", 2, (a, b, c) -> Integer.compareUnsigned(b, 31) > 0 ? a >> 31 : a >> b),
        ints("shr.u32", 2, (a, b, c) -> Integer.compareUnsigned(b, 31) > 0 ? 0 : a >>> b),
        ints(
            "shf.l.wrap.b32",
            3,
            (a, b, c) -> (c & 31) == 0 ? b : b << (c & 31) | a >>> 32 - (c & 31)),
        ints(
            "shf.r.clamp.b32",
            3,
            (a, b, c) ->
                Integer.compareUnsigned(c, 31) > 0 ? b : c == 0 ? a : a >>> c | b << 32 - c),
        ints("lop3.b32 xor3", "lop3.b32 %x0, %x1, %x2, %x3, 0x96;", (a, b, c) -> a ^ b ^ c),
        ints("lop3.b32 choose", "lop3.b32 %x0, %x1, %x2, %x3, 0xCA;", (a, b, c) -> a & b | ~a & c),
        ints("popc.b32", 1, (a, b, c) -> Integer.bitCount(a)),
        ints("clz.b32", 1, (a, b, c) -> Integer.numberOfLeadingZeros(a)),
        ints("brev.b32", 1, (a, b, c) -> Integer.reverse(a)),
        ints("bfind.u32", 1, (a, b, c) -> 31 - Integer.numberOfLeadingZeros(a)),
        ints(
            "bfe.s32",
            "and.b32 %x2, %x2, 15; bfe.s32 %x0, %x1, %x2, 9;",
            (a, b, c) -> a >> (b & 15) << 23 >> 23),
        ints(
            "bfi.b32",
            "bfi.b32 %x0, %x1, %x2, 8, 12;",
            (a, b, c) -> b & ~0xfff00 | (a & 0xfff) << 8),
        ints("prmt.b32", "prmt.b32 %x0, %x1, %x2, 0x0123;", (a, b, c) -> Integer.reverseBytes(a)),
        ints(
            "selp.b32",
            "setp.lt.u32 %p1, %x1, %x2; selp.b32 %x0, %x2, %x3, %p1;",
            (a, b, c) -> Integer.compareUnsigned(a, b) < 0 ? b : c),
        ints(
            "setp.and",
            "setp.gt.s32 %p1, %x2, 5; setp.lt.and.s32 %p1|%p2, %x1, %x2, %p1; selp.b32 %x0, 1, 0,"
                + " %p1; @%p2 add.s32 %x0, %x0, 2;",
            (a, b, c) -> b > 5 ? (a < b ? 1 : 2) : 0),
        ints(
            "add.cc",
            "add.cc.u32 %x0, %x1, %x2; addc.u32 %x0, %x3, 0;",
            (a, b, c) -> c + (Integer.compareUnsigned(a + b, a) < 0 ? 1 : 0)),
        ints(
            "mov.b32 of halves",
            "{ .reg .b16 %h<3>; mov.b32 {%h1, %h2}, %x1; add.s16 %h1, %h1, %h2;"
                + " mov.b32 %x0, {%h2, %h1}; }",
            (a, b, c) -> (a & 0xffff) + (a >>> 16) << 16 | a >>> 16));
  }

  @TestFactory
  Stream<DynamicTest> floatingPointOf32Bits() {
    return Stream.of(
        floats("add.rn.f32", 2, (a, b, c) -> a + b),
        floats("sub.f32", 2, (a, b, c) -> a - b),
        floats("mul.rn.f32", 2, (a, b, c) -> a * b),
        floats("fma.rn.f32", 3, Math::fma),
        floats("div.rn.f32", 2, (a, b, c) -> a / b),
        floats("rcp.rn.f32", 1, (a, b, c) -> 1 / a),
        floats("sqrt.rn.f32", 1, (a, b, c) -> (float) Math.sqrt(a)),
        floats("min.f32", 2, (a, b, c) -> Float.isNaN(a) ? b : Float.isNaN(b) ? a : Math.min(a, b)),
        floats("max.NaN.f32", 2, (a, b, c) -> Math.max(a, b)),
        floats("copysign.f32", 2, (a, b, c) -> Math.copySign(b, a)),
        floats(
            "add.ftz.f32", 2, (a, b, c) -> FloatOps.flush(FloatOps.flush(a) + FloatOps.flush(b))),
        floats("add.sat.f32", 2, (a, b, c) -> a + b > 0 ? Math.min(a + b, 1) : 0),
        floats("add.rz.f32", 2, (a, b, c) -> directed(a, b, 0)),
        floats("add.rm.f32", 2, (a, b, c) -> directed(a, b, -1)),
        floats("add.rp.f32", 2, (a, b, c) -> directed(a, b, 1)),
        floats("cvt.rni.f32.f32", 1, (a, b, c) -> (float) Math.rint(a)),
        floats("cvt.rmi.f32.f32", 1, (a, b, c) -> (float) Math.floor(a)),
        ints("cvt.rzi.s32.f32", 1, (a, b, c) -> (int) Float.intBitsToFloat(a)),
        ints(
            "cvt.rni.u32.f32",
            1,
            (a, b, c) ->
                (int)
                    (long) Math.clamp(Math.rint((double) Float.intBitsToFloat(a)), 0, 0xffffffffL)),
        ints("cvt.rn.f32.s32", 1, (a, b, c) -> Float.floatToRawIntBits((float) a)),
        ints("cvt.rn.f32.u32", 1, (a, b, c) -> Float.floatToRawIntBits((float) (a & 0xffffffffL))),
        ints(
            "cvt.rn.f16.f32",
            "{ .reg .b16 %h; cvt.rn.f16.f32 %h, %x1; cvt.u32.u16 %x0, %h; }",
            (a, b, c) -> half(Float.intBitsToFloat(a))),
        ints(
            "cvt.f32.f16",
            "{ .reg .b16 %h; cvt.u16.u32 %h, %x1; cvt.f32.f16 %x0, %h; }",
            (a, b, c) -> FloatOps.bits(Float.float16ToFloat((short) a))),
        ints(
            "cvt.rn.bf16.f32",
            "{ .reg .b16 %h; cvt.rn.bf16.f32 %h, %x1; cvt.u32.u16 %x0, %h; }",
            (a, b, c) ->
                Float.isNaN(Float.intBitsToFloat(a)) ? 0x7fff : a + 0x7fff + (a >>> 16 & 1) >>> 16),
        ints(
            "cvt.rn.f16x2.f32",
            "cvt.rn.f16x2.f32 %x0, %x1, %x2;",
            (a, b, c) -> half(Float.intBitsToFloat(a)) << 16 | half(Float.intBitsToFloat(b))),
        ints(
            "set.leu",
            "setp.leu.f32 %p1, %x1, %x2; selp.u32 %x0, 1, 0, %p1;",
            (a, b, c) -> Float.intBitsToFloat(a) > Float.intBitsToFloat(b) ? 0 : 1),
        ints(
            "setp.num",
            "setp.num.f32 %p1, %x1, %x2; selp.u32 %x0, 1, 0, %p1;",
            (a, b, c) ->
                Float.isNaN(Float.intBitsToFloat(a)) || Float.isNaN(Float.intBitsToFloat(b))
                    ? 0
                    : 1));
  }

  private static int half(float x) {
    return Float.isNaN(x) ? 0x7fff : Float.floatToFloat16(x) & 0xffff;
  }

  /** The sum rounded in a direction, by way of the exact sum in double where that is exact. */
  private static float directed(float a, float b, int direction) {
    float near = a + b;
    if (!Float.isFinite(a) || !Float.isFinite(b)) {
      return near;
    }
    java.math.BigDecimal exact = new java.math.BigDecimal(a).add(new java.math.BigDecimal(b));
    if (exact.signum() == 0) {
      return direction < 0 && (a != 0 || 1 / a != 1 / b) ? -0f : near;
    }
    float finite = Math.clamp(near, -Float.MAX_VALUE, Float.MAX_VALUE);
    int side = exact.compareTo(new java.math.BigDecimal(finite));
    boolean up = direction > 0 || direction == 0 && exact.signum() < 0;
    return near != finite && side * near > 0
        ? (up == near > 0 ? near : finite)
        : side < 0 && !up ? Math.nextDown(near) : side > 0 && up ? Math.nextUp(near) : near;
  }

  @TestFactory
  Stream<DynamicTest> numbersOf64Bits() {
    return Stream.of(
        longs("add.s64", 2, (a, b, c) -> a + b),
        longs("mul.lo.s64", 2, (a, b, c) -> a * b),
        longs("mul.hi.u64", 2, (a, b, c) -> Math.unsignedMultiplyHigh(a, b)),
        longs("mad.lo.s64", 3, (a, b, c) -> a * b + c),
        longs("div.s64", 2, (a, b, c) -> b == 0 ? -1 : a / b),
        longs("rem.u64", 2, (a, b, c) -> b == 0 ? a : Long.remainderUnsigned(a, b)),
        longs(
            "shl.b64",
            "cvt.u32.u64 %r1, %x2; shl.b64 %x0, %x1, %r1;",
            (a, b, c) -> Integer.compareUnsigned((int) b, 63) > 0 ? 0 : a << (int) b),
        longs(
            "mul.wide.s32",
            "cvt.u32.u64 %r1, %x1; cvt.u32.u64 %r2, %x2; mul.wide.s32 %x0, %r1, %r2;",
            (a, b, c) -> (long) (int) a * (int) b),
        longs(
            "clz.b64",
            "clz.b64 %r1, %x1; cvt.u64.u32 %x0, %r1;",
            (a, b, c) -> Long.numberOfLeadingZeros(a)),
        longs(
            "setp.lt.s64",
            "setp.lt.s64 %p1, %x1, %x2; selp.b64 %x0, %x1, %x3, %p1;",
            (a, b, c) -> a < b ? a : c),
        doubles("add.rn.f64", 2, (a, b, c) -> a + b),
        doubles("mul.f64", 2, (a, b, c) -> a * b),
        doubles("fma.rn.f64", 3, Math::fma),
        doubles("div.rn.f64", 2, (a, b, c) -> a / b),
        doubles("sqrt.rn.f64", 1, (a, b, c) -> Math.sqrt(a)),
        doubles(
            "max.f64", 2, (a, b, c) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b)),
        longs(
            "cvt.rzi.s64.f64",
            1,
            (a, b, c) ->
                Double.isNaN(Double.longBitsToDouble(a))
                    ? Long.MIN_VALUE
                    : (long) Double.longBitsToDouble(a)),
        longs("cvt.rn.f64.s64", 1, (a, b, c) -> Double.doubleToRawLongBits((double) a)),
        longs(
            "cvt.rn.f32.f64",
            "{ .reg .f32 %f; cvt.rn.f32.f64 %f, %x1; cvt.f64.f32 %x0, %f;"
                + " testp.number.f32 %p1, %f; @!%p1 mov.u64 %x0, 0; }",
            (a, b, c) ->
                Double.isNaN(Double.longBitsToDouble(a))
                    ? 0
                    : Double.doubleToRawLongBits((float) Double.longBitsToDouble(a))));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotPtxIsRefused() {
    Map<String, String> bad = new TreeMap<>();
    bad.put("unknown instruction", "frobnicate.s32 %x0, %x1;");
    bad.put("unknown register", "add.s32 %x0, %x1, %y1;");
    bad.put("register of another size", "add.s64 %x0, %x1, %x2;");
    bad.put("missing operand", "add.s32 %x0, %x1;");
    bad.put("unknown label", "bra nowhere;");
    return bad.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      String message =
                          org.junit.jupiter.api.Assertions.assertThrows(
                                  PtxException.class,
                                  () ->
                                      OneInstruction.rig(e.getValue(), ".b32", 4)
                                          .run("test", 1, 1, 0L, 0L, 0L, 0L))
                              .getMessage();
                      org.junit.jupiter.api.Assertions.assertTrue(
                          message.startsWith("line "), message);
                    }));
  }
}
