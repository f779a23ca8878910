package io.gradus.benchmarks;

import io.gradus.Autograd;
import io.gradus.Tensor;
import io.gradus.nn.Flatten;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.conv.Conv2d;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.nn.pool.MaxPool2d;
import io.gradus.optim.SGD;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A small network for digits (two convolutions with maxima of windows, one linear layer) on a batch
 * of 64: forward, and a step of SGD.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class CnnBenchmark {
  private Tensor x;
  private Tensor labels;
  private Sequential model;
  private SGD optimizer;
  private final CrossEntropyLoss loss = new CrossEntropyLoss();

  /** Random images. */
  @Setup
  public void setUp() {
    x = Tensor.tensor(Inputs.normal(64 * 28 * 28, 1)).view(64, 1, 28, 28);
    long[] classes = new long[64];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = i % 10;
    }
    labels = Tensor.tensor(classes);
    model =
        new Sequential(
            new Conv2d(1, 16, 3),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(16, 32, 3),
            new ReLU(),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(32 * 5 * 5, 10));
    optimizer = new SGD(model.parameters(), 0.01);
  }

  /** The logits. */
  @Benchmark
  public Tensor cnnForwardGradus() {
    Tensor[] y = new Tensor[1];
    Autograd.noGrad(() -> y[0] = model.call(x));
    return Results.computed(y[0]);
  }

  /** A step; the loss. */
  @Benchmark
  public Tensor cnnStepGradus() {
    Tensor l = loss.call(model.call(x), labels);
    optimizer.zeroGrad();
    l.backward();
    optimizer.step();
    return Results.computed(l);
  }
}
