package io.gradus.backend.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each instruction against Java's own arithmetic, bit for bit, on special and random numbers. */
class InstructionTest {
  private static final int[] SPECIAL = {
    0,
    1,
    -1,
    2,
    31,
    32,
    33,
    255,
    256,
    0x7fff,
    0x8000,
    0xffff,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0x3f800000,
    0xbf800000,
    0x7f800000,
    0xff800000,
    0x7fc00000,
    0x00000001,
    0x007fffff,
    0x00800000,
    0x7f7fffff,
    0x4b000000,
    0x4f000000,
    0xcf000000,
    0x3f000000,
    0x40200000
  };
  private static final int N = 2048;

  /** Of three integers. */
  interface Ints {
    int apply(int a, int b, int c);
  }

  /** Of three floats. */
  interface Floats {
    float apply(float a, float b, float c);
  }

  /** Of three longs. */
  interface Longs {
    long apply(long a, long b, long c);
  }

  /** Of three doubles. */
  interface Doubles {
    double apply(double a, double b, double c);
  }

  private static int[] inputs(long seed) {
    Random random = new Random(seed);
    int[] all = new int[N];
    for (int i = 0; i < N; i++) {
      int pick = random.nextInt(3);
      all[i] =
          pick == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : pick == 1
                  ? random.nextInt()
                  : Float.floatToRawIntBits((float) random.nextGaussian() * 10);
    }
    return all;
  }

  private static long[] wideInputs(long seed) {
    Random random = new Random(seed);
    long[] all = new long[N];
    int[] narrow = inputs(seed);
    for (int i = 0; i < N; i++) {
      all[i] =
          switch (random.nextInt(4)) {
            case 0 -> narrow[i];
            case 1 -> Double.doubleToRawLongBits(Float.intBitsToFloat(narrow[i]));
            case 2 -> Double.doubleToRawLongBits(random.nextGaussian() * 100);
            default -> random.nextLong();
          };
    }
    return all;
  }

  /** A kernel that applies one instruction to element i of three arrays. */
  private static String kernel(String instruction, String type, int bytes) {
    return """
    .visible .entry test(.param .u64 pa, .param .u64 pb, .param .u64 pc, .param .u64 po) {
      .reg .b64 %%a<8>; .reg .b32 %%r<8>; .reg %1$s %%x<8>; .reg .pred %%p<3>;
      ld.param.u64 %%a0, [pa]; ld.param.u64 %%a1, [pb];
      ld.param.u64 %%a2, [pc]; ld.param.u64 %%a3, [po];
      mov.u32 %%r1, %%ctaid.x; mov.u32 %%r2, %%ntid.x; mov.u32 %%r3, %%tid.x;
      mad.lo.s32 %%r1, %%r1, %%r2, %%r3; mul.wide.u32 %%a4, %%r1, %2$d;
      add.s64 %%a0, %%a0, %%a4; add.s64 %%a1, %%a1, %%a4;
      add.s64 %%a2, %%a2, %%a4; add.s64 %%a3, %%a3, %%a4;
      ld.global%1$s %%x1, [%%a0]; ld.global%1$s %%x2, [%%a1]; ld.global%1$s %%x3, [%%a2];
      %3$s
      st.global%1$s [%%a3], %%x0;
      ret;
    }
    """
        .formatted(type, bytes, instruction);
  }

  private static String call(String instruction, int operands) {
    StringBuilder text = new StringBuilder(instruction + " %x0");
    for (int i = 1; i <= operands; i++) {
      text.append(", %x").append(i);
    }
    return text + ";";
  }

  private static Rig rig(String instruction, String type, int bytes) {
    return Rig.of(kernel(instruction, type, bytes));
  }

  private static DynamicTest ints(String name, int operands, Ints f) {
    return ints(name, call(name, operands), f);
  }

  private static DynamicTest ints(String name, String code, Ints f) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          int[] a = inputs(1);
          int[] b = inputs(2);
          int[] c = inputs(3);
          Rig rig = rig(code, ".b32", 4);
          long out = rig.empty(4 * N);
          rig.run("test", N / 128, 128, rig.put(a), rig.put(b), rig.put(c), out);
          int[] got = rig.ints(out, N);
          for (int i = 0; i < N; i++) {
            int at = i;
            assertEquals(
                Integer.toHexString(f.apply(a[i], b[i], c[i])),
                Integer.toHexString(got[i]),
                () -> "of %x, %x, %x".formatted(a[at], b[at], c[at]));
          }
        });
  }

  private static DynamicTest floats(String name, int operands, Floats f) {
    return ints(
        name,
        call(name, operands),
        (a, b, c) -> {
          float x =
              f.apply(Float.intBitsToFloat(a), Float.intBitsToFloat(b), Float.intBitsToFloat(c));
          return Float.isNaN(x) ? FloatOps.NAN : Float.floatToRawIntBits(x);
        });
  }

  private static DynamicTest longs(String name, int operands, Longs f) {
    return longs(name, call(name, operands), f);
  }

  private static DynamicTest longs(String name, String code, Longs f) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          long[] a = wideInputs(1);
          long[] b = wideInputs(2);
          long[] c = wideInputs(3);
          Rig rig = rig(code, ".b64", 8);
          long out = rig.empty(8 * N);
          rig.run("test", N / 64, 64, rig.put(a), rig.put(b), rig.put(c), out);
          long[] got = rig.longs(out, N);
          for (int i = 0; i < N; i++) {
            int at = i;
            assertEquals(
                Long.toHexString(f.apply(a[i], b[i], c[i])),
                Long.toHexString(got[i]),
                () -> "of %x, %x, %x".formatted(a[at], b[at], c[at]));
          }
        });
  }

  private static DynamicTest doubles(String name, int operands, Doubles f) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          long[] a = wideInputs(1);
          long[] b = wideInputs(2);
          long[] c = wideInputs(3);
          Rig rig = rig(call(name, operands), ".b64", 8);
          long out = rig.empty(8 * N);
          rig.run("test", N / 64, 64, rig.put(a), rig.put(b), rig.put(c), out);
          double[] got = rig.doubles(out, N);
          for (int i = 0; i < N; i++) {
            double want =
                f.apply(
                    Double.longBitsToDouble(a[i]),
                    Double.longBitsToDouble(b[i]),
                    Double.longBitsToDouble(c[i]));
            assertEquals(want, got[i], "of " + Double.longBitsToDouble(a[i]));
          }
        });
  }

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
                                      rig(e.getValue(), ".b32", 4)
                                          .run("test", 1, 1, 0L, 0L, 0L, 0L))
                              .getMessage();
                      org.junit.jupiter.api.Assertions.assertTrue(
                          message.startsWith("line "), message);
                    }));
  }
}
