package io.gradus.benchmarks.libtorch;

import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Row;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A perceptron and a convolutional network: forward passes and training steps. */
final class TorchNetworks {
  private static final int BATCH = 64;
  private static final int SIDE = 28;
  private static final double SGD_RATE = 0.01;
  private static final double ADAM_RATE = 0.001;
  private static final long[] ONE = {1, 1};
  private static final long[] NONE = {0, 0};
  private static final long[] TWO = {2, 2};

  /** A network: weights and biases in turn, and what they do to a batch. */
  private abstract static class Network {
    final List<Tensor> parameters = new ArrayList<>();
    final List<TensorOptional> biases = new ArrayList<>();

    final void layer(int inputs, long... shape) {
      int n = 1;
      for (long s : shape) {
        n *= (int) s;
      }
      int seed = parameters.size();
      Tensor weight = Tensor.create(Inputs.parameters(n, inputs, seed), shape);
      int outputs = (int) shape[0];
      Tensor bias = Tensor.create(Inputs.parameters(outputs, inputs, seed + 1), outputs);
      parameters.add(Tensors.leaf(weight));
      parameters.add(Tensors.leaf(bias));
      biases.add(new TensorOptional(bias));
    }

    final Tensor linear(Tensor x, int layer) {
      return torch.linear(x, parameters.get(2 * layer), biases.get(layer));
    }

    abstract Tensor forward(Tensor x);
  }

  private static final class Perceptron extends Network {
    Perceptron() {
      layer(784, 256, 784);
      layer(256, 128, 256);
      layer(128, 10, 128);
    }

    @Override
    Tensor forward(Tensor x) {
      return linear(linear(linear(x, 0).relu(), 1).relu(), 2);
    }
  }

  private static final class Convolutional extends Network {
    Convolutional() {
      layer(9, 16, 1, 3, 3);
      layer(16 * 9, 32, 16, 3, 3);
      layer(32 * 5 * 5, 10, 32 * 5 * 5);
    }

    @Override
    Tensor forward(Tensor x) {
      return linear(block(block(x, 0), 1).flatten(1, -1), 2);
    }

    private Tensor block(Tensor x, int layer) {
      Tensor weight = parameters.get(2 * layer);
      Tensor y = torch.conv2d(x, weight, biases.get(layer), ONE, NONE, ONE, 1);
      return torch.max_pool2d(y.relu(), TWO);
    }
  }

  private TorchNetworks() {}

  static Work prepare(Row row) {
    Tensor flat = Tensors.normal(1, BATCH, SIDE * SIDE);
    Tensor images = Tensors.normal(1, BATCH, 1, SIDE, SIDE);
    return switch (row.operation()) {
      case MLP_FORWARD -> forward(new Perceptron(), flat);
      case MLP_SGD -> sgd(new Perceptron(), flat);
      case MLP_ADAM -> adam(new Perceptron(), flat);
      case CNN_FORWARD -> forward(new Convolutional(), images);
      default -> sgd(new Convolutional(), images);
    };
  }

  private static Work forward(Network network, Tensor x) {
    return () -> {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        return network.forward(x);
      }
    };
  }

  private static Work sgd(Network network, Tensor x) {
    return step(network, x, new SGD(vector(network), new SGDOptions(SGD_RATE)));
  }

  private static Work adam(Network network, Tensor x) {
    return step(network, x, new Adam(vector(network), new AdamOptions(ADAM_RATE)));
  }

  private static TensorVector vector(Network network) {
    return new TensorVector(network.parameters.toArray(new Tensor[0]));
  }

  private static Work step(Network network, Tensor x, Optimizer optimizer) {
    Tensor classes = Tensor.create(Inputs.classes(BATCH));
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        Tensor loss = torch.cross_entropy_loss(network.forward(x), classes);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        return loss;
      }
    };
  }
}
