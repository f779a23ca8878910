package io.gradus.benchmarks.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Row;
import java.util.ArrayList;
import java.util.List;

/** A perceptron and a convolutional network: forward passes and training steps. */
final class DjlNetworks {
  private static final int BATCH = 64;
  private static final int SIDE = 28;
  private static final float SGD_RATE = 0.01f;
  private static final float ADAM_RATE = 0.001f;
  private static final Shape TWO = new Shape(2, 2);
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape NONE = new Shape(0, 0);

  /** A network: weights and biases in turn, and what they do to a batch. */
  private abstract static class Network {
    final List<NDArray> parameters = new ArrayList<>();
    private final boolean trains;

    Network(boolean trains) {
      this.trains = trains;
    }

    final void layer(int inputs, long... shape) {
      Shape s = new Shape(shape);
      int seed = parameters.size();
      add(Inputs.parameters((int) s.size(), inputs, seed), s);
      add(Inputs.parameters((int) shape[0], inputs, seed + 1), new Shape(shape[0]));
    }

    private void add(float[] values, Shape shape) {
      NDArray p = Arrays.manager().create(values, shape);
      if (trains) {
        Arrays.leaf(p);
      }
      parameters.add(p);
    }

    final NDArray linear(NDArray x, int layer) {
      return Linear.linear(x, parameters.get(2 * layer), parameters.get(2 * layer + 1))
          .singletonOrThrow();
    }

    abstract NDArray forward(NDArray x);
  }

  private static final class Perceptron extends Network {
    Perceptron(boolean trains) {
      super(trains);
      layer(784, 256, 784);
      layer(256, 128, 256);
      layer(128, 10, 128);
    }

    @Override
    NDArray forward(NDArray x) {
      return linear(Activation.relu(linear(Activation.relu(linear(x, 0)), 1)), 2);
    }
  }

  private static final class Convolutional extends Network {
    Convolutional(boolean trains) {
      super(trains);
      layer(9, 16, 1, 3, 3);
      layer(16 * 9, 32, 16, 3, 3);
      layer(32 * 5 * 5, 10, 32 * 5 * 5);
    }

    @Override
    NDArray forward(NDArray x) {
      return linear(block(block(x, 0), 1).flatten(1, -1), 2);
    }

    private NDArray block(NDArray x, int layer) {
      NDArray weight = parameters.get(2 * layer);
      NDArray bias = parameters.get(2 * layer + 1);
      NDArray y = Conv2d.conv2d(x, weight, bias, ONE, NONE, ONE).singletonOrThrow();
      return Pool.maxPool2d(Activation.relu(y), TWO, TWO, NONE, false);
    }
  }

  private DjlNetworks() {}

  static Work prepare(Row row) {
    NDArray flat = Arrays.normal(1, BATCH, SIDE * SIDE);
    NDArray images = Arrays.normal(1, BATCH, 1, SIDE, SIDE);
    Tracker rate = Tracker.fixed(SGD_RATE);
    return switch (row.operation()) {
      case MLP_FORWARD -> forward(new Perceptron(false), flat);
      case MLP_SGD ->
          step(new Perceptron(true), flat, Optimizer.sgd().setLearningRateTracker(rate).build());
      case MLP_ADAM -> step(new Perceptron(true), flat, adam());
      case CNN_FORWARD -> forward(new Convolutional(false), images);
      default ->
          step(
              new Convolutional(true),
              images,
              Optimizer.sgd().setLearningRateTracker(rate).build());
    };
  }

  private static Optimizer adam() {
    return Optimizer.adam().optLearningRateTracker(Tracker.fixed(ADAM_RATE)).build();
  }

  /** Parameters that require no gradient: nothing is recorded. */
  private static Work forward(Network network, NDArray x) {
    return () -> {
      try (NDManager scope = Arrays.manager().newSubManager()) {
        scope.tempAttachAll(x);
        return network.forward(x);
      }
    };
  }

  private static Work step(Network network, NDArray x, Optimizer optimizer) {
    float[] classes = new float[BATCH];
    for (int i = 0; i < BATCH; i++) {
      classes[i] = i % 10;
    }
    NDArray labels = Arrays.manager().create(classes);
    Loss loss = Loss.softmaxCrossEntropyLoss();
    return () -> {
      try (NDManager scope = Arrays.manager().newSubManager()) {
        scope.tempAttachAll(x, labels);
        NDArray l;
        // Opening a collector clears the gradients of the step before.
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          l = loss.evaluate(new NDList(labels), new NDList(network.forward(x)));
          collector.backward(l);
        }
        for (int i = 0; i < network.parameters.size(); i++) {
          NDArray p = network.parameters.get(i);
          try (NDArray gradient = p.getGradient()) {
            optimizer.update("p" + i, p, gradient);
          }
        }
        return l;
      }
    };
  }
}
