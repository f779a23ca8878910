package io.gradus.backend.cpu.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Pair.Form;
import io.gradus.backend.cpu.Pair.Twin;
import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContractKernelsTest {
  /** Batch, m, n, k. */
  private static final int[][] SIZES = {
    {1, 1, 1, 1},
    {1, 3, 5, 7},
    {2, 4, 32, 3},
    {3, 1, 9, 70},
    {1, 9, 1, 70},
    {2, 5, 6, 0},
    {1, 0, 3, 2},
    {1, 65, 33, 17},
    {5, 8, 10, 12},
    {1, 90, 70, 90},
    {1, 5, 100, 600}
  };

  @ParameterizedTest
  @EnumSource(names = "BOOL", mode = EnumSource.Mode.EXCLUDE)
  void everySizeAndLayoutAgreesWithTheReference(DType dtype) {
    for (int[] s : SIZES) {
      for (int variant = 0; variant < 6; variant++) {
        Pair pair = new Pair(variant);
        Twin a =
            pair.operand(dtype, pair.form(false), i -> (i * 7 % 11) * 0.5 - 2, s[0], s[1], s[3]);
        Twin b =
            pair.operand(dtype, pair.form(false), i -> (i * 5 % 13) * 0.5 - 3, s[0], s[3], s[2]);
        Twin c = pair.operand(dtype, pair.form(true), i -> (double) (i % 5), s[0], s[1], s[2]);
        double alpha = variant < 3 ? 1 : 2;
        double beta = variant % 3 == 1 ? 3 : 0;
        pair.check(
            cpu ->
                new Kernel.Contract(
                    a.on(cpu),
                    b.on(cpu),
                    c.on(cpu),
                    alpha,
                    beta,
                    null,
                    new Operand[0],
                    Params.NONE),
            64);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64", "F16", "BF16", "I64"})
  void theEpilogueSeesTheProductAndItsOperands(DType dtype) {
    Expr p = Expr.input(0, dtype.compute());
    Expr bias = Expr.input(1, dtype.compute());
    Program epilogue =
        Program.of(
            List.of(dtype.compute(), dtype.compute()),
            Expr.of(
                ScalarOp.MAX, Expr.of(ScalarOp.ADD, p, bias), Expr.constant(dtype.compute(), 0L)));
    Pair pair = new Pair(1);
    Twin a = pair.operand(dtype, Form.DENSE, i -> i % 5 - 2.0, 2, 30, 7);
    Twin b = pair.operand(dtype, Form.TRANSPOSED, i -> i % 7 - 3.0, 2, 7, 100);
    Twin c = pair.operand(dtype, Form.GAPS, i -> 1.0, 2, 30, 100);
    Twin d = pair.operand(dtype, Form.REPEATED, i -> i % 3 - 1.0, 2, 30, 100);
    pair.check(
        cpu ->
            new Kernel.Contract(
                a.on(cpu),
                b.on(cpu),
                c.on(cpu),
                1,
                1,
                epilogue,
                new Operand[] {d.on(cpu)},
                Params.NONE),
        8);
  }

  @Test
  void productsHaveTheSameBitsForEveryNumberOfThreads() {
    int threads = Workers.threads();
    try {
      for (int[] s : new int[][] {{1, 130, 140, 300}, {1, 1, 3000, 90}, {1, 3000, 1, 90}}) {
        Pair pair = new Pair(2);
        Operand a = pair.operand(DType.F32, Form.DENSE, i -> Math.sin(i), s[0], s[1], s[3]).cpu();
        Operand b = pair.operand(DType.F32, Form.DENSE, i -> Math.cos(i), s[0], s[3], s[2]).cpu();
        double[][] results = new double[3][];
        for (int t = 1; t <= 3; t++) {
          Workers.setThreads(t);
          Operand c = pair.operand(DType.F32, Form.DENSE, i -> 0.0, s[0], s[1], s[2]).cpu();
          Pair.CPU.run(new Kernel.Contract(a, b, c, 1, 0, null, new Operand[0], Params.NONE));
          results[t - 1] = Pair.read(c);
        }
        assertArrayEquals(results[0], results[1]);
        assertArrayEquals(results[0], results[2]);
      }
    } finally {
      Workers.setThreads(threads);
    }
  }

  /** The first matrix is read where it lies, and packed; one block of k and several. */
  @ParameterizedTest
  @CsvSource({
    "40,70,300",
    "40,70,1100",
    "70,40,2100",
    "150,130,300",
    "130,1100,30",
    "300,500,700",
    "64,3010,2100"
  })
  void elementsOfLargeProductsAreOneChainOfFma(int m, int n, int k) {
    checkChains(DType.F32, Form.TRANSPOSED, Form.DENSE, m, n, k);
    checkChains(DType.F64, Form.DENSE, Form.DENSE, m, n, k);
  }

  /** With whole panels of rows of the first matrix, and almost whole ones; the last is packed. */
  @ParameterizedTest
  @CsvSource({"64,70,300", "32,100,300", "60,90,1100", "29,33,700", "90,100,64", "300,77,501"})
  void soAreThoseOfProductsWithATransposedMatrix(int m, int n, int k) {
    for (int time = 0; time < 3; time++) { // not all on vectors at first
      checkChains(DType.F32, Form.DENSE, Form.TRANSPOSED, m, n, k);
      checkChains(DType.F64, Form.DENSE, Form.TRANSPOSED, m, n, k);
    }
  }

  /** Tiles try their vectors on the first steps, of which there may be fewer than a trial has. */
  @Test
  void soAreThoseOfProductsOfFewSteps() {
    for (int k = 1; k <= 9; k++) {
      for (int m : new int[] {1, 2, 3, 4, 5, 8, 9, 13}) {
        checkChains(DType.F32, Form.DENSE, Form.DENSE, m, 70, k);
        checkChains(DType.F64, Form.DENSE, Form.DENSE, m, 70, k);
      }
    }
  }

  private static void checkChains(DType dtype, Form first, Form second, int m, int n, int k) {
    Pair pair = new Pair(3);
    Operand a = pair.operand(dtype, first, i -> Math.sin(i), 1, m, k).cpu();
    Operand b = pair.operand(dtype, second, i -> Math.cos(i), 1, k, n).cpu();
    Operand c = pair.operand(dtype, Form.DENSE, i -> 0.0, 1, m, n).cpu();
    Pair.CPU.run(new Kernel.Contract(a, b, c, 1, 0, null, new Operand[0], Params.NONE));
    double[] x = Pair.read(a);
    double[] y = Pair.read(b);
    double[] z = Pair.read(c);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          double v = x[at(a, i, p)];
          double w = y[at(b, p, j)];
          sum =
              dtype == DType.F32
                  ? Math.fma((float) v, (float) w, (float) sum)
                  : Math.fma(v, w, sum);
        }
        assertEquals(sum, z[at(c, i, j)]);
      }
    }
  }

  private static int at(Operand o, int row, int column) {
    Layout l = o.layout();
    return (int) (l.offset() + row * l.stride(1) + column * l.stride(2));
  }

  @Test
  void theLanesAreWideOrNarrowWithTheSameBits() {
    float[] a = new float[FloatTiles.ROWS * 40];
    float[] b = new float[40 * FloatTiles.COLUMNS];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) Math.sin(i);
    }
    for (int i = 0; i < b.length; i++) {
      b[i] = (float) Math.cos(i);
    }
    float[] c = new float[FloatTiles.ROWS * FloatTiles.COLUMNS];
    FloatTiles.packed(a, 0, b, 0, 40, c, 0, FloatTiles.COLUMNS, false);
    float[] expected = new float[c.length];
    for (int i = 0; i < c.length; i++) {
      for (int p = 0; p < 40; p++) {
        expected[i] =
            Math.fma(
                a[p * FloatTiles.ROWS + i / FloatTiles.COLUMNS],
                b[p * FloatTiles.COLUMNS + i % FloatTiles.COLUMNS],
                expected[i]);
      }
    }
    assertArrayEquals(expected, c);
  }
}
