package io.gradus.backend.cpu.elementwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TileEvaluatorTest {
  private static final Expr A = Expr.input(0, ComputeType.F32);
  private static final Expr B = Expr.input(1, ComputeType.F32);
  private static final List<ComputeType> TWO = List.of(ComputeType.F32, ComputeType.F32);

  @Test
  @DisplayName("any range of any layout, one output computed and one just an input")
  void ranges() {
    Random random = new Random(1);
    Shape shape = Shape.of(90, 110);
    Expr scaled =
        Expr.of(ScalarOp.MUL, Expr.of(ScalarOp.ADD, A, B), Expr.param(0, ComputeType.F32));
    Program p = Program.of(TWO, List.of(scaled, B));
    for (Operands.Form form : Operands.Form.values()) {
      Operand x = Operands.of(DType.F32, form, 90, 110, random);
      Operand y = Operands.of(DType.BF16, Operands.Form.TRANSPOSED, 90, 110, random);
      Operand[] in = {x, y};
      long[] params = {Params.of(0.5)};
      long[][] want = Interpreter.run(p, in, shape, new DType[] {DType.F32, DType.F32}, params);
      TileEvaluator evaluator = TileEvaluator.of(p, in, shape);
      for (int from : new int[] {0, 1, 109, 4321, 9899}) {
        int n = Math.min(5000, 9900 - from);
        float[][] out = {new float[n + 7], new float[n + 7]};
        evaluator.evaluate(params, from, n, out, 7);
        for (int j = 0; j < 2; j++) {
          for (int i = 0; i < n; i++) {
            long got = Float.floatToRawIntBits(out[j][7 + i]);
            assertTrue(
                Interpreter.same(ComputeType.F32, want[j][from + i], got), form + " at " + i);
          }
        }
      }
    }
  }

  @Test
  @DisplayName("inputs may come with the call; one that does not is an error")
  void given() {
    Operand y = Operands.of(DType.F32, Operands.Form.CONTIGUOUS, 1, 100, new Random(2));
    Program p = Program.of(TWO, Expr.of(ScalarOp.SUB, A, B));
    TileEvaluator evaluator = TileEvaluator.of(p, new Operand[] {null, y}, Shape.of(1, 100));
    float[] product = new float[50];
    product[23] = 2;
    float[] out = new float[10];
    evaluator.evaluate(Params.NONE, 90, 10, new Object[] {product}, 20, new Object[] {out}, 0);
    float b = Float.intBitsToFloat((int) Interpreter.read(y, 93));
    assertEquals(2 - b, out[3]);
    assertThrows(
        IllegalArgumentException.class,
        () -> evaluator.evaluate(Params.NONE, 0, 1, new Object[] {out}, 0));
  }
}
