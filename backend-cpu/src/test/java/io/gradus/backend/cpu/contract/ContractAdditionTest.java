package io.gradus.backend.cpu.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Pair.Form;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is added to a product is added to the rounded product, whichever way that is computed. */
class ContractAdditionTest {
  /** Batch, m, n, k: nothing to add up, vectors, small, few rows, wide, high, several chunks. */
  private static final int[][] SIZES = {
    {1, 3, 4, 0},
    {1, 1, 70, 9},
    {1, 70, 1, 9},
    {3, 7, 5, 6},
    {1, 64, 100, 300},
    {1, 40, 70, 1100},
    {1, 300, 90, 300},
    {2, 64, 40, 128}
  };

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void aMatrixOrARowOrAColumnIsAdded(DType dtype) {
    for (int[] s : SIZES) {
      for (Form second : List.of(Form.DENSE, Form.TRANSPOSED)) {
        for (Form out : List.of(Form.DENSE, Form.TRANSPOSED, Form.GAPS)) {
          check(dtype, s, second, out);
        }
      }
    }
  }

  private static void check(DType dtype, int[] s, Form second, Form form) {
    Pair pair = new Pair(5);
    Operand a = pair.operand(dtype, Form.DENSE, i -> Math.sin(i), s[0], s[1], s[3]).cpu();
    Operand b = pair.operand(dtype, second, i -> Math.cos(i), s[0], s[3], s[2]).cpu();
    Operand product = pair.operand(dtype, form, i -> 7.0, s[0], s[1], s[2]).cpu();
    Pair.CPU.run(new Kernel.Contract(a, b, product, 1, 0, null, new Operand[0], Params.NONE));
    Operand matrix = pair.operand(dtype, Form.TRANSPOSED, i -> i % 9 - 4.0, s[0], s[1], s[2]).cpu();
    Layout l = matrix.layout();
    long[][] strides = {
      {l.stride(0), l.stride(1), l.stride(2)}, {0, 0, 1}, {0, 1, 0}, {0, 0, 0},
    };
    ComputeType t = dtype.compute();
    Program sum =
        Program.of(List.of(t, t), Expr.of(ScalarOp.ADD, Expr.input(0, t), Expr.input(1, t)));
    for (long[] steps : strides) {
      Operand addend = matrix.with(Layout.of(l.shape(), steps, l.offset()));
      Operand out = pair.operand(dtype, form, i -> Double.NaN, s[0], s[1], s[2]).cpu();
      Operand[] more = {addend};
      Pair.CPU.run(new Kernel.Contract(a, b, out, 1, 0, sum, more, Params.NONE));
      compare(product, addend, out);
    }
  }

  private static void compare(Operand product, Operand addend, Operand out) {
    double[] x = Pair.read(product);
    double[] y = Pair.read(addend);
    double[] z = Pair.read(out);
    boolean isDouble = out.dtype() == DType.F64;
    for (long i = 0; i < out.layout().numel(); i++) {
      double expected = x[at(product, i)] + y[at(addend, i)];
      assertEquals(isDouble ? expected : (float) expected, z[at(out, i)]);
    }
  }

  private static int at(Operand o, long element) {
    return (int) o.layout().at(element);
  }
}
