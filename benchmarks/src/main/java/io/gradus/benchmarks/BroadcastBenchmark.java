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

/** Pointwise operations on a 4096 x 4096 matrix whose operands differ in layout. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class BroadcastBenchmark {
  private static final int SIDE = 4096;

  private Tensor x;
  private Tensor row;

  /** A matrix and a row. */
  @Setup
  public void setUp() {
    x = Tensor.tensor(Inputs.normal(SIDE * SIDE, 1)).view(SIDE, SIDE);
    row = Tensor.tensor(Inputs.normal(SIDE, 2));
  }

  /** A row added to every row. */
  @Benchmark
  public Tensor addRowGradus() {
    return Results.computed(x.add(row));
  }

  /** The transposed matrix plus itself. */
  @Benchmark
  public Tensor addTransposedGradus() {
    return Results.computed(x.t().add(x));
  }

  /** The transposed matrix, row-major. */
  @Benchmark
  public Tensor copyTransposedGradus() {
    return Results.computed(x.t().contiguous());
  }
}
