package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.OwnProcess;
import io.gradus.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetSizeTest {
  /** Losses of tensors of one shape, then of several shapes, twice. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      losses(Tensor.ones(4));
      System.err.println("now");
      losses(Tensor.ones(4, 1));
      losses(Tensor.ones(4, 1));
    }

    private static void losses(Tensor input) {
      Tensor target = Tensor.ones(4);
      Functional.mseLoss(input, target);
      ElementLosses.l1Loss(input, target);
      ElementLosses.smoothL1Loss(input, target, Reduction.MEAN, 1);
      ElementLosses.huberLoss(input, target, Reduction.MEAN, 1);
    }
  }

  @Test
  void broadcastTargetsAreWarnedAboutOnce() throws Exception {
    // The warning comes once a process, so it takes one of its own.
    String out = OwnProcess.output(Program.class);
    for (String loss : List.of("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss")) {
      String said =
          "[%s] Using a target size ([4]) that is different to the input size ([4, 1])"
              .formatted(loss);
      int first = out.indexOf(said);
      assertTrue(first > out.indexOf("now"), out);
      assertEquals(first, out.lastIndexOf(said), out);
    }
  }
}
