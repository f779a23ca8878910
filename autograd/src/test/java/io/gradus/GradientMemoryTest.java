package io.gradus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.gradus.optim.ASGD;
import io.gradus.optim.Adadelta;
import io.gradus.optim.Adafactor;
import io.gradus.optim.Adagrad;
import io.gradus.optim.Adam;
import io.gradus.optim.AdamW;
import io.gradus.optim.Adamax;
import io.gradus.optim.Muon;
import io.gradus.optim.NAdam;
import io.gradus.optim.Optimizer;
import io.gradus.optim.ParameterState;
import io.gradus.optim.RAdam;
import io.gradus.optim.RMSprop;
import io.gradus.optim.Rprop;
import io.gradus.optim.SGD;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A gradient that came through a view is kept without a copy where nobody else holds its memory;
 * where somebody does, writing one gradient must not change another.
 */
class GradientMemoryTest {
  private final Tensor a = Tensor.randn(3, 4).requiresGrad_(true);
  private final Tensor b = Tensor.randn(3, 4).requiresGrad_(true);
  private final Tensor row = Tensor.randn(4).requiresGrad_(true);
  private final Tensor g = Tensor.randn(4, 3);

  @Test
  void gradientsOfSeveralLeavesAreApart() {
    List<Function<Tensor[], Tensor>> programs =
        List.of(
            t -> t[0].t().add(t[1].t()),
            t -> t[0].add(t[1]).t(),
            t -> t[0].t().add(t[1].view(4, 3)),
            t -> t[0].t().mul(t[1].t()),
            t -> t[0].t().add(t[0].view(4, 3)),
            t -> t[0].unsqueeze(0).add(t[1]).squeeze(0).t(),
            t -> t[0].add(t[2]).t(),
            t -> t[0].sub(t[2].unsqueeze(0)).t());
    for (Function<Tensor[], Tensor> program : programs) {
      Tensor[] leaves = {a, b, row};
      for (Tensor t : leaves) {
        t.setGrad(null);
      }
      float[] before = g.floatArray();
      program.apply(leaves).backward(g);
      for (Tensor t : leaves) {
        for (Tensor other : leaves) {
          Tensor grad = other.grad();
          if (t.grad() != null && other != t && grad != null) {
            float[] was = grad.floatArray();
            write(t);
            assertArrayEquals(was, grad.floatArray(), 0f);
          }
        }
      }
      assertArrayEquals(before, g.floatArray(), 0f);
    }
  }

  private static void write(Tensor leaf) {
    Tensor grad = leaf.grad();
    assertNotNull(grad);
    grad.mul_(2);
  }

  @Test
  void whatHooksAndRetainedGradientsSeeStays() {
    Tensor[] seen = new Tensor[1];
    Tensor y = a.t();
    y.retainGrad();
    y.registerHook(
        grad -> {
          seen[0] = grad;
          return null;
        });
    y.mul(Tensor.ones(4, 3)).backward(g);
    float[] expected = g.floatArray();
    write(a);
    Tensor retained = y.grad();
    assertNotNull(retained);
    assertArrayEquals(expected, retained.floatArray(), 0f);
    assertArrayEquals(expected, seen[0].floatArray(), 0f);
  }

  @Test
  void aGradientOutlivesTheScopeItWasComputedIn() {
    Tensor weight = Tensor.randn(256, 200).requiresGrad_(true); // large enough to be recycled
    try (TensorScope scope = TensorScope.open()) {
      Tensor.ones(64, 200).matmul(weight.t()).sum().backward();
    }
    Tensor kept = weight.grad();
    assertNotNull(kept);
    float[] before = kept.floatArray();
    for (int i = 0; i < 20; i++) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor.randn(256, 200).add(1).exp().sum().item();
      }
    }
    assertArrayEquals(before, kept.floatArray(), 0f);
  }

  private static final List<Function<List<Tensor>, Optimizer<?>>> KEEPING_NO_GRADIENTS =
      List.of(
          p -> new ASGD(p, 0.01),
          p -> new Adadelta(p, 0.01),
          p -> new Adafactor(p, 0.01),
          p -> new Adagrad(p, 0.01),
          p -> new Adam(p, 0.01),
          p -> new AdamW(p, 0.01),
          p -> new Adamax(p, 0.01),
          p -> new Muon(p, 0.01),
          p -> new NAdam(p, 0.01),
          p -> new RAdam(p, 0.01),
          p -> new RMSprop(p, 0.01),
          p -> new Rprop(p, 0.01),
          p -> new SGD(p, 0.01));

  @Test
  void optimizersOfThisLibraryDoNotKeepGradients() {
    for (Function<List<Tensor>, Optimizer<?>> maker : KEEPING_NO_GRADIENTS) {
      Tensor weight = Tensor.randn(3, 4).requiresGrad_(true);
      Optimizer<?> optimizer = maker.apply(List.of(weight));
      weight.sum().backward();
      optimizer.step();
      assertNotNull(weight.grad);
      assertFalse(weight.grad.shared, optimizer.getClass().getSimpleName());
    }
  }

  @Test
  void theirStepsAreTheSameWhenMemoryOfGradientsIsUsedAgain() {
    for (Function<List<Tensor>, Optimizer<?>> maker : KEEPING_NO_GRADIENTS) {
      float[] apart = trained(maker, true);
      assertArrayEquals(apart, trained(maker, false), 0f);
    }
  }

  /** A weight large enough to be recycled after three steps; gradients that were seen are not. */
  private static float[] trained(Function<List<Tensor>, Optimizer<?>> maker, boolean seen) {
    Tensor start = Tensor.arange(400 * 400).view(400, 400).remainder(7).sub(3).mul(0.1);
    Tensor weight = start.clone().requiresGrad_(true);
    Optimizer<?> optimizer = maker.apply(List.of(weight));
    for (int i = 1; i <= 3; i++) {
      optimizer.zeroGrad();
      Tensor other = start.add(i).clone(); // overwrites what was given back
      weight.mul(other).mul(weight).sum().backward();
      if (seen) {
        assertNotNull(weight.grad());
      }
      optimizer.step();
    }
    optimizer.zeroGrad();
    start.add(9).exp().sum().item();
    return weight.detach().floatArray();
  }

  @Test
  void anOptimizerOfTheUserMayKeepGradients() {
    Tensor weight = Tensor.ones(300_000).requiresGrad_(true);
    Keeping optimizer = new Keeping(weight);
    weight.mul(2).sum().backward();
    optimizer.step();
    optimizer.zeroGrad();
    Tensor other = weight.mul(7);
    assertEquals(7 * 300_000.0, other.sum().item().doubleValue());
    assertNotNull(optimizer.kept);
    assertEquals(2 * 300_000.0, optimizer.kept.sum().item().doubleValue());
  }

  private static final class Keeping extends Optimizer<SGD.Options> {
    private @Nullable Tensor kept;

    Keeping(Tensor parameter) {
      super(List.of(parameter), SGD.Options.of(0.1));
    }

    @Override
    protected void update(
        Tensor parameter, Tensor gradient, ParameterState state, SGD.Options options) {
      kept = gradient;
    }
  }
}
