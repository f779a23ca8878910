package io.gradus.backend.cpu.lanes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.gradus.tensor.dtype.ComputeType;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TransposeLanesTest {
  private static final int STEP = 71;
  private static final int WIDTH = 83;

  private static long[] numbers(int n) {
    long[] x = new long[n];
    for (int i = 0; i < n; i++) {
      x[i] = i + 1L;
    }
    return x;
  }

  private static Object array(ComputeType type, long[] x) {
    return switch (type) {
      case F32 -> {
        float[] a = new float[x.length];
        for (int i = 0; i < a.length; i++) {
          a[i] = x[i];
        }
        yield a;
      }
      case F64 -> Arrays.stream(x).asDoubleStream().toArray();
      case I32 -> Arrays.stream(x).mapToInt(i -> (int) i).toArray();
      case I64 -> x.clone();
    };
  }

  private static long[] bits(Object array) {
    return switch (array) {
      case float[] a -> {
        long[] x = new long[a.length];
        Arrays.setAll(x, i -> (long) a[i]);
        yield x;
      }
      case double[] a -> Arrays.stream(a).mapToLong(d -> (long) d).toArray();
      case int[] a -> Arrays.stream(a).asLongStream().toArray();
      default -> (long[]) array;
    };
  }

  private static void check(ComputeType type, int rows, int columns) {
    long[] from = numbers(3 + STEP * 70);
    long[] want = new long[5 + WIDTH * 70];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        want[5 + j * WIDTH + i] = from[3 + i * STEP + j];
      }
    }
    Object to = array(type, new long[want.length]);
    TransposeLanes.transpose(type, array(type, from), 3, STEP, rows, columns, to, 5, WIDTH);
    assertArrayEquals(want, bits(to), type + " " + rows + " x " + columns);
  }

  @Test
  @DisplayName("every element goes to its place and no other is written, whatever the sizes")
  void places() {
    for (ComputeType type : ComputeType.values()) {
      for (int rows = 0; rows < 34; rows++) {
        for (int columns = 0; columns < 34; columns++) {
          check(type, rows, columns);
        }
      }
      check(type, 64, 64);
      check(type, 70, 67);
    }
  }

  @Test
  @DisplayName("the bits of NaN stay as they are")
  void bits() {
    float[] x = new float[64];
    double[] y = new double[64];
    for (int i = 0; i < 64; i++) {
      x[i] = Float.intBitsToFloat(0x7fc00000 + i);
      y[i] = Double.longBitsToDouble(0xfff8000000000000L + i);
    }
    float[] a = new float[64];
    double[] b = new double[64];
    TransposeLanes.transpose(ComputeType.F32, x, 0, 8, 8, 8, a, 0, 8);
    TransposeLanes.transpose(ComputeType.F64, y, 0, 8, 8, 8, b, 0, 8);
    for (int i = 0; i < 64; i++) {
      int from = i % 8 * 8 + i / 8;
      assertArrayEquals(
          new long[] {0x7fc00000 + from, 0xfff8000000000000L + from},
          new long[] {Float.floatToRawIntBits(a[i]), Double.doubleToRawLongBits(b[i])});
    }
  }

  @Test
  @DisplayName("the same while vectors are tried and when they are compiled")
  void tried() {
    for (int round = 0; round < 700; round++) {
      check(ComputeType.F32, 66, 67);
      check(ComputeType.F64, 66, 67);
    }
  }
}
