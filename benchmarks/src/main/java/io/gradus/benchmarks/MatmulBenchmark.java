package io.gradus.benchmarks;

import ai.djl.ndarray.NDArray;
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
import org.openjdk.jmh.infra.Blackhole;

/** The product of two square matrices. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class MatmulBenchmark {
  /** Rows and columns. */
  @Param({"64", "256", "1024", "2048"})
  public int size;

  private Tensor a;
  private Tensor b;
  private NDArray pa;
  private NDArray pb;

  /** The same numbers for both. */
  @Setup
  public void setUp() {
    float[] x = Inputs.normal(size * size, 1);
    float[] y = Inputs.normal(size * size, 2);
    a = Tensor.tensor(x).view(size, size);
    b = Tensor.tensor(y).view(size, size);
    DjlPeer peer = new DjlPeer();
    pa = peer.matrix(x, size, size);
    pb = peer.matrix(y, size, size);
  }

  /** a x b. */
  @Benchmark
  public Tensor matmulGradus() {
    return a.matmul(b);
  }

  /** a x b. */
  @Benchmark
  public void matmulPeer(Blackhole hole) {
    try (NDArray r = pa.matMul(pb)) {
      hole.consume(r);
    }
  }
}
