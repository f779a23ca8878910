package io.gradus.backend.cpu.hot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HotLoopTest {
  private static final ComputeType F32 = ComputeType.F32;
  private static final Expr X = Expr.input(0, F32);
  private static final Expr Y = Expr.input(1, F32);
  private static final Expr Z = Expr.input(2, F32);
  private static final Device CPU = Device.cpu();
  private static final long[] NUMBERS = {Params.of(0.75), Params.of(-3.5)};
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    100f,
    -100f,
    0.6f,
    0.925f
  };

  @BeforeEach
  void onlyWithVectors() {
    assumeTrue(Lanes.isVector(), "NOT RUN: loops are made of vectors, and this JVM has none");
  }

  private static Operand operand(float[] values) {
    return new Operand(
        CPU.wrap(DType.F32, MemorySegment.ofArray(values)),
        DType.F32,
        Layout.of(Shape.of(values.length)));
  }

  private static float[] numbers(int n, int seed) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] =
          random.nextInt(8) == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : (float) random.nextGaussian() * (1 << random.nextInt(4));
    }
    return x;
  }

  private static HotLoop hot(List<Expr> outputs) {
    HotLoop hot = HotLoop.of(outputs, 3, 2);
    assertNotNull(hot);
    return hot;
  }

  /** Runs a program as tiles and as a loop, on lengths that fill vectors and that do not. */
  private static void same(List<Expr> outputs) {
    HotLoop hot = hot(outputs);
    assertTrue(hot.compileNow(), outputs.toString());
    Program program = Program.of(List.of(F32, F32, F32), outputs);
    for (int n : new int[] {1, LoopClass.LANES, 3 * LoopClass.LANES + 5, 9_001}) {
      Operand[] in = {operand(numbers(n, 1)), operand(numbers(n, 2)), operand(numbers(n, 3))};
      float[][] expected = new float[outputs.size()][n];
      float[][] actual = new float[outputs.size()][n];
      CPU.run(new Kernel.Elementwise(program, in, operands(expected), NUMBERS));
      assertTrue(hot.run(in, operands(actual), NUMBERS, 4096));
      for (int j = 0; j < expected.length; j++) {
        for (int i = 0; i < n; i++) {
          int at = i;
          assertEquals(
              bits(expected[j][i]), bits(actual[j][i]), () -> outputs + " at " + at + " of " + n);
        }
      }
    }
  }

  /** All NaNs are one. */
  private static int bits(float x) {
    return Float.floatToIntBits(x);
  }

  private static Operand[] operands(float[][] arrays) {
    Operand[] operands = new Operand[arrays.length];
    for (int j = 0; j < operands.length; j++) {
      operands[j] = operand(arrays[j]);
    }
    return operands;
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalarOp.class,
      names = {
        "NEG", "ABS", "SQRT", "SIGN", "EXP", "EXPM1", "EXP2", "LOG", "LOG1P", "LOG2", "LOG10",
        "TANH", "SIGMOID", "ERF", "RSQRT"
      })
  @DisplayName("functions of one number have the bits of tiles")
  void unary(ScalarOp op) {
    same(List.of(Expr.of(ScalarOp.ADD, Expr.of(op, X), Y)));
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalarOp.class,
      names = {"ADD", "SUB", "MUL", "DIV", "MIN", "MAX", "COPYSIGN"})
  @DisplayName("functions of two numbers have the bits of tiles, the second a number or not")
  void binary(ScalarOp op) {
    same(List.of(Expr.of(op, Expr.of(op, X, Y), Expr.constant(F32, -1.25))));
    same(List.of(Expr.of(ScalarOp.NEG, Expr.of(op, X, Expr.param(1, F32)))));
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalarOp.class,
      names = {"EQ", "NE", "LT", "LE", "GT", "GE"})
  @DisplayName("comparisons choose as in tiles, alone, in pairs and as numbers")
  void comparisons(ScalarOp op) {
    Expr a = Expr.of(op, X, Y);
    Expr b = Expr.of(op, Y, Expr.constant(F32, 0.0));
    same(List.of(Expr.where(a, X, Z)));
    same(List.of(Expr.where(Expr.of(ScalarOp.AND, a, b), X, Z)));
    same(List.of(Expr.where(Expr.of(ScalarOp.OR, a, b), Expr.param(0, F32), Z)));
    same(List.of(Expr.where(Expr.of(ScalarOp.ADD, a, b), X, Z)));
    same(List.of(Expr.where(Expr.of(ScalarOp.XOR, a, b), X, Z)));
  }

  @Test
  @DisplayName("bits of numbers are moved and masked as in tiles")
  void bits() {
    Expr bits = Expr.of(ScalarOp.TO_BITS, X);
    Expr mask = Expr.constant(ComputeType.I32, 0x7fff0000L);
    Expr by = Expr.constant(ComputeType.I32, 3L);
    for (ScalarOp shift : List.of(ScalarOp.SHL, ScalarOp.SHR, ScalarOp.USHR)) {
      same(List.of(Expr.of(ScalarOp.FROM_BITS, Expr.of(shift, bits, by))));
    }
    Expr kept = Expr.of(ScalarOp.AND, Expr.of(ScalarOp.NOT, bits), mask);
    same(List.of(Expr.of(ScalarOp.FROM_BITS, Expr.of(ScalarOp.OR, kept, by))));
    same(List.of(Expr.of(ScalarOp.FROM_BITS, Expr.of(ScalarOp.SUB, bits, mask))));
  }

  @Test
  @DisplayName("random expressions of many operations and several results have the bits of tiles")
  void random() {
    Random random = new Random(7);
    for (int round = 0; round < 40; round++) {
      List<Expr> pool = new ArrayList<>(List.of(X, Y, Z, Expr.param(0, F32), Expr.param(1, F32)));
      for (int k = 0; k < 12; k++) {
        pool.add(node(random, pool));
      }
      same(List.of(pool.get(pool.size() - 1), pool.get(pool.size() - 4)));
    }
  }

  private static Expr node(Random random, List<Expr> pool) {
    Expr a = pool.get(random.nextInt(pool.size()));
    Expr b = pool.get(random.nextInt(pool.size()));
    Expr c = pool.get(random.nextInt(pool.size()));
    return switch (random.nextInt(10)) {
      case 0 -> Expr.of(ScalarOp.ADD, a, b);
      case 1 -> Expr.of(ScalarOp.SUB, a, b);
      case 2 -> Expr.of(ScalarOp.MUL, a, b);
      case 3 -> Expr.of(ScalarOp.DIV, a, b);
      case 4 -> Expr.of(ScalarOp.FMA, a, b, c);
      case 5 -> Expr.where(Expr.of(ScalarOp.LT, a, b), c, a);
      case 6 -> Expr.of(ScalarOp.TANH, a);
      case 7 -> Expr.of(ScalarOp.ABS, a);
      case 8 -> Expr.of(ScalarOp.MAX, a, b);
      default -> Expr.of(ScalarOp.SIGMOID, a);
    };
  }

  @Test
  @DisplayName("a result may take the place of an operand, but not another one's beside it")
  void inPlace() {
    Expr e = Expr.of(ScalarOp.ADD, Expr.of(ScalarOp.MUL, X, Y), Z);
    HotLoop hot = hot(List.of(e));
    assertTrue(hot.compileNow());
    float[] x = numbers(1000, 4);
    float[] y = numbers(1000, 5);
    float[] expected = new float[1000];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = x[i] * y[i] + x[i];
    }
    Operand a = operand(x);
    Operand[] in = {a, operand(y), a};
    Layout half = Layout.of(Shape.of(500));
    Operand low = new Operand(a.storage(), DType.F32, half);
    Operand high =
        new Operand(a.storage(), DType.F32, Layout.of(half.shape(), half.strides(), 500));
    assertFalse(hot.run(new Operand[] {low, low, low}, new Operand[] {high}, NUMBERS, 64));
    assertFalse(hot.run(new Operand[] {a, low, a}, new Operand[] {a}, NUMBERS, 64));
    assertTrue(hot.run(in, new Operand[] {a}, NUMBERS, 64));
    assertArrayEquals(expected, x);
  }

  @Test
  @DisplayName("what has no vector code, one operation, and too many operands stay with tiles")
  void others() {
    assertNull(HotLoop.of(List.of(Expr.of(ScalarOp.NEG, X)), 1, 1));
    assertNull(HotLoop.of(List.of(Expr.of(ScalarOp.NEG, X)), 12, 2));
    Expr gamma = Expr.of(ScalarOp.LGAMMA, Expr.of(ScalarOp.ADD, X, Y));
    assertFalse(hot(List.of(gamma)).compileNow());
    Expr wide = Expr.cast(DType.F64, Expr.of(ScalarOp.ADD, X, Y));
    assertFalse(hot(List.of(Expr.cast(DType.F32, wide))).compileNow());
    Expr whole = Expr.of(ScalarOp.TO_BITS, Expr.of(ScalarOp.ADD, X, Y));
    assertFalse(hot(List.of(whole)).compileNow());
  }

  @Test
  @DisplayName("a loop takes over some time after its program has become hot, and not before")
  void takesOver() throws InterruptedException {
    Expr e = Expr.of(ScalarOp.ADD, Expr.of(ScalarOp.MUL, X, Expr.param(1, F32)), Y);
    HotLoop hot = HotLoop.of(List.of(e), 2, 1 << 30);
    assertNotNull(hot);
    Operand[] in = {operand(new float[] {2f, 3f}), operand(new float[] {1f, 1f})};
    float[] result = new float[2];
    Operand[] out = {operand(result)};
    boolean taken = hot.run(in, out, NUMBERS, 64);
    assertFalse(taken);
    for (int i = 0; i < 300 && !taken; i++) { // seconds even where other work takes the cores
      Thread.sleep(100);
      taken = hot.run(in, out, NUMBERS, 64);
    }
    assertTrue(taken);
    assertArrayEquals(new float[] {-6f, -9.5f}, result);
  }
}
