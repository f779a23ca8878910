package io.gradus.backend.cpu.lanes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradus.backend.cpu.elementwise.TileEvaluator;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.NormalNumbers;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NormalLanesTest {
  /** Words whose numbers are the smallest and the largest, or lie where rounding changes. */
  private static final int[] EDGES = {
    0,
    1,
    255,
    256,
    0xffff,
    0x10000,
    0xffffff,
    0x1000001,
    0x7fffffff,
    0x80000000,
    0x80000080,
    -256,
    -129,
    -128,
    -1
  };

  @BeforeEach
  void onVectors() {
    assumeTrue(Lanes.isVector());
  }

  @Test
  @DisplayName("S6.8 a normal number has the bits that its two words give in tiles")
  void words() {
    int n = 1 << 16;
    int[] first = new Random(1).ints(n).toArray();
    int[] second = new Random(2).ints(n).toArray();
    for (int i = 0; i < EDGES.length * EDGES.length; i++) {
      first[i] = EDGES[i / EDGES.length];
      second[i] = EDGES[i % EDGES.length];
    }
    Expr a = Expr.input(0, ComputeType.I32);
    Expr b = Expr.input(1, ComputeType.I32);
    Program program = Program.of(List.of(ComputeType.I32, ComputeType.I32), NormalNumbers.of(a, b));
    float[] expected = new float[n];
    TileEvaluator.of(program, new Operand[2], Shape.of(n))
        .evaluate(Params.NONE, 0, n, new Object[] {first, second}, 0, new Object[] {expected}, 0);
    float[] numbers = new float[n];
    // Minus zero changes no number, not even itself.
    VectorNormals.fill(first, second, 0, 1, -0f, numbers, 0, n);
    assertArrayEquals(expected, numbers);
  }

  @Test
  @DisplayName("S1.8 normal numbers do not depend on where their run begins or ends")
  void runs() {
    long[] params = {-77_000_000_000L, 3L << 40 | 5, Params.of(-0.25), Params.of(3), 1};
    int all = 10_000;
    float[] expected = new float[all];
    TileEvaluator.of(NormalNumbers.LINE, new Operand[0], Shape.of(all))
        .evaluate(params, 0, all, new Object[] {expected}, 0);
    for (int from : new int[] {0, 2, 34, 1024, 6666}) {
      for (int n : new int[] {1, 2, 15, 16, 31, 33, 1024, 1025, 3000}) {
        float[] numbers = new float[n + 3];
        NormalLanes.fill(from, params[0], params[1], -0.25f, 3, numbers, 3, n);
        for (int i = 0; i < n; i++) {
          numbers[3 + i] -= expected[from + i];
        }
        assertArrayEquals(new float[n + 3], numbers, "from " + from + ", " + n);
      }
    }
  }
}
