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

/** Pointwise operations into new tensors: one addition, one function, a chain of seven. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class PointwiseBenchmark {
  /** Elements a tensor. */
  @Param({"8", "1000", "100000", "16000000"})
  public int size;

  private Tensor x;
  private Tensor y;
  private Tensor z;
  private DjlPeer peer;
  private NDArray px;
  private NDArray py;
  private NDArray pz;

  /** The same numbers for both. */
  @Setup
  public void setUp() {
    float[] a = Inputs.normal(size, 1);
    float[] b = Inputs.normal(size, 2);
    float[] c = Inputs.normal(size, 3);
    x = Tensor.tensor(a);
    y = Tensor.tensor(b);
    z = Tensor.tensor(c);
    peer = new DjlPeer();
    px = peer.vector(a);
    py = peer.vector(b);
    pz = peer.vector(c);
  }

  /** x + y. */
  @Benchmark
  public Tensor addGradus() {
    return Results.computed(x.add(y));
  }

  /** x + y. */
  @Benchmark
  public void addPeer(Blackhole hole) {
    try (NDArray r = px.add(py)) {
      hole.consume(r);
    }
  }

  /** exp(x). */
  @Benchmark
  public Tensor expGradus() {
    return Results.computed(x.exp());
  }

  /** exp(x). */
  @Benchmark
  public void expPeer(Blackhole hole) {
    try (NDArray r = px.exp()) {
      hole.consume(r);
    }
  }

  /** sqrt(|tanh(2x + y) z - x|). */
  @Benchmark
  public Tensor chainGradus() {
    return Results.computed(x.mul(2).add(y).tanh().mul(z).sub(x).abs().sqrt());
  }

  /** sqrt(|tanh(2x + y) z - x|). */
  @Benchmark
  public void chainPeer(Blackhole hole) {
    try (NDArray a = px.mul(2);
        NDArray b = a.add(py);
        NDArray c = b.tanh();
        NDArray d = c.mul(pz);
        NDArray e = d.sub(px);
        NDArray f = e.abs();
        NDArray r = f.sqrt()) {
      hole.consume(r);
    }
  }
}
