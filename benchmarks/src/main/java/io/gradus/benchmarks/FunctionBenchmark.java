package io.gradus.benchmarks;

import io.gradus.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Single pointwise operations into new tensors. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class FunctionBenchmark {
  /** Elements a tensor. */
  @Param({"1000", "100000", "16000000"})
  public int size;

  private Tensor x;
  private Tensor y;

  /** Normal numbers. */
  @Setup
  public void setUp() {
    x = Tensor.tensor(Inputs.normal(size, 1));
    y = Tensor.tensor(Inputs.normal(size, 2));
  }

  /** x y. */
  @Benchmark
  public Tensor mulGradus() {
    return Results.computed(x.mul(y));
  }

  /** max(x, 0). */
  @Benchmark
  public Tensor reluGradus() {
    return Results.computed(x.relu());
  }

  /** tanh(x). */
  @Benchmark
  public Tensor tanhGradus() {
    return Results.computed(x.tanh());
  }

  /** 1 / (1 + exp(-x)). */
  @Benchmark
  public Tensor sigmoidGradus() {
    return Results.computed(x.sigmoid());
  }

  /** x times the normal distribution at x. */
  @Benchmark
  public Tensor geluGradus() {
    return Results.computed(x.gelu());
  }
}
