package io.gradus.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import io.gradus.Tensor;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Maxima of 2x2 windows of 64x16x26x26. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class PoolingBenchmark {
  private static final PoolOptions PAIRS = PoolOptions.of(2);

  private Tensor x;
  private NDArray px;

  /** The same numbers for both. */
  @Setup
  public void setUp() {
    float[] values = Inputs.normal(64 * 16 * 26 * 26, 1);
    x = Tensor.tensor(values).view(64, 16, 26, 26);
    px = new DjlPeer().manager().create(values, new Shape(64, 16, 26, 26));
  }

  /** The maxima. */
  @Benchmark
  public Tensor maxpoolGradus() {
    return Results.computed(Pooling.maxPool(x, 2, PAIRS).values());
  }

  /** The maxima. */
  @Benchmark
  public void maxpoolPeer(Blackhole hole) {
    try (NDArray r = Pool.maxPool2d(px, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false)) {
      hole.consume(r);
    }
  }
}
