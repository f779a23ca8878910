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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ScalarGradientsTest {
  /** How an operand of shape [2, 3] (or another one, for the last two) comes from its leaf. */
  private record Form(long[] leaf, UnaryOperator<Tensor> view) {}

  private static final Map<String, Form> FORMS = new LinkedHashMap<>();

  static {
    FORMS.put("contiguous", new Form(new long[] {2, 3}, t -> t));
    FORMS.put("transposed", new Form(new long[] {3, 2}, Tensor::t));
    FORMS.put("broadcast", new Form(new long[] {3}, t -> t));
    FORMS.put("expanded", new Form(new long[] {2, 1}, t -> t.expand(2, 3)));
    FORMS.put("0-dim", new Form(new long[0], t -> t));
    FORMS.put("empty", new Form(new long[] {0, 3}, t -> t));
  }

  @TestFactory
  @DisplayName("S10.9 every differentiable scalar operation passes gradcheck and gradgradcheck")
  Stream<DynamicTest> sweep() {
    List<DynamicTest> all = new ArrayList<>();
    for (ScalarOp op : ScalarOp.values()) {
      if (!isDifferentiable(op)) {
        continue;
      }
      MapOp map = map(op);
      for (Map.Entry<String, Form> form : FORMS.entrySet()) {
        all.add(dynamicTest(op + " " + form.getKey(), () -> check(op, map, form.getValue())));
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

  private static void check(ScalarOp op, MapOp map, Form form) {
    Tensor[] leaves = new Tensor[op.arity()];
    for (int k = 0; k < leaves.length; k++) {
      // One operand has the form, the others are full: so a broadcast one has to be summed.
      leaves[k] = sample(op, k, k == 0 ? form.leaf() : full(form));
    }
    GradCheck.Checked f =
        in -> {
          Tensor[] operands = in.toArray(Tensor[]::new);
          operands[0] = form.view().apply(operands[0]);
          return List.of(Executor.map(map, operands));
        };
    assertTrue(GradCheck.gradcheck(f, leaves));
    assertTrue(GradCheck.gradgradcheck(f, leaves));
  }

  private static long[] full(Form form) {
    return form.leaf().length == 0 || form.leaf()[0] == 0 ? form.leaf() : new long[] {2, 3};
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
