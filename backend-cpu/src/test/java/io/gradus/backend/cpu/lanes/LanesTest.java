package io.gradus.backend.cpu.lanes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.EncodedScalars;
import io.gradus.tensor.kernel.Philox;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {
  private static final int[] LENGTHS = {0, 1, 3, 16, 37, 64, 149};

  @ParameterizedTest
  @EnumSource(ScalarOp.class)
  @DisplayName("S6.8 a value has the bits of its meaning at every length, offset and type")
  void bitsDoNotDependOnPosition(ScalarOp op) {
    Random random = new Random(op.ordinal());
    for (ComputeType type : ComputeType.values()) {
      if (!takes(op, type)) {
        continue;
      }
      for (int n : LENGTHS) {
        int shift = n % 3;
        Object a = Samples.of(argType(op, type, 0), n + 4, random);
        Object b = Samples.of(type, n + 4, random);
        Object c = Samples.of(argType(op, type, 2), n + 4, random);
        if (op == ScalarOp.IDIV || op == ScalarOp.FMOD) {
          Samples.replaceZeros(b);
        }
        if (op == ScalarOp.POLYGAMMA) {
          Samples.small(a, random);
          Samples.small(b, random);
        }
        Object r = Samples.array(resultType(op, type), n + 4);
        Object expected = Samples.array(resultType(op, type), n + 4);
        for (int i = 0; i < n; i++) {
          long value =
              EncodedScalars.apply(
                  op,
                  type,
                  Samples.encoded(a, i + shift),
                  Samples.encoded(b, i + 1),
                  Samples.encoded(c, i + 2));
          Samples.set(expected, i + 3, value);
        }
        Lanes.apply(op, type, a, shift, b, 1, c, 2, r, 3, n);
        for (int i = 0; i < n + 4; i++) {
          int at = i;
          assertEquals(
              Samples.text(expected, i),
              Samples.text(r, i),
              () -> op + " " + type + " at " + at + " of " + n);
        }
        if (resultType(op, type) == argType(op, type, 0)) {
          Lanes.apply(op, type, a, shift, b, 1, c, 2, a, shift, n);
          for (int i = 0; i < n; i++) {
            assertEquals(
                Samples.text(expected, i + 3),
                Samples.text(a, i + shift),
                () -> op + " " + type + " in place");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ScalarOp.class)
  @DisplayName("S6.8 a loop over an array and a number has the bits of one over two arrays")
  void numberInPlaceOfAnArray(ScalarOp op) {
    Random random = new Random(op.ordinal());
    for (ComputeType type : ComputeType.values()) {
      if (!Lanes.hasUniform(op, type)) {
        continue;
      }
      for (int n : LENGTHS) {
        Object a = Samples.of(type, n + 2, random);
        Object numbers = Samples.of(type, 40, random);
        for (int k = 0; k < 40; k++) {
          Object b = Samples.array(type, n + 2);
          for (int i = 0; i < n + 2; i++) {
            Samples.set(b, i, Samples.encoded(numbers, k));
          }
          Object r = Samples.array(type, n + 2);
          Object expected = Samples.array(type, n + 2);
          Lanes.apply(op, type, a, 1, b, 0, null, 0, expected, 2, n);
          Lanes.uniform(op, type, a, 1, numbers, k, r, 2, n);
          for (int i = 0; i < n + 2; i++) {
            int at = i;
            assertEquals(
                Samples.text(expected, i),
                Samples.text(r, i),
                () -> op + " " + type + " at " + at + " of " + n);
          }
        }
      }
    }
  }

  @Test
  void scalarAndVectorLoopsAreTheOnesAskedFor() {
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    boolean scalar = System.getProperty("gradus.lanes", "auto").equals("scalar");
    assertEquals(module && !scalar, Lanes.isVector());
  }

  @Test
  void randomWordsComeInAnyOrder() {
    long[] index = {0, 1, 2, 3, 4, 7, 6, 5, 1L << 33, (1L << 33) + 1, 0};
    long[] seed = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6};
    long[] stream = {9, 9, 9, 9, 9, 9, 9, 9, 9, 8, 9};
    int[] words = new int[index.length];
    int[] expected = new int[index.length];
    for (int i = 0; i < index.length; i++) {
      expected[i] = Philox.word(index[i], seed[i], stream[i]);
    }
    Lanes.apply(
        ScalarOp.PHILOX, ComputeType.I64, index, 0, seed, 0, stream, 0, words, 0, words.length);
    assertArrayEquals(expected, words);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  @DisplayName("S6.8 words of equal distance do not depend on where their run begins or ends")
  void randomWordsInSequence(int step) {
    for (long first : new long[] {0, 1, 2, 3, 6, 7, (1L << 34) - 5}) {
      for (int n : new int[] {8, 9, 31, 64, 203}) {
        long[] index = new long[n];
        long[] seed = new long[n];
        long[] stream = new long[n];
        int[] words = new int[n];
        int[] expected = new int[n];
        for (int i = 0; i < n; i++) {
          index[i] = first + (long) i * step;
          seed[i] = -77_000_000_000L;
          stream[i] = 3L << 40 | 5;
          expected[i] = Philox.word(index[i], seed[i], stream[i]);
        }
        Lanes.apply(ScalarOp.PHILOX, ComputeType.I64, index, 0, seed, 0, stream, 0, words, 0, n);
        assertArrayEquals(expected, words, first + " step " + step + ", " + n);
      }
    }
  }

  @Test
  void anOperationThatATypeLacksIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Lanes.unary(ScalarOp.EXP, new int[1], 0, new int[1], 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> Lanes.binary(ScalarOp.AND, new float[1], 0, new float[1], 0, new float[1], 0, 1));
  }

  private static boolean takes(ScalarOp op, ComputeType type) {
    return switch (op.signature()) {
      case SAME, COMPARE, WHERE -> true;
      case FLOAT, TO_BITS -> type.isFloating();
      case INT, FROM_BITS -> !type.isFloating();
      case PHILOX -> type == ComputeType.I64;
    };
  }

  private static ComputeType argType(ScalarOp op, ComputeType type, int k) {
    return op == ScalarOp.WHERE && k == 0 ? ComputeType.I32 : type;
  }

  private static ComputeType resultType(ScalarOp op, ComputeType type) {
    return switch (op.signature()) {
      case SAME, FLOAT, INT, WHERE -> type;
      case COMPARE, PHILOX -> ComputeType.I32;
      case TO_BITS -> type == ComputeType.F32 ? ComputeType.I32 : ComputeType.I64;
      case FROM_BITS -> type == ComputeType.I32 ? ComputeType.F32 : ComputeType.F64;
    };
  }
}
