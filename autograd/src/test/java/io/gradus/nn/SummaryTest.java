package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.conv.Conv1d;
import io.gradus.nn.conv.Conv2d;
import io.gradus.nn.conv.Conv3d;
import io.gradus.nn.conv.ConvTranspose2d;
import io.gradus.nn.norm.BatchNorm2d;
import io.gradus.nn.pool.MaxPool2d;
import io.gradus.nn.rnn.LSTM;
import io.gradus.tensor.error.ShapeException;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static Sequential model() {
    return new Sequential(
        new Conv2d(1, 4, 3),
        new BatchNorm2d(4),
        new ReLU(),
        new MaxPool2d(2),
        new Flatten(),
        new Linear(36, 10));
  }

  @Test
  void showsShapesParametersAndMultiplyAdds() {
    Sequential m = model();
    m.get(5).requiresGrad_(false);
    assertEquals(
        """
        module            output        parameters  multiply-adds
        Sequential        [2, 10]
          0: Conv2d       [2, 4, 6, 6]          40          2,592
          1: BatchNorm2d  [2, 4, 6, 6]           8
          2: ReLU         [2, 4, 6, 6]
          3: MaxPool2d    [2, 4, 3, 3]
          4: Flatten      [2, 36]
          5: Linear       [2, 10]              370            720
        418 parameters (48 trainable), 3,312 multiply-adds\
        """,
        m.summary(2, 1, 8, 8).toString());
  }

  /** Expected numbers are half of what PyTorch's FlopCounterMode counts. */
  @Test
  void multiplyAddsOfKernels() {
    ConvOptions options = ConvOptions.DEFAULT.groups(2).stride(2);
    assertEquals(5400, new Conv2d(4, 6, 3, options.padding(1)).summary(2, 4, 9, 9).multiplyAdds());
    assertEquals(5400, new ConvTranspose2d(4, 6, 3, options).summary(2, 4, 5, 5).multiplyAdds());
    assertEquals(240, new Conv1d(3, 5, 2).summary(3, 9).multiplyAdds());
    assertEquals(384, new Conv3d(1, 2, 2).summary(1, 1, 3, 4, 5).multiplyAdds());
    assertEquals(210, new Linear(7, 5).summary(2, 3, 7).multiplyAdds());
  }

  @Test
  void leavesNoTrace() {
    Sequential m = model();
    m.get(2).eval();
    m.summary(2, 1, 8, 8);
    assertTrue(m.isTraining() && m.get(1).isTraining());
    assertFalse(m.get(2).isTraining());
    assertEquals(0, m.stateDict().get("1.num_batches_tracked").item().longValue());
    assertThrows(ShapeException.class, () -> m.summary(2, 1, 10, 10));
    assertTrue(m.isTraining());
  }

  @Test
  void takesModulesWithOtherInputs() {
    LSTM lstm = new LSTM(3, 4);
    Summary s = Summary.of(lstm, () -> lstm.call(Tensor.zeros(5, 2, 3)));
    assertNotNull(s.rows().getFirst().output());
    assertEquals(5 * 2 * (16 * 3 + 16 * 4), s.multiplyAdds());
    assertEquals(16 * 3 + 16 * 4 + 32, s.parameters());
  }
}
