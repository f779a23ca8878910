package io.gradus.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import io.gradus.Tensor;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.SGD;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One SGD step of a 784-256-128-10 perceptron on a batch of 64: forward, backward, update. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class MlpBenchmark {
  private static final int BATCH = 64;
  private static final int[] SIZES = {784, 256, 128, 10};
  private static final float RATE = 0.01f;

  private Tensor x;
  private Tensor labels;
  private Sequential model;
  private SGD optimizer;
  private final CrossEntropyLoss loss = new CrossEntropyLoss();

  private NDManager manager;
  private NDArray px;
  private NDArray plabels;
  private final List<NDArray> parameters = new ArrayList<>();
  private final Loss peerLoss = Loss.softmaxCrossEntropyLoss();

  /** The same numbers for both. */
  @Setup
  public void setUp() {
    float[] pixels = Inputs.normal(BATCH * SIZES[0], 1);
    long[] classes = new long[BATCH];
    float[] floats = new float[BATCH];
    for (int i = 0; i < BATCH; i++) {
      classes[i] = i % 10;
      floats[i] = i % 10;
    }
    x = Tensor.tensor(pixels).view(BATCH, SIZES[0]);
    labels = Tensor.tensor(classes);
    model =
        new Sequential(
            new Linear(784, 256),
            new ReLU(),
            new Linear(256, 128),
            new ReLU(),
            new Linear(128, 10));
    optimizer = new SGD(model.parameters(), RATE);
    DjlPeer peer = new DjlPeer();
    manager = peer.manager();
    px = peer.matrix(pixels, BATCH, SIZES[0]);
    plabels = peer.vector(floats);
    for (Tensor p : model.parameters()) {
      float[] values = p.floatArray();
      NDArray copy =
          p.dim() == 2
              ? peer.matrix(values, (int) p.size(0), (int) p.size(1)).transpose().duplicate()
              : peer.vector(values);
      copy.setRequiresGradient(true);
      parameters.add(copy);
    }
  }

  /** A step; the loss. */
  @Benchmark
  public Tensor stepGradus() {
    Tensor l = loss.call(model.call(x), labels);
    optimizer.zeroGrad();
    l.backward();
    optimizer.step();
    return l;
  }

  /** A step; the loss. */
  @Benchmark
  public float stepPeer() {
    try (NDManager scope = manager.newSubManager()) {
      NDArray l = backwardPeer(scope);
      for (NDArray p : parameters) {
        try (NDArray g = p.getGradient();
            NDArray step = g.mul(RATE)) {
          p.subi(step);
        }
      }
      return l.getFloat();
    }
  }

  private NDArray backwardPeer(NDManager scope) {
    // Opening a collector clears the gradients of the step before.
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray y = px;
      for (int i = 0; i < parameters.size(); i += 2) {
        NDArray product = y.matMul(parameters.get(i));
        product.attach(scope);
        y = product.add(parameters.get(i + 1));
        y.attach(scope);
        if (i + 2 < parameters.size()) {
          y = Activation.relu(y);
          y.attach(scope);
        }
      }
      NDArray l = peerLoss.evaluate(new NDList(plabels), new NDList(y));
      l.attach(scope);
      collector.backward(l);
      return l;
    }
  }
}
