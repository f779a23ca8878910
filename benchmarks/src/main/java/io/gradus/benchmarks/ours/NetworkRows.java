package io.gradus.benchmarks.ours;

import io.gradus.Tensor;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Row;
import io.gradus.graph.GradMode;
import io.gradus.nn.Flatten;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.conv.Conv2d;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.nn.pool.MaxPool2d;
import io.gradus.optim.Adam;
import io.gradus.optim.Optimizer;
import io.gradus.optim.SGD;

/** A perceptron and a convolutional network: forward passes and training steps. */
final class NetworkRows {
  private static final int BATCH = 64;
  private static final int SIDE = 28;
  private static final double SGD_RATE = 0.01;
  private static final double ADAM_RATE = 0.001;

  private NetworkRows() {}

  static Work prepare(Row row) {
    Tensor pixels = Tensor.tensor(Inputs.normal(BATCH * SIDE * SIDE, 1));
    Tensor flat = pixels.view(BATCH, SIDE * SIDE);
    Tensor images = pixels.view(BATCH, 1, SIDE, SIDE);
    return switch (row.operation()) {
      case MLP_FORWARD -> forward(perceptron(), flat);
      case MLP_SGD -> sgd(perceptron(), flat);
      case MLP_ADAM -> adam(perceptron(), flat);
      case CNN_FORWARD -> forward(convolutional(), images);
      default -> sgd(convolutional(), images);
    };
  }

  private static Sequential perceptron() {
    return new Sequential(
        new Linear(784, 256), new ReLU(), new Linear(256, 128), new ReLU(), new Linear(128, 10));
  }

  private static Sequential convolutional() {
    return new Sequential(
        new Conv2d(1, 16, 3),
        new ReLU(),
        new MaxPool2d(2),
        new Conv2d(16, 32, 3),
        new ReLU(),
        new MaxPool2d(2),
        new Flatten(),
        new Linear(32 * 5 * 5, 10));
  }

  private static Work forward(Sequential model, Tensor x) {
    return () -> {
      try (GradMode.Scope _ = GradMode.noGrad()) {
        return Results.computed(model.call(x));
      }
    };
  }

  private static Work sgd(Sequential model, Tensor x) {
    return step(model, x, new SGD(model.parameters(), SGD_RATE));
  }

  private static Work adam(Sequential model, Tensor x) {
    return step(model, x, new Adam(model.parameters(), ADAM_RATE));
  }

  private static Work step(Sequential model, Tensor x, Optimizer<?> optimizer) {
    Tensor classes = Tensor.tensor(Inputs.classes(BATCH));
    CrossEntropyLoss loss = new CrossEntropyLoss();
    return () -> {
      Tensor l = loss.call(model.call(x), classes);
      optimizer.zeroGrad();
      l.backward();
      optimizer.step();
      return Results.computed(l);
    };
  }
}
