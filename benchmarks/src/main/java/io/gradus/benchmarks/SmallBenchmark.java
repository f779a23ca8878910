package io.gradus.benchmarks;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a call costs where there is next to nothing to compute. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class SmallBenchmark {
  private static final int OPERATIONS = 100;

  private Tensor x;
  private Tensor y;
  private Tensor leaf;
  private Tensor total;

  /** Tensors of eight elements. */
  @Setup
  public void setUp() {
    x = Tensor.tensor(Inputs.normal(8, 1));
    y = Tensor.tensor(Inputs.normal(8, 2));
    leaf = Tensor.tensor(Inputs.normal(8, 3)).requiresGrad_();
    total = Tensor.zeros(8);
  }

  /** x + y. */
  @Benchmark
  public Tensor add8Gradus() {
    return x.add(y);
  }

  /** total += y. */
  @Benchmark
  public Tensor addInPlace8Gradus() {
    return total.add_(y);
  }

  /** leaf + y with its node. */
  @Benchmark
  public Tensor addRecording8Gradus() {
    return leaf.add(y);
  }

  /** A chain of a hundred operations and its gradient. */
  @Benchmark
  public Tensor hundredOperationsGradus() {
    Tensor t = leaf;
    for (int i = 0; i < OPERATIONS / 2; i++) {
      t = t.mul(x).add(y);
    }
    leaf.setGrad(null);
    try (GradMode.Scope _ = GradMode.enableGrad()) {
      t.backward(y);
    }
    return leaf;
  }

  /** The sum of eight elements. */
  @Benchmark
  public Tensor sum8Gradus() {
    return x.sum();
  }

  /** Softmax of eight elements. */
  @Benchmark
  public Tensor softmax8Gradus() {
    return x.softmax(0);
  }
}
