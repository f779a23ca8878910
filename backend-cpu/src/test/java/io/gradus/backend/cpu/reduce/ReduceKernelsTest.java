package io.gradus.backend.cpu.reduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Pair.Form;
import io.gradus.backend.cpu.Pair.Twin;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReduceKernelsTest {
  private static final long[][] SHAPES = {
    {}, {1}, {7}, {200}, {3, 5}, {70, 3}, {4, 130}, {2, 3, 4}, {5, 1, 66}, {2, 3, 2, 5}
  };

  private static Program plain(ComputeType type) {
    return Program.of(List.of(type), Expr.input(0, type));
  }

  private static DType result(ReduceOp op, DType dtype) {
    return switch (op) {
      case SUM, PROD, MIN, MAX -> dtype;
      case ARGMIN, ARGMAX -> DType.I64;
      case ANY, ALL -> DType.BOOL;
    };
  }

  @ParameterizedTest
  @EnumSource
  void everyAxesAndLayoutAgreesWithTheReference(ReduceOp op) {
    for (DType dtype : DType.values()) {
      for (int s = 0; s < SHAPES.length; s++) {
        long[] sizes = SHAPES[s];
        for (int mask = 0; mask < 1 << sizes.length; mask++) {
          boolean[] axes = new boolean[sizes.length];
          long[] kept = sizes.clone();
          for (int d = 0; d < axes.length; d++) {
            axes[d] = (mask >> d & 1) != 0;
            kept[d] = axes[d] ? 1 : kept[d];
          }
          Pair pair = new Pair(s * 31L + mask);
          Twin in = pair.operand(dtype, pair.form(false), sizes);
          Twin out = pair.operand(result(op, dtype), pair.form(true), kept);
          pair.check(
              cpu ->
                  new Kernel.Reduce(
                      op,
                      plain(dtype.compute()),
                      new Operand[] {in.on(cpu)},
                      axes,
                      out.on(cpu),
                      Params.NONE),
              op == ReduceOp.PROD ? 100 : 8);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void prologuesAreComputedWhereTheyAreReduced(ReduceOp op) {
    Expr x = Expr.input(0, ComputeType.F32);
    Expr y = Expr.input(1, ComputeType.F32);
    Expr i = Expr.cast(DType.F32, Expr.index(1));
    Program program =
        Program.of(List.of(ComputeType.F32, ComputeType.F32), Expr.of(ScalarOp.FMA, x, y, i));
    for (int mask = 1; mask < 8; mask++) {
      boolean[] axes = {(mask & 1) != 0, (mask & 2) != 0, (mask & 4) != 0};
      Pair pair = new Pair(mask);
      Twin a = pair.operand(DType.F32, pair.form(false), 6, 9, 70);
      Twin b = pair.operand(DType.F16, Form.REPEATED, 6, 9, 70);
      Twin out =
          pair.operand(
              result(op, DType.F32),
              pair.form(true),
              axes[0] ? 1 : 6,
              axes[1] ? 1 : 9,
              axes[2] ? 1 : 70);
      pair.check(
          cpu ->
              new Kernel.Reduce(
                  op,
                  program,
                  new Operand[] {a.on(cpu), b.on(cpu)},
                  axes,
                  out.on(cpu),
                  Params.NONE),
          1000);
    }
  }

  @Test
  void emptySumsAreZeroAndEmptyProductsOne() {
    for (ReduceOp op : List.of(ReduceOp.SUM, ReduceOp.PROD, ReduceOp.ANY, ReduceOp.ALL)) {
      for (DType dtype : List.of(DType.F32, DType.I64, DType.U8)) {
        Pair pair = new Pair(1);
        Twin in = pair.operand(dtype, Form.DENSE, 3, 0);
        Twin out = pair.operand(result(op, dtype), Form.DENSE, 3, 1);
        pair.check(
            cpu ->
                new Kernel.Reduce(
                    op,
                    plain(dtype.compute()),
                    new Operand[] {in.on(cpu)},
                    new boolean[] {false, true},
                    out.on(cpu),
                    Params.NONE),
            0);
      }
    }
  }

  @Test
  void longSumsHaveTheSameBitsForEveryNumberOfThreads() {
    int threads = Workers.threads();
    try {
      for (boolean[] axes :
          List.of(
              new boolean[] {true, true},
              new boolean[] {true, false},
              new boolean[] {false, true})) {
        Pair pair = new Pair(4);
        Twin in = pair.operand(DType.F32, Form.DENSE, i -> Math.sin(i) * 1e3, 1000, 99);
        Twin out = pair.operand(DType.F32, Form.DENSE, axes[0] ? 1 : 1000, axes[1] ? 1 : 99);
        double[][] results = new double[3][];
        for (int t = 1; t <= 3; t++) {
          Workers.setThreads(t);
          pair.check(
              cpu ->
                  new Kernel.Reduce(
                      ReduceOp.SUM,
                      plain(ComputeType.F32),
                      new Operand[] {in.on(cpu)},
                      axes,
                      out.on(cpu),
                      Params.NONE),
              2e5);
          results[t - 1] = Pair.read(out.cpu());
        }
        assertArrayEquals(results[0], results[1]);
        assertArrayEquals(results[0], results[2]);
      }
    } finally {
      Workers.setThreads(threads);
    }
  }

  private static double extreme(ReduceOp op, DType dtype, double[] x) {
    Pair pair = new Pair(1);
    Operand in = pair.operand(dtype, Form.DENSE, i -> i < x.length ? x[i] : 0, x.length).cpu();
    Operand out = pair.operand(result(op, dtype), Form.DENSE, 1).cpu();
    Pair.CPU.run(
        new Kernel.Reduce(
            op,
            plain(dtype.compute()),
            new Operand[] {in},
            new boolean[] {true},
            out,
            Params.NONE));
    return Pair.read(out)[0];
  }

  @Test
  void notANumberIsTheExtremeWhereverItIs() {
    double negativeNan = Double.longBitsToDouble(0xfff8_0000_0000_0000L);
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      for (double nan : new double[] {Double.NaN, negativeNan}) {
        for (int at = 0; at < 140; at++) {
          double[] x = new double[140];
          java.util.Arrays.setAll(x, i -> Math.sin(i * 7));
          x[3] = Double.POSITIVE_INFINITY;
          x[at] = nan;
          assertEquals(Double.NaN, extreme(ReduceOp.MAX, dtype, x));
          assertEquals(Double.NaN, extreme(ReduceOp.MIN, dtype, x));
          assertEquals(at, extreme(ReduceOp.ARGMAX, dtype, x));
          assertEquals(at, extreme(ReduceOp.ARGMIN, dtype, x));
        }
      }
    }
  }

  @Test
  void extremesAreFoundAmongNumbersOfOneSignInfinitiesAndZeros() {
    double inf = Double.POSITIVE_INFINITY;
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      for (double[] values :
          new double[][] {
            {-1, -5, -3}, {2, 7, 9}, {-inf, -2, -9}, {-inf, 3, inf}, {-0.0, -0.0, -4}, {0, 4, 5}
          }) {
        double[] x = new double[200];
        java.util.Arrays.setAll(x, i -> values[i % 3]);
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        assertEquals(sorted[2], extreme(ReduceOp.MAX, dtype, x));
        assertEquals(sorted[0], extreme(ReduceOp.MIN, dtype, x));
      }
      double[] zeros = new double[128];
      java.util.Arrays.fill(zeros, -0.0);
      zeros[77] = 0;
      assertEquals(0.0, extreme(ReduceOp.MAX, dtype, zeros));
      assertEquals(-0.0, extreme(ReduceOp.MIN, dtype, zeros));
    }
  }

  @Test
  void theFirstOfEqualExtremesIsFound() {
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      for (int first : new int[] {0, 1, 63, 64, 100, 191, 4095, 4096, 5000}) {
        double[] x = new double[9000];
        java.util.Arrays.setAll(x, i -> i >= first && i % 3 == first % 3 ? 8 : Math.sin(i));
        assertEquals(first, extreme(ReduceOp.ARGMAX, dtype, x));
        java.util.Arrays.setAll(x, i -> -x[i]);
        assertEquals(first, extreme(ReduceOp.ARGMIN, dtype, x));
      }
    }
  }

  @Test
  void aSumOfMillionsKeepsItsDigits() {
    Pair pair = new Pair(5);
    Twin in = pair.operand(DType.F32, Form.DENSE, i -> 0.1, 1 << 21);
    Operand out = pair.operand(DType.F32, Form.DENSE, 1).cpu();
    Pair.CPU.run(
        new Kernel.Reduce(
            ReduceOp.SUM,
            plain(ComputeType.F32),
            new Operand[] {in.cpu()},
            new boolean[] {true},
            out,
            Params.NONE));
    assertEquals((double) 0.1f * (1 << 21), Pair.read(out)[0], 0.25);
  }
}
