package io.gradus.backend.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.DynamicTest;

/** Tests of one instruction each: on special and random numbers, beside a function of Java's. */
final class OneInstruction {
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

  private OneInstruction() {}

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

  static Rig rig(String instruction, String type, int bytes) {
    return Rig.of(kernel(instruction, type, bytes));
  }

  static DynamicTest ints(String name, int operands, Ints f) {
    return ints(name, call(name, operands), f);
  }

  static DynamicTest ints(String name, String code, Ints f) {
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

  static DynamicTest floats(String name, int operands, Floats f) {
    return ints(
        name,
        call(name, operands),
        (a, b, c) -> {
          float x =
              f.apply(Float.intBitsToFloat(a), Float.intBitsToFloat(b), Float.intBitsToFloat(c));
          return Float.isNaN(x) ? FloatOps.NAN : Float.floatToRawIntBits(x);
        });
  }

  static DynamicTest longs(String name, int operands, Longs f) {
    return longs(name, call(name, operands), f);
  }

  static DynamicTest longs(String name, String code, Longs f) {
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

  static DynamicTest doubles(String name, int operands, Doubles f) {
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
}
