package io.gradus.backend.cpu.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Pair.Form;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.RowFormulas;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Kernels with loops of their own give the bits of the same program when it is interpreted. */
class DenseRowsTest {
  private static final ComputeType F = ComputeType.F32;

  private static Operand operand(Pair pair, Form form, Function<Integer, Double> v, long... sizes) {
    return pair.operand(DType.F32, form, v, sizes).cpu();
  }

  private static Operand expanded(Operand o, long... sizes) {
    return o.with(Broadcasting.expand("rows", o.layout(), Shape.of(sizes)));
  }

  /** Runs on outputs that lie in memory as they are, and on others; the results must be equal. */
  private static void check(
      RowFormulas formula, Operand[] in, int narrow, Predicate<Kernel.Rows> own, long... params) {
    Shape shape = in[0].layout().shape();
    boolean[] axes = new boolean[shape.rank()];
    axes[axes.length - 1] = true;
    long[] kept = shape.keeping(axes).toArray();
    Pair pair = new Pair(1);
    Operand[][] outs = new Operand[2][1 + narrow];
    Form[] forms = {Form.OFFSET, Form.GAPS};
    for (int f = 0; f < 2; f++) {
      for (int j = 0; j <= narrow; j++) {
        outs[f][j] = operand(pair, forms[f], i -> 7.0, j == 0 ? shape.toArray() : kept);
      }
      Kernel.Rows k =
          new Kernel.Rows(formula.reductions(), formula.program(), in, axes, outs[f], params);
      if (f == 0) {
        assertTrue(own.test(k), () -> "no loop for " + shape);
      } else {
        assertFalse(own.test(k));
        RowsKernels.run(k);
      }
    }
    for (int j = 0; j <= narrow; j++) {
      assertSame(outs[1][j], outs[0][j]);
    }
  }

  private static void assertSame(Operand expected, Operand actual) {
    double[] e = Pair.read(expected);
    double[] a = Pair.read(actual);
    for (long i = 0; i < expected.layout().numel(); i++) {
      int at = (int) i;
      assertEquals(
          e[(int) expected.layout().at(i)],
          a[(int) actual.layout().at(i)],
          () -> "element " + at + " of " + expected.layout());
    }
  }

  private static double value(int i) {
    return switch (i % 977) {
      case 500 -> Double.NEGATIVE_INFINITY;
      case 600 -> -0.0;
      case 700 -> 200;
      default -> Math.sin(i * 7) * 5;
    };
  }

  @Test
  void softmaxAndItsLogarithm() {
    for (long n : new long[] {2, 10, 63, 64, 100, 1024, 1500, 4096}) {
      for (double odd : new double[] {1, Double.NaN, Double.POSITIVE_INFINITY}) {
        Pair pair = new Pair(n);
        Operand x = operand(pair, Form.OFFSET, i -> i == n + 8 ? odd : value(i), 2, 9, n);
        check(RowFormulas.softmax(F), new Operand[] {x}, 0, SoftmaxRows::run);
        check(RowFormulas.logSoftmax(F), new Operand[] {x}, 0, SoftmaxRows::run);
      }
    }
  }

  /** Rows far from 0, wide ones, and ones whose powers are 0, of few digits, or a normal number. */
  private static double spread(int row, int i) {
    double wave = Math.sin(i * 7 + row);
    return switch (row % 8) {
      case 0 -> wave - 300;
      case 1 -> wave * 40;
      case 2 -> i % 3 == 0 ? -1e30 : wave * 20;
      case 3 -> i == 33 ? 0 : -86.9 - i % 7 / 10.;
      case 4 -> i > row ? Double.NEGATIVE_INFINITY : wave * 30;
      case 5 -> i == 40 ? 0 : -103.9 - i % 9 / 50.;
      case 6 -> i == 50 ? -0.0 : wave * 5 - 7;
      default -> wave * 70;
    };
  }

  @Test
  void softmaxOfRowsOfAllKinds() {
    for (int n : new int[] {64, 100, 192, 1024, 1025}) {
      for (int kind = 0; kind < 9; kind++) {
        int only = kind;
        Pair pair = new Pair(n);
        Operand x =
            operand(pair, Form.DENSE, i -> spread(only < 8 ? only : i / n, i % n), 3, 11, n);
        check(RowFormulas.softmax(F), new Operand[] {x}, 0, SoftmaxRows::run);
        check(RowFormulas.logSoftmax(F), new Operand[] {x}, 0, SoftmaxRows::run);
      }
    }
  }

  @Test
  void layerNormAndItsGradient() {
    for (long n : new long[] {64, 65, 100, 127, 128, 784, 1024, 4096}) {
      Pair pair = new Pair(n);
      Operand x = operand(pair, Form.OFFSET, i -> Math.sin(i * 7) + 0.3, 5, 7, n);
      Operand g = operand(pair, Form.DENSE, i -> Math.cos(i * 3), 5, 7, n);
      Operand w = expanded(operand(pair, Form.OFFSET, i -> Math.cos(i) + 1, n), 5, 7, n);
      Operand b = expanded(operand(pair, Form.DENSE, i -> Math.sin(i * i), n), 5, 7, n);
      check(
          RowFormulas.layerNorm(F),
          new Operand[] {x, w, b},
          2,
          LayerNormRows::run,
          Params.of(n),
          Params.of(1e-5));
      Operand m = expanded(operand(pair, Form.DENSE, i -> Math.sin(i) / 9, 5, 7, 1), 5, 7, n);
      Operand r = expanded(operand(pair, Form.OFFSET, i -> 1 + i / 99., 5, 7, 1), 5, 7, n);
      check(
          RowFormulas.layerNormGradient(F),
          new Operand[] {g, x, w, m, r},
          0,
          LayerNormRows::run,
          Params.of(n));
    }
  }

  @Test
  void theGradientOfTheWeightOfALayerNorm() {
    for (long n : new long[] {2, 64, 100, 1024, 5000}) {
      for (long rows : new long[] {1, 2, 300, 513}) {
        Pair pair = new Pair(n);
        Operand g = operand(pair, Form.DENSE, i -> Math.cos(i * 3), rows, n);
        Operand x = operand(pair, Form.OFFSET, i -> Math.sin(i * 7) + 0.3, rows, n);
        Operand m = expanded(operand(pair, Form.OFFSET, i -> Math.sin(i), rows, 1), rows, n);
        Operand r = expanded(operand(pair, Form.DENSE, i -> 1 + i / 99., rows, 1), rows, n);
        // The same in the shape of x, for which there is no loop.
        Operand wide =
            operand(pair, Form.OFFSET, i -> Math.sin(Math.max(0, i - 5) / n + 5), rows, n);
        Operand own = operand(pair, Form.DENSE, i -> 7.0, 1, n);
        Operand other = operand(pair, Form.DENSE, i -> 7.0, 1, n);
        ReduceKernels.run(weight(own, g, x, m, r));
        ReduceKernels.run(weight(other, g, x, wide, r));
        assertSame(other, own);
      }
    }
  }

  private static Kernel.Reduce weight(Operand out, Operand... in) {
    return new Kernel.Reduce(
        ReduceOp.SUM,
        RowFormulas.layerNormWeight(F),
        in,
        new boolean[] {true, false},
        out,
        Params.NONE);
  }

  @Test
  void programsAreToldApartByTheirReductions() {
    RowFormulas f = RowFormulas.softmax(F);
    Pair pair = new Pair(1);
    Operand x = operand(pair, Form.DENSE, i -> 0.1 * i, 3, 70);
    Operand y = operand(pair, Form.DENSE, i -> 7.0, 3, 70);
    Kernel.Rows k =
        new Kernel.Rows(
            List.of(ReduceOp.MIN, ReduceOp.SUM),
            f.program(),
            new Operand[] {x},
            new boolean[] {false, true},
            new Operand[] {y},
            Params.NONE);
    assertFalse(SoftmaxRows.run(k));
  }

  @Test
  void rowsAreNotRecognizedWhereTheyOverlapTheResultOrLieOtherwise() {
    RowFormulas f = RowFormulas.softmax(F);
    Pair pair = new Pair(1);
    Operand x = operand(pair, Form.DENSE, i -> 0.1 * i, 6, 70);
    Operand y = operand(pair, Form.DENSE, i -> 7.0, 6, 70);
    Operand turned = operand(pair, Form.TRANSPOSED, i -> 7.0, 6, 70);
    boolean[] last = {false, true};
    for (Operand[] inOut : new Operand[][] {{x, x}, {turned, y}, {x, turned}}) {
      assertFalse(
          SoftmaxRows.run(
              new Kernel.Rows(
                  f.reductions(),
                  f.program(),
                  new Operand[] {inOut[0]},
                  last,
                  new Operand[] {inOut[1]},
                  Params.NONE)));
    }
    boolean[] first = {true, false};
    assertFalse(
        SoftmaxRows.run(
            new Kernel.Rows(
                f.reductions(),
                f.program(),
                new Operand[] {x},
                first,
                new Operand[] {y},
                Params.NONE)));
  }
}
