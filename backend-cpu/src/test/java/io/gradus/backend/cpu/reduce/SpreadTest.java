package io.gradus.backend.cpu.reduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Pair.Form;
import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sums of squared distances from the mean, which are computed while a row is read once. */
class SpreadTest {
  private static final int[] LENGTHS = {1, 3, 63, 64, 100, 1000, 4096, 4097, 20_000};

  /** Outputs the sum of squares and the mean; with {@code full} also each distance. */
  private static Program program(ComputeType t, boolean full) {
    Expr x = Expr.input(0, t);
    Expr mean = Expr.of(ScalarOp.DIV, Expr.reduced(0, t), Expr.param(0, t));
    Expr d = Expr.of(ScalarOp.SUB, x, mean);
    Expr square = Expr.of(ScalarOp.MUL, d, d);
    Expr squares = Expr.reduced(1, t);
    return Program.of(
        List.of(t),
        full ? List.of(x, square, squares, mean, d) : List.of(x, square, squares, mean));
  }

  /** The sums of squares of three rows, then their means. */
  private static double[] run(DType dtype, int n, IntToDoubleFunction value, boolean full) {
    Pair pair = new Pair(n);
    Operand in =
        pair.operand(dtype, Form.OFFSET, i -> value.applyAsDouble(Math.max(0, i - 5)), 3, n).cpu();
    Operand squares = pair.operand(dtype, Form.DENSE, i -> 7.0, 3, 1).cpu();
    Operand mean = pair.operand(dtype, Form.DENSE, i -> 7.0, 3, 1).cpu();
    Operand distance = pair.operand(dtype, Form.DENSE, i -> 7.0, 3, n).cpu();
    Pair.CPU.run(
        new Kernel.Rows(
            List.of(ReduceOp.SUM, ReduceOp.SUM),
            program(dtype.compute(), full),
            new Operand[] {in},
            new boolean[] {false, true},
            full ? new Operand[] {squares, mean, distance} : new Operand[] {squares, mean},
            new long[] {Params.of(n)}));
    double[] first = Pair.read(squares);
    double[] second = Pair.read(mean);
    return IntStream.range(0, 6).mapToDouble(i -> i < 3 ? first[i] : second[i - 3]).toArray();
  }

  private static double[] elements(Operand in, int row, int n) {
    double[] all = Pair.read(in);
    return IntStream.range(0, n).mapToDouble(i -> all[(int) in.layout().at(row * n + i)]).toArray();
  }

  private static void check(DType dtype, IntToDoubleFunction value, double tolerance) {
    for (int n : LENGTHS) {
      double[] results = run(dtype, n, value, false);
      Operand in =
          new Pair(n)
              .operand(dtype, Form.OFFSET, i -> value.applyAsDouble(Math.max(0, i - 5)), 3, n)
              .cpu();
      for (int row = 0; row < 3; row++) {
        double[] x = elements(in, row, n);
        double mean = IntStream.range(0, n).mapToDouble(i -> x[i]).sum() / n;
        double squares =
            IntStream.range(0, n).mapToDouble(i -> (x[i] - mean) * (x[i] - mean)).sum();
        // The mean is rounded to the type before distances from it are taken.
        double ulp = dtype == DType.F64 ? Math.ulp(mean) : Math.ulp((float) mean);
        double allowed = tolerance * squares + n * 64 * ulp * ulp;
        assertEquals(squares, results[row], allowed, "row %d of %d".formatted(row, n));
      }
    }
  }

  @Test
  void rowsOfAllLengthsHaveTheirBlocks() {
    for (int n : new int[] {1, 4096, 4097, Integer.MAX_VALUE - 4096, Integer.MAX_VALUE - 2}) {
      assertEquals(n, new Spread(ComputeType.F32, n).around(1)); // all means are 0 yet
      assertEquals((n + 4095L) / 4096, Blocks.count(n));
    }
  }

  @Test
  void squaresAreExactWhereTheMeanIsLarge() {
    for (double mean : new double[] {0, 1, -300, 1e5}) {
      check(DType.F32, i -> mean + Math.sin(i * 7) * 3, 2e-6);
      check(DType.F64, i -> mean + Math.sin(i * 7) * 3, 1e-12);
    }
  }

  @Test
  void squaresAreExactWhereTheFirstElementsAreUnlikeTheOthers() {
    check(DType.F32, i -> i % 4096 < 20 ? 1e6 : Math.sin(i), 2e-6);
    check(DType.F32, i -> i, 2e-6);
  }

  @Test
  void equalElementsHaveNoSpread() {
    check(DType.F32, i -> 0.1f, 0);
    check(DType.F32, i -> 1e10, 0);
  }

  @Test
  void whatOverflowsOrIsNoNumberShows() {
    for (int n : new int[] {70, 9000}) {
      double[] large = run(DType.F32, n, i -> i % 2 == 0 ? 1e30 : -1e30, false);
      assertEquals(Double.POSITIVE_INFINITY, large[0]);
      double[] nan = run(DType.F32, n, i -> i == n + 60 ? Double.NaN : i, false);
      assertEquals(Double.NaN, nan[1]);
      assertEquals(Double.NaN, nan[4]);
      double[] infinite = run(DType.F32, n, i -> i == 50 ? Double.NEGATIVE_INFINITY : i, false);
      assertEquals(Double.NaN, infinite[0]);
      assertEquals(Double.NEGATIVE_INFINITY, infinite[3]);
    }
  }

  @Test
  void distancesThatAreNeededElsewhereGiveTheSame() {
    for (int n : LENGTHS) {
      double[] alone = run(DType.F32, n, i -> Math.sin(i * 7) + 9, false);
      double[] shared = run(DType.F32, n, i -> Math.sin(i * 7) + 9, true);
      for (int i = 0; i < 6; i++) {
        assertEquals(alone[i], shared[i], 1e-6 * alone[i]);
      }
    }
  }

  @Test
  void bitsDoNotDependOnTheNumberOfThreads() {
    int threads = Workers.threads();
    try {
      for (int n : new int[] {3000, 200_000}) {
        double[][] results = new double[3][];
        for (int t = 1; t <= 3; t++) {
          Workers.setThreads(t);
          results[t - 1] = run(DType.F32, n, i -> Math.sin(i * 7) + 9, false);
        }
        assertArrayEquals(results[0], results[1]);
        assertArrayEquals(results[0], results[2]);
      }
    } finally {
      Workers.setThreads(threads);
    }
  }
}
