package io.gradus;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gradus.exec.Executor;
import io.gradus.op.MapOp;
import io.gradus.op.TypeRule;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ScalarGradientsTest {
  private static final long[] SHAPE = {2, 3};

  @TestFactory
  @DisplayName("S10.9 every differentiable scalar operation passes gradcheck and gradgradcheck")
  Stream<DynamicTest> sweep() {
    List<DynamicTest> all = new ArrayList<>();
    for (ScalarOp op : ScalarOp.values()) {
      if (!isDifferentiable(op)) {
        continue;
      }
      MapOp map = map(op);
      for (LayoutForm form : LayoutForm.values()) {
        all.add(dynamicTest(op + ", " + form, () -> check(op, map, form)));
      }
    }
    return all.stream();
  }

  private static boolean isDifferentiable(ScalarOp op) {
    return switch (op.signature()) {
      case SAME, FLOAT -> op != ScalarOp.POLYGAMMA && op != ScalarOp.NEXTAFTER;
      case INT, COMPARE, WHERE, TO_BITS, FROM_BITS, PHILOX -> false;
    };
  }

  private static MapOp map(ScalarOp op) {
    return MapOp.of(
        op.name(),
        "ScalarBackward0",
        op.arity(),
        0,
        TypeRule.FLOAT,
        (in, p, t) ->
            switch (op.arity()) {
              case 1 -> Expr.of(op, in[0]);
              case 2 -> Expr.of(op, in[0], in[1]);
              default -> Expr.of(op, in[0], in[1], in[2]);
            });
  }

  private static void check(ScalarOp op, MapOp map, LayoutForm form) {
    Tensor[] leaves = new Tensor[op.arity()];
    for (int k = 0; k < leaves.length; k++) {
      // One operand has the form, the others are full: so a broadcast one has to be summed.
      leaves[k] = sample(op, k, k == 0 ? form.leaf(SHAPE) : full(form));
    }
    GradCheck.Checked f =
        in -> {
          Tensor[] operands = in.toArray(Tensor[]::new);
          operands[0] = form.view(operands[0], SHAPE);
          return List.of(Executor.map(map, operands));
        };
    assertTrue(GradCheck.gradcheck(f, leaves));
    assertTrue(GradCheck.gradgradcheck(f, leaves));
  }

  private static long[] full(LayoutForm form) {
    return switch (form) {
      case CONTIGUOUS, TRANSPOSED, SLICED, EXPANDED, BROADCAST -> SHAPE;
      case ZERO_DIM, EMPTY -> form.leaf(SHAPE);
    };
  }

  /** Points inside the domain, away from kinks, poles and ties. */
  private static Tensor sample(ScalarOp op, int k, long[] shape) {
    int n = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double unit = 0.11 + 0.131 * ((i * 5 + k * 2) % 6) + 0.017 * k;
      values[i] =
          switch (op) {
            case ACOSH -> 1.3 + unit;
            case POW, SQRT, RSQRT, LOG, LOG2, LOG10, LOG1P, LGAMMA, DIGAMMA -> 0.4 + unit;
            case FMOD -> k == 0 ? 3.3 * unit + 0.05 : 0.7 + 0.4 * unit;
            case DIV, ATAN2 -> 0.5 + unit;
            default -> i % 2 == 0 ? unit : -unit;
          };
    }
    return Tensor.tensor(values).view(shape).detach().requiresGrad_();
  }
}
