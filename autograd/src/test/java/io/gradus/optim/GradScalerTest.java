package io.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.nn.Linear;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GradScalerTest {
  private final Tensor p = Tensor.tensor(1f, 2f).requiresGrad_();
  private final SGD sgd = new SGD(List.of(p), 1);
  private final GradScaler scaler =
      new GradScaler(GradScaler.Options.DEFAULT.initScale(8).growthInterval(2));

  private boolean train(double slope) {
    sgd.zeroGrad();
    scaler.scale(p.mul(slope).sum()).backward();
    boolean stepped = scaler.step(sgd);
    scaler.update();
    return stepped;
  }

  @Test
  void gradientsAreDividedBeforeTheStep() {
    assertTrue(train(0.5));
    assertArrayEquals(new float[] {0.5f, 1.5f}, p.floatArray());
  }

  @Test
  void theFactorGrowsAfterGoodStepsAndShrinksAfterABadOne() {
    train(0.5);
    assertEquals(8, scaler.scale());
    train(0.5);
    assertEquals(16, scaler.scale());
    float[] before = p.floatArray();
    assertFalse(train(Double.POSITIVE_INFINITY));
    assertArrayEquals(before, p.floatArray());
    assertEquals(8, scaler.scale());
    train(0);
    assertEquals(8, scaler.scale(), "the count starts anew after a bad step");
  }

  @Test
  void gradientsCanBeClippedBetween() {
    scaler.scale(p.mul(3).sum()).backward();
    scaler.unscale_(sgd);
    assertArrayEquals(new float[] {3, 3}, p.grad().floatArray());
    ClipGrad.value_(List.of(p), 1);
    scaler.step(sgd);
    assertArrayEquals(new float[] {0, 1}, p.floatArray());
  }

  @Test
  void callsOutOfOrderAreRefused() {
    assertThrows(InvalidArgumentException.class, scaler::update);
    assertThrows(InvalidArgumentException.class, () -> scaler.step(sgd));
    scaler.scale(p.sum()).backward();
    scaler.unscale_(sgd);
    assertThrows(InvalidArgumentException.class, () -> scaler.unscale_(sgd));
    scaler.step(sgd);
    assertThrows(InvalidArgumentException.class, () -> scaler.step(sgd));
    assertThrows(InvalidArgumentException.class, () -> scaler.unscale_(sgd));
    assertThrows(InvalidArgumentException.class, () -> new GradScaler.Options(1, 1, 0.5, 10));
    Tensor narrow = Tensor.ones(2).to(DType.F16).requiresGrad_();
    narrow.setGrad(Tensor.ones(2).to(DType.F16));
    assertThrows(DTypeException.class, () -> scaler.unscale_(new SGD(List.of(narrow), 1)));
  }

  @Test
  void aStateThatIsLoadedGoesOn() {
    train(0.5);
    GradScaler other = new GradScaler();
    other.loadStateDict(scaler.stateDict());
    assertArrayEquals(new double[] {1}, other.stateDict().get("_growth_tracker"));
    assertEquals(8, other.scale());
    Map<String, double[]> broken = new HashMap<>(scaler.stateDict());
    broken.remove("scale");
    assertThrows(InvalidArgumentException.class, () -> other.loadStateDict(broken));
  }

  @Test
  void mastersKeepWhatNarrowParametersRoundAway() {
    Linear model = new Linear(1, 1, false);
    Parameter w = model.parameters().get(0);
    w.detach().fill_(1);
    model.to(DType.BF16);
    MasterWeights master = new MasterWeights(model.parameters());
    SGD optimizer = new SGD(master.parameters(), 1.0 / 1024);
    for (int i = 0; i < 8; i++) {
      Tensor x = Tensor.ones(1, 1).to(DType.BF16);
      scaler.scale(model.call(x).sum()).backward();
      master.takeGradients();
      scaler.step(optimizer);
      scaler.update();
      master.giveParameters();
    }
    assertEquals(DType.BF16, w.dtype());
    assertEquals(1 - 8.0 / 1024, master.parameters().get(0).item().doubleValue());
    assertEquals(1 - 8.0 / 1024, w.item().doubleValue());
    assertThrows(
        InvalidArgumentException.class, () -> new MasterWeights(List.of(Tensor.tensor(1, 2))));
  }
}
