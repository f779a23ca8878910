package io.gradus.benchmarks;

import io.gradus.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Running sums and random numbers, 1M of each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class ScanBenchmark {
  private static final int SIZE = 1_000_000;

  private Tensor x;

  /** Normal numbers. */
  @Setup
  public void setUp() {
    x = Tensor.tensor(Inputs.normal(SIZE, 1));
  }

  /** Running sums. */
  @Benchmark
  public Tensor cumsumGradus() {
    return x.cumsum(0);
  }

  /** Normal random numbers. */
  @Benchmark
  public Tensor randnGradus() {
    return Tensor.randn(SIZE);
  }
}
