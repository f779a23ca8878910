package io.gradus.benchmarks.nd4j;

import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Forward passes; what may be overwritten is. */
final class Nd4jNetworks {
  private static final int BATCH = 64;
  private static final int SIDE = 28;

  private Nd4jNetworks() {}

  static Work prepare(Row row) {
    return row.operation() == Operation.MLP_FORWARD ? perceptron() : convolutional();
  }

  private static INDArray parameter(int inputs, long seed, long... shape) {
    long n = 1;
    for (long s : shape) {
      n *= s;
    }
    return Nd4j.create(Inputs.parameters((int) n, inputs, seed), shape, DataType.FLOAT);
  }

  private static INDArray linear(INDArray x, INDArray weight, INDArray bias) {
    return x.mmul(weight).addiRowVector(bias);
  }

  private static Work perceptron() {
    INDArray x = Arrays.normal(1, BATCH, SIDE * SIDE);
    INDArray w1 = parameter(784, 1, 784, 256);
    INDArray b1 = parameter(784, 2, 256);
    INDArray w2 = parameter(256, 3, 256, 128);
    INDArray b2 = parameter(256, 4, 128);
    INDArray w3 = parameter(128, 5, 128, 10);
    INDArray b3 = parameter(128, 6, 10);
    return () -> {
      INDArray y = Transforms.relu(linear(x, w1, b1), false);
      INDArray z = Transforms.relu(linear(y, w2, b2), false);
      INDArray r = linear(z, w3, b3);
      Arrays.free(y, z, r);
      return r;
    };
  }

  private static Work convolutional() {
    INDArray x = Arrays.normal(1, BATCH, 1, SIDE, SIDE);
    INDArray w1 = parameter(9, 1, 3, 3, 1, 16);
    INDArray b1 = parameter(9, 2, 16);
    INDArray w2 = parameter(144, 3, 3, 3, 16, 32);
    INDArray b2 = parameter(144, 4, 32);
    INDArray w3 = parameter(800, 5, 800, 10);
    INDArray b3 = parameter(800, 6, 10);
    Conv2DConfig three = Conv2DConfig.builder().kH(3).kW(3).build();
    Pooling2DConfig two = Nd4jData.windows();
    return () -> {
      INDArray c1 = Transforms.relu(Nd4j.cnn().conv2d(x, w1, b1, three), false);
      INDArray p1 = Nd4j.cnn().maxPooling2d(c1, two);
      INDArray c2 = Transforms.relu(Nd4j.cnn().conv2d(p1, w2, b2, three), false);
      INDArray p2 = Nd4j.cnn().maxPooling2d(c2, two);
      INDArray r = linear(p2.reshape(BATCH, 800), w3, b3);
      Arrays.free(c1, p1, c2, p2, r);
      return r;
    };
  }
}
