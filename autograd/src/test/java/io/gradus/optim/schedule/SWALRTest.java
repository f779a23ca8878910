package io.gradus.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Tensor;
import io.gradus.optim.SGD;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rates are those of torch.optim.swa_utils.SWALR, PyTorch 2.13. */
class SWALRTest {
  private static SGD optimizer() {
    SGD sgd = new SGD(List.of(Tensor.tensor(1.0).requiresGrad_()), SGD.Options.of(0.5));
    sgd.addGroup(List.of(Tensor.tensor(2.0).requiresGrad_()), SGD.Options.of(0.2));
    return sgd;
  }

  private static void assertRates(LRScheduler scheduler, double[]... rates) {
    assertArrayEquals(rates[0], scheduler.lastLr(), 1e-15);
    for (int i = 1; i < rates.length; i++) {
      scheduler.step();
      assertArrayEquals(rates[i], scheduler.lastLr(), 1e-15, "after step " + i);
    }
  }

  @Test
  void ratesAreThoseOfPyTorch() {
    assertRates(
        new SWALR(optimizer(), 0.05, 4, SWALR.Annealing.COS),
        new double[] {0.5, 0.2},
        new double[] {0.4340990257669732, 0.17803300858899107},
        new double[] {0.275, 0.125},
        new double[] {0.11590097423302682, 0.07196699141100894},
        new double[] {0.05, 0.05},
        new double[] {0.05, 0.05});
    assertRates(
        new SWALR(optimizer(), new double[] {0.05, 0.4}, 3, SWALR.Annealing.LINEAR),
        new double[] {0.5, 0.2},
        new double[] {0.35, 0.8 / 3},
        new double[] {0.2, 1.0 / 3},
        new double[] {0.05, 0.4},
        new double[] {0.05, 0.4});
    assertRates(
        new SWALR(optimizer(), 0.05, 0, SWALR.Annealing.LINEAR),
        new double[] {0.05, 0.05},
        new double[] {0.05, 0.05});
  }

  @Test
  void itTakesOverWhereAnotherSchedulerStopped() {
    SGD sgd = optimizer();
    ExponentialLR before = new ExponentialLR(sgd, 0.9);
    SWALR after = new SWALR(sgd, 0.05, 3, SWALR.Annealing.COS);
    for (int i = 0; i < 3; i++) {
      before.step();
    }
    assertRates(
        after,
        new double[] {0.3645, 0.1458},
        new double[] {0.285875, 0.12185},
        new double[] {0.128625, 0.07395},
        new double[] {0.05, 0.05});
  }

  @Test
  void settingsThatDoNotFitAreRefused() {
    assertThrows(
        InvalidArgumentException.class,
        () -> new SWALR(optimizer(), new double[] {1}, 3, SWALR.Annealing.COS));
    assertThrows(
        InvalidArgumentException.class, () -> new SWALR(optimizer(), 0.1, -1, SWALR.Annealing.COS));
  }
}
