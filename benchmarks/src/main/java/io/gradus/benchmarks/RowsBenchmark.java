package io.gradus.benchmarks;

import io.gradus.Tensor;
import io.gradus.nn.Normalizations;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Normalisations of rows. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class RowsBenchmark {
  private static final int LENGTH = 1024;

  private Tensor x;
  private Tensor leaf;
  private Tensor weight;
  private Tensor bias;
  private Tensor gradient;

  /** 4096 rows, and 512 for the layer norm. */
  @Setup
  public void setUp() {
    x = Tensor.tensor(Inputs.normal(4096 * LENGTH, 1)).view(4096, LENGTH);
    leaf = Tensor.tensor(Inputs.normal(512 * LENGTH, 2)).view(512, LENGTH).detach().requiresGrad_();
    weight = Tensor.tensor(Inputs.normal(LENGTH, 3)).requiresGrad_();
    bias = Tensor.tensor(Inputs.normal(LENGTH, 4)).requiresGrad_();
    gradient = Tensor.tensor(Inputs.normal(512 * LENGTH, 5)).view(512, LENGTH);
  }

  /** Softmax of 4096 x 1024. */
  @Benchmark
  public Tensor softmaxGradus() {
    return x.softmax(1);
  }

  /** Log-softmax of 4096 x 1024. */
  @Benchmark
  public Tensor logSoftmaxGradus() {
    return x.logSoftmax(1);
  }

  /** Layer norm of 512 x 1024, forward and backward. */
  @Benchmark
  public Tensor layerNormGradus() {
    Tensor y = Normalizations.layerNorm(leaf, new long[] {LENGTH}, weight, bias, 1e-5);
    leaf.setGrad(null);
    weight.setGrad(null);
    bias.setGrad(null);
    y.backward(gradient);
    return leaf;
  }
}
