package io.gradus.property;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.GradCheck;
import io.gradus.Tensor;
import io.gradus.fusion.Fusion;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RandomGradientsTest {
  @Test
  @DisplayName("S10.9 gradients of random compositions agree with central differences")
  void first() {
    Cases.of(
        "gradcheck",
        150,
        random -> {
          List<Tensor> in = inputs(random);
          RandomExpression f = new RandomExpression(random.nextLong(), random.nextInt(2, 9));
          try (Fusion.Scope fusion = fusion(random)) {
            assertTrue(
                GradCheck.gradcheck(x -> List.of(f.apply(x)), in, GradCheck.Tolerance.DEFAULT));
          }
        });
  }

  @Test
  @DisplayName("S10.9 second gradients of random compositions agree with central differences")
  void second() {
    Cases.of(
        "gradgradcheck",
        40,
        random -> {
          List<Tensor> in = inputs(random);
          RandomExpression f = new RandomExpression(random.nextLong(), random.nextInt(2, 6));
          try (Fusion.Scope fusion = fusion(random)) {
            assertTrue(
                GradCheck.gradgradcheck(
                    x -> List.of(f.apply(x)), in, new GradCheck.Tolerance(1e-6, 1e-4, 1e-3)));
          }
        });
  }

  private static Fusion.Scope fusion(Random random) {
    return random.nextBoolean() ? Fusion.off() : Fusion.from(1);
  }

  private static List<Tensor> inputs(Random random) {
    List<Tensor> in = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      long[] shape = new long[random.nextInt(4)];
      for (int d = 0; d < shape.length; d++) {
        shape[d] = random.nextInt(1, shape.length > 2 ? 3 : 4);
      }
      in.add(Arbitrary.tensor(random, DType.F64, shape).detach().requiresGrad_());
    }
    return in;
  }
}
