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

/** Reductions of 16M elements, and of a 4096 x 4096 matrix along one dimension. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class ReductionBenchmark {
  private static final int SIDE = 4096;

  private Tensor x;
  private Tensor matrix;

  /** Normal numbers. */
  @Setup
  public void setUp() {
    x = Tensor.tensor(Inputs.normal(16_000_000, 1));
    matrix = Tensor.tensor(Inputs.normal(SIDE * SIDE, 2)).view(SIDE, SIDE);
  }

  /** The sum of 16M. */
  @Benchmark
  public Tensor sumGradus() {
    return x.sum();
  }

  /** The largest of 16M. */
  @Benchmark
  public Tensor maxGradus() {
    return x.max();
  }

  /** The mean of 16M. */
  @Benchmark
  public Tensor meanGradus() {
    return x.mean();
  }

  /** The sums of the columns. */
  @Benchmark
  public Tensor sumDim0Gradus() {
    return matrix.sum(0);
  }

  /** The sums of the rows. */
  @Benchmark
  public Tensor sumDim1Gradus() {
    return matrix.sum(1);
  }

  /** The variance of all. */
  @Benchmark
  public Tensor varGradus() {
    return matrix.var();
  }

  /** The variances of the rows. */
  @Benchmark
  public Tensor varDim1Gradus() {
    return matrix.var(1);
  }

  /** Where the largest of each row is. */
  @Benchmark
  public Tensor argmaxDim1Gradus() {
    return matrix.argmax(1);
  }
}
