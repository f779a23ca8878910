package io.gradus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gradus.nn.Dropout;
import io.gradus.nn.Linear;
import io.gradus.random.Generator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ActivationCheckpointTest {
  private final Generator own = new Generator(7);
  private final Linear linear = new Linear(6, 6);
  private final Dropout dropout = new Dropout(0.5);
  private final Dropout other = new Dropout(0.5, own);
  private final Tensor x = Tensor.ones(4, 6).requiresGrad_(true);

  private final Generator.State before = Generator.defaultGenerator().getState();

  @AfterEach
  void putBack() {
    Generator.defaultGenerator().setState(before);
  }

  private Tensor block(Tensor input) {
    return other.call(dropout.call(linear.call(input)).tanh()).mul(Tensor.rand(4, 6));
  }

  /** The gradients of x and the weight of a block, from the same random numbers each time. */
  private List<Tensor> gradients(UnaryOperator<Tensor> way) {
    Generator.defaultGenerator().manualSeed(3);
    own.manualSeed(7);
    Tensor loss = way.apply(x).square().sum();
    return Autograd.grad(List.of(loss), List.of(x, linear.weight()));
  }

  private static void assertSame(List<Tensor> a, List<Tensor> b) {
    for (int i = 0; i < a.size(); i++) {
      assertArrayEquals(a.get(i).floatArray(), b.get(i).floatArray());
    }
  }

  @Test
  @DisplayName("S10.10 dropout within a checkpoint leaves out the same elements in backward")
  void sameRandomNumbers() {
    List<Tensor> plain = gradients(this::block);
    assertSame(plain, gradients(t -> Autograd.checkpoint(() -> block(t))));
    List<Tensor> twice = gradients(t -> block(block(t)));
    assertSame(
        twice,
        gradients(t -> Autograd.checkpoint(() -> Autograd.checkpoint(() -> block(block(t))))));
    assertSame(
        twice,
        gradients(
            t -> {
              Tensor first = Autograd.checkpoint(() -> block(t));
              return Autograd.checkpoint(() -> block(first));
            }));
  }

  @Test
  @DisplayName("S10.10 backward through a checkpoint leaves the generators where they stand")
  void generatorsStay() {
    Tensor loss = Autograd.checkpoint(() -> block(x).sum());
    Tensor between = Tensor.rand(3);
    Generator.State now = Generator.defaultGenerator().getState();
    Generator.State ownNow = own.getState();
    loss.backward();
    assertEquals(now, Generator.defaultGenerator().getState());
    assertEquals(ownNow, own.getState());
    assertFalse(between.equal(Tensor.rand(3)));
  }
}
