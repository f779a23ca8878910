package io.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizerTest {
  private static Tensor parameter() {
    return Tensor.tensor(1.0, -2.0, 3.0).requiresGrad_();
  }

  @Test
  void aParameterWithoutGradientStays() {
    Tensor p = parameter();
    new Adam(List.of(p), 0.1).step();
    assertArrayEquals(new double[] {1, -2, 3}, p.doubleArray());
  }

  @Test
  void badSettingsAndParametersAreRefused() {
    Tensor p = parameter();
    assertThrows(InvalidArgumentException.class, () -> new SGD(List.of(p), -1));
    assertThrows(InvalidArgumentException.class, () -> new SGD(List.of(), 0.1));
    assertThrows(InvalidArgumentException.class, () -> SGD.Options.of(0.1).nesterov(true));
    assertThrows(InvalidArgumentException.class, () -> AdamOptions.of(0.1).betas(1, 0.9));
    assertThrows(AutogradException.class, () -> new SGD(List.of(p.mul(2)), 0.1));
    SGD sgd = new SGD(List.of(p), 0.1);
    assertThrows(InvalidArgumentException.class, () -> sgd.addGroup(List.of(p), SGD.Options.of(1)));
  }

  @Test
  void aStateThatIsLoadedGoesOnBitForBit() {
    Tensor a = parameter();
    Tensor b = parameter();
    Adam first = new Adam(List.of(a), 0.1);
    step(first, a, 3);
    Adam second = new Adam(List.of(b), 0.5);
    b.detach().copy_(a.detach());
    second.loadStateDict(first.stateDict());
    step(first, a, 4);
    step(second, b, 4);
    assertArrayEquals(a.doubleArray(), b.doubleArray(), 0);
  }

  @Test
  void aQuasiNewtonStateThatIsLoadedGoesOnBitForBit() {
    Tensor a = parameter();
    Tensor b = parameter();
    LBFGS first = new LBFGS(List.of(a), LBFGS.Options.of(0.3).maxIterations(2));
    first.step(() -> quartic(a));
    LBFGS second = new LBFGS(List.of(b), 1);
    b.detach().copy_(a.detach());
    second.loadStateDict(first.stateDict());
    first.step(() -> quartic(a));
    second.step(() -> quartic(b));
    assertArrayEquals(a.doubleArray(), b.doubleArray(), 0);
  }

  private static Tensor quartic(Tensor p) {
    p.setGrad(null);
    Tensor loss = p.pow(4).add(p).sum();
    loss.backward();
    return loss;
  }

  @Test
  void whatCannotStepSaysWhatToDo() {
    Tensor vector = parameter();
    ShapeException shape = assertThrows(ShapeException.class, () -> new Muon(List.of(vector), 0.1));
    assertTrue(shape.getMessage().contains("AdamW"), shape.getMessage());
    LBFGS lbfgs = new LBFGS(List.of(vector), 1);
    assertTrue(
        assertThrows(InvalidArgumentException.class, lbfgs::step).getMessage().contains("closure"));
  }

  private static void step(Adam optimizer, Tensor p, int times) {
    for (int i = 0; i < times; i++) {
      optimizer.zeroGrad();
      p.mul(p).sum().backward();
      optimizer.step();
    }
  }

  @Test
  void theClosureIsDifferentiatedAndItsLossReturned() {
    Tensor p = parameter();
    SGD sgd = new SGD(List.of(p), 0.25);
    Tensor loss =
        sgd.step(
            () -> {
              sgd.zeroGrad();
              Tensor l = p.mul(p).sum();
              l.backward();
              return l;
            });
    assertEquals(14.0, loss.item());
    assertArrayEquals(new double[] {0.5, -1, 1.5}, p.doubleArray());
  }

  @Test
  void aStepIsNoticedByBackward() {
    Tensor p = parameter();
    Tensor y = p.mul(p).sum();
    p.setGrad(Tensor.tensor(1.0, 1.0, 1.0));
    new SGD(List.of(p), 0.1).step();
    AutogradException e = assertThrows(AutogradException.class, y::backward);
    assertTrue(
        String.valueOf(e.getMessage()).contains("modified by an inplace operation"), e::getMessage);
  }

  @Test
  void aStateOfOtherShapesIsRefusedAndChangesNothing() {
    Tensor a = parameter();
    Adam adam = new Adam(List.of(a), 0.1);
    step(adam, a, 2);
    OptimizerState<AdamOptions> wrong = adam.stateDict();
    wrong.states().get(0).tensors().put("exp_avg", Tensor.zeros(2).to(DType.F64));
    float[] before = adam.stateDict().states().get(0).tensors().get("exp_avg").floatArray();
    var e = assertThrows(InvalidArgumentException.class, () -> adam.loadStateDict(wrong));
    assertEquals(
        "[loadStateDict] exp_avg of parameter 0 is f64 [2], expected floating [3]", e.getMessage());
    assertArrayEquals(
        before, adam.stateDict().states().get(0).tensors().get("exp_avg").floatArray());
    wrong.states().get(0).tensors().put("exp_avg", Tensor.zeros(3).to(DType.I64));
    assertThrows(InvalidArgumentException.class, () -> adam.checkStateDict(wrong));
  }
}
