package io.gradus.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.gradus.Tensor;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Convolutions 3x3 of a batch of 64, with bias: the layers of a small network for digits. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class ConvolutionBenchmark {
  private Tensor image;
  private Tensor first;
  private Tensor firstBias;
  private Tensor hidden;
  private Tensor second;
  private Tensor secondBias;
  private NDArray pImage;
  private NDArray pFirst;
  private NDArray pFirstBias;
  private NDArray pHidden;
  private NDArray pSecond;
  private NDArray pSecondBias;
  private DjlPeer peer;

  /** The same numbers for both. */
  @Setup
  public void setUp() {
    peer = new DjlPeer();
    image = tensor(1, 64, 1, 28, 28);
    first = tensor(2, 16, 1, 3, 3);
    firstBias = tensor(3, 16);
    hidden = tensor(4, 64, 16, 13, 13);
    second = tensor(5, 32, 16, 3, 3);
    secondBias = tensor(6, 32);
    pImage = array(image);
    pFirst = array(first);
    pFirstBias = array(firstBias);
    pHidden = array(hidden);
    pSecond = array(second);
    pSecondBias = array(secondBias);
  }

  private static Tensor tensor(int seed, long... sizes) {
    int n = 1;
    for (long s : sizes) {
      n *= (int) s;
    }
    return Tensor.tensor(Inputs.normal(n, seed)).view(sizes);
  }

  private NDArray array(Tensor t) {
    return peer.manager().create(t.floatArray(), new Shape(t.shape().toArray()));
  }

  /** 1 to 16 channels of 28x28. */
  @Benchmark
  public Tensor conv1to16Gradus() {
    return Results.computed(Convolutions.conv2d(image, first, firstBias, ConvOptions.DEFAULT));
  }

  /** 1 to 16 channels of 28x28. */
  @Benchmark
  public void conv1to16Peer(Blackhole hole) {
    try (NDList r = Conv2d.conv2d(pImage, pFirst, pFirstBias)) {
      hole.consume(r);
    }
  }

  /** 16 to 32 channels of 13x13. */
  @Benchmark
  public Tensor conv16to32Gradus() {
    return Results.computed(Convolutions.conv2d(hidden, second, secondBias, ConvOptions.DEFAULT));
  }

  /** 16 to 32 channels of 13x13. */
  @Benchmark
  public void conv16to32Peer(Blackhole hole) {
    try (NDList r = Conv2d.conv2d(pHidden, pSecond, pSecondBias)) {
      hole.consume(r);
    }
  }
}
