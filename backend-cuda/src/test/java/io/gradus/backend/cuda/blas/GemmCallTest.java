package io.gradus.backend.cuda.blas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.backend.cuda.Imagined;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GemmCallTest {
  private static final int MEMORY = 4096;

  private static Layout dense(long... sizes) {
    return Layout.of(Shape.of(sizes));
  }

  private static Layout strided(long[] sizes, long[] strides, long offset) {
    return Layout.of(Shape.of(sizes), strides, offset);
  }

  private static Layout transposed(long... sizes) {
    int r = sizes.length;
    long[] stored = sizes.clone();
    stored[r - 1] = sizes[r - 2];
    stored[r - 2] = sizes[r - 1];
    long[] strides = Layout.rowMajor(Shape.of(stored));
    long last = strides[r - 1];
    strides[r - 1] = strides[r - 2];
    strides[r - 2] = last;
    return strided(sizes, strides, 0);
  }

  private static List<GemmCall> calls(Layout a, Layout b, Layout c) {
    Kernel.Contract kernel =
        new Kernel.Contract(
            Imagined.operand(DType.F32, a),
            Imagined.operand(DType.F32, b),
            Imagined.operand(DType.F32, c),
            1,
            0,
            null,
            new Operand[0],
            new long[0]);
    return GemmCall.of(kernel, c);
  }

  /** Does what cuBLAS's documentation says of cublasGemmStridedBatchedEx. */
  private static void gemm(GemmCall call, double[] a, double[] b, double[] c) {
    double[] first = call.first().isA() ? a : b;
    double[] second = call.second().isA() ? a : b;
    assertTrue(call.resultLeading() >= call.m());
    for (int batch = 0; batch < call.batch(); batch++) {
      for (int i = 0; i < call.m(); i++) {
        for (int j = 0; j < call.n(); j++) {
          double sum = 0;
          for (int l = 0; l < call.k(); l++) {
            sum +=
                at(call.first(), first, i, l, batch, call.m(), call.k())
                    * at(call.second(), second, l, j, batch, call.k(), call.n());
          }
          c[
                  (int)
                      (call.resultOffset()
                          + batch * call.resultStride()
                          + (long) j * call.resultLeading()
                          + i)] =
              sum;
        }
      }
    }
  }

  private static double at(
      GemmCall.Factor f, double[] values, int row, int column, int batch, int rows, int columns) {
    assertTrue(f.leading() >= (f.transposed() ? columns : rows), "cuBLAS would refuse it");
    int r = f.transposed() ? column : row;
    int c = f.transposed() ? row : column;
    return values[(int) (f.offset() + batch * f.stride() + (long) c * f.leading() + r)];
  }

  private static void assertRight(int expectedCalls, Layout a, Layout b, Layout c) {
    List<GemmCall> calls = calls(a, b, c);
    assertNotNull(calls);
    assertEquals(expectedCalls, calls.size());
    double[] left = new double[MEMORY];
    double[] right = new double[MEMORY];
    for (int i = 0; i < MEMORY; i++) {
      left[i] = i % 17 - 8;
      right[i] = i % 23 - 11;
    }
    double[] actual = new double[MEMORY];
    calls.forEach(call -> gemm(call, left, right, actual));
    double[] expected = new double[MEMORY];
    int rank = c.rank();
    long m = c.size(rank - 2);
    long n = c.size(rank - 1);
    long inner = a.size(rank - 1);
    for (long batch = 0; batch < c.numel() / (m * n); batch++) {
      for (long i = 0; i < m; i++) {
        for (long j = 0; j < n; j++) {
          double sum = 0;
          for (long l = 0; l < inner; l++) {
            sum +=
                left[(int) a.at((batch * m + i) * inner + l)]
                    * right[(int) b.at((batch * inner + l) * n + j)];
          }
          expected[(int) c.at((batch * m + i) * n + j)] = sum;
        }
      }
    }
    assertArrayEquals(expected, actual);
  }

  @Test
  @DisplayName("matrices by rows and by columns are done in one call, in all eight combinations")
  void orders() {
    for (int mask = 0; mask < 8; mask++) {
      assertRight(
          1,
          (mask & 1) == 0 ? dense(5, 3) : transposed(5, 3),
          (mask & 2) == 0 ? dense(3, 7) : transposed(3, 7),
          (mask & 4) == 0 ? dense(5, 7) : transposed(5, 7));
    }
  }

  @Test
  @DisplayName("parts of larger matrices keep their distances and offsets")
  void parts() {
    assertRight(
        1,
        strided(new long[] {4, 3}, new long[] {10, 1}, 5),
        strided(new long[] {3, 2}, new long[] {1, 9}, 2),
        strided(new long[] {4, 2}, new long[] {6, 1}, 1));
  }

  @Test
  @DisplayName("rows, columns and single elements work whatever their strides say")
  void vectors() {
    assertRight(1, dense(1, 6), dense(6, 1), dense(1, 1));
    assertRight(1, dense(4, 1), dense(1, 5), dense(4, 5));
    assertRight(
        1,
        strided(new long[] {1, 6}, new long[] {0, 1}, 0),
        strided(new long[] {6, 1}, new long[] {1, 0}, 3),
        dense(1, 1));
    assertRight(1, strided(new long[] {5, 1}, new long[] {1, 1}, 0), dense(1, 1), dense(5, 1));
  }

  @Test
  @DisplayName("a batch whose axes follow one another is one call; a repeated factor has stride 0")
  void batches() {
    assertRight(1, dense(3, 2, 4, 5), dense(3, 2, 5, 2), dense(3, 2, 4, 2));
    assertRight(
        1, dense(3, 4, 5), strided(new long[] {3, 5, 2}, new long[] {0, 2, 1}, 0), dense(3, 4, 2));
  }

  @Test
  @DisplayName("other batches are as many calls as their outer axes have steps")
  void scatteredBatches() {
    assertRight(
        3,
        strided(new long[] {3, 2, 4, 5}, new long[] {20, 60, 5, 1}, 0),
        dense(3, 2, 5, 2),
        dense(3, 2, 4, 2));
  }

  @Test
  @DisplayName("what has no unit stride, repeats rows or overlaps is left to other kernels")
  void refused() {
    assertNull(calls(strided(new long[] {4, 3}, new long[] {6, 2}, 0), dense(3, 2), dense(4, 2)));
    assertNull(calls(strided(new long[] {4, 3}, new long[] {0, 1}, 0), dense(3, 2), dense(4, 2)));
    assertNull(calls(strided(new long[] {4, 3}, new long[] {1, 1}, 0), dense(3, 2), dense(4, 2)));
    assertNull(
        calls(
            strided(new long[] {100, 2, 2, 2}, new long[] {8, 1000, 2, 1}, 0),
            dense(100, 2, 2, 2),
            dense(100, 2, 2, 2)),
        "too many calls");
  }

  @Test
  @DisplayName("float32 is exact unless TF32 is asked for; integers are not cuBLAS's")
  void types() {
    assertEquals(68, GemmType.of(DType.F32).compute(false));
    assertEquals(77, GemmType.of(DType.F32).compute(true));
    assertTrue(GemmType.of(DType.F64).doubleScalars());
    assertFalse(GemmType.of(DType.BF16).doubleScalars());
    assertNull(GemmType.of(DType.I32));
  }
}
