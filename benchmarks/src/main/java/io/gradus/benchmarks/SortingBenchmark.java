package io.gradus.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Sorting 1M numbers; the largest 100 of 1M, and the largest 10 of each of 1000 rows of 1000. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class SortingBenchmark {
  private static final int SIZE = 1_000_000;

  private Tensor line;
  private Tensor rows;
  private NDArray pLine;
  private NDArray pRows;

  /** The same numbers for both. */
  @Setup
  public void setUp() {
    float[] values = Inputs.normal(SIZE, 1);
    line = Tensor.tensor(values);
    rows = line.view(1000, 1000);
    DjlPeer peer = new DjlPeer();
    pLine = peer.vector(values);
    pRows = peer.manager().create(values, new Shape(1000, 1000));
  }

  /** All in order. */
  @Benchmark
  public ValuesIndices sort1MGradus() {
    return line.sort(0, false);
  }

  /** All in order. */
  @Benchmark
  public void sort1MPeer(Blackhole hole) {
    try (NDArray r = pLine.sort()) {
      hole.consume(r);
    }
  }

  /** The largest of all. */
  @Benchmark
  public ValuesIndices topk100of1MGradus() {
    return line.topk(100, 0, true);
  }

  /** The largest of all. */
  @Benchmark
  public void topk100of1MPeer(Blackhole hole) {
    try (NDList r = pLine.topK(100, 0, true, true)) {
      hole.consume(r);
    }
  }

  /** The largest of each row. */
  @Benchmark
  public ValuesIndices topk10ofRowsGradus() {
    return rows.topk(10, 1, true);
  }

  /** The largest of each row. */
  @Benchmark
  public void topk10ofRowsPeer(Blackhole hole) {
    try (NDList r = pRows.topK(10, 1, true, true)) {
      hole.consume(r);
    }
  }
}
