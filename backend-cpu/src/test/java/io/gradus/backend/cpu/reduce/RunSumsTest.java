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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Sums of many runs at once have the bits of those of one run after the other. */
class RunSumsTest {
  private static final int[][] SHAPES = {
    {1, 16_384},
    {1, 16_385},
    {1, 16_448},
    {1, 100_000},
    {1, 600_017},
    {3, 20_000},
    {7, 16_384},
    {9, 64},
    {300, 128},
    {70, 100},
    {70, 4096},
    {9, 4097},
    {150, 8192},
    {9, 8256},
    {9, 12_301}
  };

  private static double value(int i) {
    return Math.sin(i * 7.0) * (1 + i % 1000);
  }

  private static double[] reduce(ReduceOp op, DType dtype, IntToDoubleFunction of, int[] shape) {
    Pair pair = new Pair(1);
    Operand in = pair.operand(dtype, Form.OFFSET, of::applyAsDouble, shape[0], shape[1]).cpu();
    Operand out = pair.operand(dtype, Form.DENSE, i -> 7.0, shape[0], 1).cpu();
    Program plain = Program.of(List.of(dtype.compute()), Expr.input(0, dtype.compute()));
    boolean[] axes = {false, true};
    Pair.CPU.run(new Kernel.Reduce(op, plain, new Operand[] {in}, axes, out, Params.NONE));
    return Arrays.copyOf(Pair.read(out), shape[0]);
  }

  /** The sums of rows in blocks of one row after the other. */
  private static double[] byBlocks(DType dtype, int[] shape) {
    Operand in =
        new Pair(1).operand(dtype, Form.OFFSET, RunSumsTest::value, shape[0], shape[1]).cpu();
    double[] all = Pair.read(in);
    double[] sums = new double[shape[0]];
    for (int row = 0; row < sums.length; row++) {
      for (int p = 0; p < shape[1]; p += Blocks.SIZE) {
        int n = Math.min(Blocks.SIZE, shape[1] - p);
        int from = (int) in.layout().at((long) row * shape[1] + p);
        sums[row] += blockSum(dtype, all, from, n);
      }
      sums[row] = dtype == DType.F32 ? (float) sums[row] : sums[row];
    }
    return sums;
  }

  private static double blockSum(DType dtype, double[] all, int from, int n) {
    if (dtype == DType.F64) {
      return DoubleBlocks.sum(all, from, n);
    }
    float[] block = new float[n];
    for (int i = 0; i < n; i++) {
      block[i] = (float) all[from + i];
    }
    return FloatBlocks.sum(block, 0, n);
  }

  @Test
  void rowsHaveTheSumsOfTheirBlocksForEveryNumberOfThreads() {
    int threads = Workers.threads();
    try {
      for (DType dtype : List.of(DType.F32, DType.F64)) {
        for (int[] shape : SHAPES) {
          double[] expected = byBlocks(dtype, shape);
          for (int t = 1; t <= 2; t++) {
            Workers.setThreads(t);
            double[] sums = reduce(ReduceOp.SUM, dtype, RunSumsTest::value, shape);
            assertArrayEquals(expected, sums, () -> dtype + " rows of " + shape[1]);
          }
        }
      }
    } finally {
      Workers.setThreads(threads);
    }
  }

  @Test
  void runsHaveTheirSums() {
    Random random = new Random(2);
    for (int length : new int[] {64, 128, 192, 1024, 4096}) {
      for (int count : new int[] {0, 1, 2, 63, 64, 65, 130}) {
        float[] floats = new float[3 + length * count];
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
          doubles[i] = random.nextGaussian() * 100;
          floats[i] = i % 4000 == 77 ? -0f : (float) doubles[i];
        }
        long[] sums = new long[count + 2];
        long[] wide = new long[count + 2];
        RunSums narrow = new RunSums(ComputeType.F32, floats);
        narrow.of(3, length, count / 2, sums, 1); // what it keeps for the next is too small then
        narrow.of(3, length, count, sums, 1);
        new RunSums(ComputeType.F64, doubles).of(3, length, count, wide, 1);
        for (int r = 0; r < count; r++) {
          int o = 3 + r * length;
          assertEquals(Params.of(FloatBlocks.sum(floats, o, length)), sums[1 + r]);
          assertEquals(Params.of(DoubleBlocks.sum(doubles, o, length)), wide[1 + r]);
        }
        assertEquals(0, sums[0] | sums[count + 1] | wide[0] | wide[count + 1]);
      }
    }
  }

  @Test
  void extremesOfLongRowsAreFoundWhereverTheyAre() {
    int n = 300_001;
    int[] shape = {1, n};
    for (DType dtype : List.of(DType.F32, DType.F64, DType.I32, DType.I64)) {
      for (int at : new int[] {0, 4095, 4096, 65_535, 65_536, 150_000, n - 2, n - 1}) {
        for (int sign : new int[] {1, -1}) {
          int shift = sign * 2000;
          IntToDoubleFunction below = i -> place(i) == at ? shift + 1500 : shift + place(i) % 999;
          IntToDoubleFunction above = i -> place(i) == at ? shift - 1 : shift + place(i) % 999;
          assertEquals(shift + 1500, reduce(ReduceOp.MAX, dtype, below, shape)[0]);
          assertEquals(shift - 1, reduce(ReduceOp.MIN, dtype, above, shape)[0]);
        }
        if (dtype.isFloating()) {
          IntToDoubleFunction nan = i -> place(i) == at ? Double.NaN : place(i) % 999;
          assertEquals(Double.NaN, reduce(ReduceOp.MAX, dtype, nan, shape)[0]);
          assertEquals(Double.NaN, reduce(ReduceOp.MIN, dtype, nan, shape)[0]);
        }
      }
    }
  }

  /** Which element of an operand with an offset a place in memory holds. */
  private static int place(int i) {
    return Math.max(0, i - 5);
  }
}
