package io.gradus.classpath;

import io.gradus.Tensor;
import io.gradus.nn.Linear;
import io.gradus.nn.loss.MSELoss;
import io.gradus.optim.SGD;

/** Fits y = 2x + 1 and prints the parameters. */
final class TrainLine {
  private TrainLine() {}

  public static void main(String[] args) {
    Tensor x = Tensor.tensor(-1f, 0f, 1f, 2f).view(4, 1);
    Tensor y = x.mul(2).add(1);
    Linear line = new Linear(1, 1);
    SGD sgd = new SGD(line.parameters(), 0.1);
    MSELoss loss = new MSELoss();
    for (int i = 0; i < 200; i++) {
      sgd.zeroGrad();
      loss.call(line.call(x), y).backward();
      sgd.step();
    }
    Tensor bias = line.bias();
    System.out.printf(
        java.util.Locale.ROOT,
        "%.3f %.3f%n",
        line.weight().item().doubleValue(),
        bias == null ? Double.NaN : bias.item().doubleValue());
  }
}
