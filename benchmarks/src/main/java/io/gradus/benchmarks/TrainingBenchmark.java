package io.gradus.benchmarks;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.Adam;
import io.gradus.optim.Optimizer;
import io.gradus.optim.SGD;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A 784-256-128-10 perceptron on a batch of 64: its forward pass, and training steps. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class TrainingBenchmark {
  private static final int BATCH = 64;

  private Tensor x;
  private Tensor labels;
  private Sequential model;
  private SGD sgd;
  private Adam adam;
  private final CrossEntropyLoss loss = new CrossEntropyLoss();

  /** A model and two optimizers. */
  @Setup
  public void setUp() {
    x = Tensor.tensor(Inputs.normal(BATCH * 784, 1)).view(BATCH, 784);
    long[] classes = new long[BATCH];
    for (int i = 0; i < BATCH; i++) {
      classes[i] = i % 10;
    }
    labels = Tensor.tensor(classes);
    model =
        new Sequential(
            new Linear(784, 256),
            new ReLU(),
            new Linear(256, 128),
            new ReLU(),
            new Linear(128, 10));
    sgd = new SGD(model.parameters(), 0.01);
    adam = new Adam(model.parameters(), 0.001);
  }

  /** The forward pass, unrecorded. */
  @Benchmark
  public Tensor mlpForwardGradus() {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      return model.call(x);
    }
  }

  /** A step of SGD. */
  @Benchmark
  public Tensor mlpSgdGradus() {
    return step(sgd);
  }

  /** A step of Adam. */
  @Benchmark
  public Tensor mlpAdamGradus() {
    return step(adam);
  }

  private Tensor step(Optimizer<?> optimizer) {
    Tensor l = loss.call(model.call(x), labels);
    optimizer.zeroGrad();
    l.backward();
    optimizer.step();
    return l;
  }
}
