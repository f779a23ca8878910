package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.data.DataLoader;
import io.gradus.data.Digits;
import io.gradus.data.Splits;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.Adam;
import io.gradus.random.Generator;
import io.gradus.tensor.backend.Device;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The model of the digits example, trained on the CPU and on {@code cuda:0} by code that names no
 * device.
 */
@Tag("standin")
class DigitsOnCudaTest {
  private static final int EPOCHS = 3;

  /** What the last epoch came to. */
  private record Trained(double loss, double accuracy) {}

  private static Trained train() {
    Generator.defaultGenerator().manualSeed(1);
    var parts = Splits.randomSplit(Digits.load(), new double[] {8, 2}, new Generator(7));
    Sequential model = new Sequential(new Linear(64, 64), new ReLU(), new Linear(64, 10));
    CrossEntropyLoss lossOf = new CrossEntropyLoss();
    Adam optimizer = new Adam(model.parameters(), 3e-3);
    var loader = DataLoader.of(parts.get(0), 32).shuffle(new Generator(3));
    double total = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      total = 0;
      for (List<Tensor> batch : loader) {
        Tensor loss = lossOf.call(model.call(batch.get(0)), batch.get(1));
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        total += loss.item().doubleValue();
      }
    }
    long correct = 0;
    for (List<Tensor> batch : DataLoader.of(parts.get(1), 256)) {
      Tensor answer = model.call(batch.get(0)).argmax(1);
      correct += answer.eq(batch.get(1)).sum().item().longValue();
    }
    return new Trained(total / loader.size(), (double) correct / parts.get(1).size());
  }

  private static Trained train(Device device) {
    Tensor.setDefaultDevice(device);
    try {
      return train();
    } finally {
      Tensor.setDefaultDevice(Device.cpu());
    }
  }

  @Test
  void learnsTheSameAsOnTheCpu() {
    StandIn standIn = StandIn.forTest(DigitsOnCudaTest.class);
    standIn.findings().take();
    Trained cpu = train(Device.cpu());
    Trained cuda = train(Device.cuda(0));
    assertEquals(cpu.loss, cuda.loss, 1e-3);
    assertEquals(cpu.accuracy, cuda.accuracy, 0.01);
    assertTrue(cuda.accuracy > 0.8, "accuracy " + cuda.accuracy);
    assertEquals("[]", standIn.findings().take().toString());
  }
}
