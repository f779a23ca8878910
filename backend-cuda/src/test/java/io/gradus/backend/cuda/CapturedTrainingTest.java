package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.fusion.Fusion;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.SGD;
import io.gradus.random.Generator;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Replay;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Training by replaying a captured step, beside training by running it. */
@Tag("standin")
class CapturedTrainingTest {
  private static final int STEPS = 6;
  private static final int WARM_UP = 2;

  private final StandIn standIn = StandIn.forTest(CapturedTrainingTest.class);

  @AfterEach
  void restore() {
    Tensor.setDefaultDevice(Device.cpu());
    assertEquals(List.of(), standIn.findings().take());
  }

  private static float[] losses(Device device, boolean captured) {
    Tensor.setDefaultDevice(device);
    Generator.defaultGenerator().manualSeed(3);
    var model = new Sequential(new Linear(12, 16), new ReLU(), new Linear(16, 4));
    Tensor input = Tensor.zeros(8, 12);
    Tensor labels = Tensor.arange(8).remainder(4);
    Tensor seen = Tensor.zeros(1);
    CrossEntropyLoss lossOf = new CrossEntropyLoss();
    SGD optimizer = new SGD(model.parameters(), 0.1);
    Runnable step =
        () -> {
          Tensor loss = lossOf.call(model.call(input), labels);
          optimizer.zeroGrad();
          loss.backward();
          optimizer.step();
          Fusion.compute(seen.copy_(loss.detach()));
        };
    float[] losses = new float[STEPS];
    for (int i = 0; i < WARM_UP; i++) {
      losses[i] = after(i, input, step, seen);
    }
    if (captured) {
      try (Replay graph = device.capture(step)) {
        for (int i = WARM_UP; i < STEPS; i++) {
          losses[i] = after(i, input, graph::replay, seen);
        }
      }
    } else {
      for (int i = WARM_UP; i < STEPS; i++) {
        losses[i] = after(i, input, step, seen);
      }
    }
    return losses;
  }

  private static float after(int number, Tensor input, Runnable step, Tensor seen) {
    input.copy_(Tensor.randn(8, 12).add(number * 0.01));
    step.run();
    return seen.item().floatValue();
  }

  @Test
  @DisplayName(
      "a model that is trained by replays learns, with the bits of one that runs its steps")
  void sameBits() {
    float[] replayed = losses(Device.cuda(0), true);
    assertArrayEquals(losses(Device.cuda(0), false), replayed);
    assertArrayEquals(losses(Device.cpu(), false), replayed, 1e-5f);
    assertTrue(replayed[STEPS - 1] != replayed[WARM_UP], "its weights stay as they are");
  }
}
