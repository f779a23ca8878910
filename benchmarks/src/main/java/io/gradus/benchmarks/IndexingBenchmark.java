package io.gradus.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.gradus.Tensor;
import io.gradus.nn.Lookups;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** 100K rows of 64 by number, 1M elements by number, and an embedding with its gradient. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class IndexingBenchmark {
  private static final int ROWS = 100_000;
  private static final int WIDTH = 64;
  private static final int SIZE = 1_000_000;

  private Tensor table;
  private Tensor weight;
  private Tensor numbers;
  private Tensor line;
  private Tensor places;
  private NDArray pTable;
  private NDArray pNumbers;
  private NDArray pLine;
  private NDArray pPlaces;

  /** The same numbers for both. */
  @Setup
  public void setUp() {
    float[] rows = Inputs.normal(ROWS * WIDTH, 1);
    float[] values = Inputs.normal(SIZE, 2);
    long[] some = new Random(3).longs(ROWS, 0, ROWS).toArray();
    long[] many = new Random(4).longs(SIZE, 0, SIZE).toArray();
    table = Tensor.tensor(rows).view(ROWS, WIDTH);
    weight = table.clone().requiresGrad_(true);
    numbers = Tensor.tensor(some);
    line = Tensor.tensor(values);
    places = Tensor.tensor(many);
    DjlPeer peer = new DjlPeer();
    pTable = peer.matrix(rows, ROWS, WIDTH);
    pNumbers = peer.manager().create(some);
    pLine = peer.vector(values);
    pPlaces = peer.manager().create(many);
  }

  /** Rows by number. */
  @Benchmark
  public Tensor indexSelectGradus() {
    return Results.computed(table.indexSelect(0, numbers));
  }

  /** Rows by number: libtorch's embedding without a gradient is its index_select. */
  @Benchmark
  public void indexSelectPeer(Blackhole hole) {
    try (NDList r = Embedding.embedding(pNumbers, pTable, SparseFormat.DENSE)) {
      hole.consume(r);
    }
  }

  /** Elements by number. */
  @Benchmark
  public Tensor gather1MGradus() {
    return Results.computed(line.gather(0, places));
  }

  /** Elements by number. */
  @Benchmark
  public void gather1MPeer(Blackhole hole) {
    try (NDArray r = pLine.gather(pPlaces, 0)) {
      hole.consume(r);
    }
  }

  /** Rows by number, and the gradient of their sum. */
  @Benchmark
  public Tensor embeddingStepGradus() {
    weight.setGrad(null);
    Lookups.embedding(weight, numbers).sum().backward();
    Tensor g = weight.grad();
    if (g == null) {
      throw new IllegalStateException("no gradient");
    }
    return Results.computed(g);
  }
}
