package io.gradus.benchmarks.ours;

import io.gradus.Tensor;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.graph.GradMode;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The operations of which {@link Sizes} tells what they cost at each size. */
final class SizeFamilies {
  private static final int ROW = 1000;
  private static final int LOOKED_UP = 64;
  private static final int FEW = 100;
  private static final int IMAGE = 28;
  private static final int CHANNELS = 16;

  /** Products of larger squares than this many elements take minutes. */
  private static final int LARGEST_SQUARE = 64_000_000;

  /**
   * An operation.
   *
   * @param of what to do with so many elements; null if it would take too long
   * @param units what the time is divided by
   */
  record Family(String name, IntFunction<@Nullable Work> of, IntToDoubleFunction units) {
    private static Family of(String name, IntFunction<@Nullable Work> of) {
      return new Family(name, of, n -> n);
    }

    private static Family map(String name, UnaryOperator<Tensor> f) {
      return of(name, n -> on(vector(n, 1), f));
    }

    private static Family rows(String name, UnaryOperator<Tensor> f) {
      return of(name, n -> on(matrix(n / ROW, ROW, 1), f));
    }
  }

  private SizeFamilies() {}

  static List<Family> all() {
    return List.of(
        Family.of("`x.add(y)`", n -> on(vector(n, 1), vector(n, 2), Tensor::add)),
        Family.of("`x.add_(y)`", n -> on(vector(n, 1), vector(n, 2), Tensor::add_)),
        Family.map("`x.exp()`", Tensor::exp),
        Family.of(
            "`x.mul(2).add(y).tanh()`",
            n -> on(vector(n, 1), vector(n, 2), (x, y) -> x.mul(2).add(y).tanh())),
        Family.of("`x.t().contiguous()`, a square", n -> on(square(n), x -> x.t().contiguous())),
        Family.map("`x.sum()`", Tensor::sum),
        Family.map("`x.var()`", Tensor::var),
        Family.rows("`x.sum(0)`, rows of 1000", x -> x.sum(0)),
        Family.rows("`x.argmax(1)`, rows of 1000", x -> x.argmax(1)),
        Family.rows("`x.softmax(1)`, rows of 1000", x -> x.softmax(1)),
        Family.map("`x.cumsum(0)`", x -> x.cumsum(0)),
        Family.map("`x.sort()`", x -> x.sort().values()),
        Family.map("`x.topk(100)`", x -> x.topk(Math.min(FEW, x.numel())).values()),
        Family.of("`x.gather(0, i)`", n -> on(vector(n, 1), indices(n), (x, i) -> x.gather(0, i))),
        Family.of(
            "`x.indexSelect(0, i)`, rows of 64",
            n ->
                on(
                    matrix(n / LOOKED_UP, LOOKED_UP, 1),
                    indices(n / LOOKED_UP),
                    (x, i) -> x.indexSelect(0, i))),
        Family.of("`Tensor.randn(n)`", n -> () -> Results.computed(Tensor.randn(n))),
        new Family(
            "`maxPool(x, 2, 2)`, planes of 28×28",
            n -> on(images(n, 1), x -> Pooling.maxPool(x, 2, PoolOptions.of(2)).values()),
            n -> pictures(n, 1) * IMAGE * IMAGE),
        new Family(
            "`a.matmul(b)`, squares; a multiplication",
            n -> n > LARGEST_SQUARE ? null : on(square(n), square(n), Tensor::matmul),
            n -> Math.pow(side(n), 3)),
        new Family(
            "`conv2d(x, w)`, 16 to 16 channels of 28×28, 3×3; a multiplication",
            n -> on(images(n, CHANNELS), weights(), SizeFamilies::convolve),
            n -> (double) pictures(n, CHANNELS) * IMAGE * IMAGE * CHANNELS * CHANNELS * 9));
  }

  private static Work on(Tensor x, UnaryOperator<Tensor> f) {
    return () -> Results.computed(f.apply(x));
  }

  private static Work on(Tensor x, Tensor y, BinaryOperator<Tensor> f) {
    return () -> Results.computed(f.apply(x, y));
  }

  private static Tensor convolve(Tensor x, Tensor weights) {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      return Convolutions.conv2d(x, weights, null, ConvOptions.DEFAULT.padding(1));
    }
  }

  private static Tensor vector(int n, int seed) {
    // A copy: operations on an array that others may write to do not wait, hence do not become one.
    return Tensor.tensor(Inputs.normal(n, seed));
  }

  private static Tensor matrix(int rows, int columns, int seed) {
    return vector(rows * columns, seed).view(rows, columns);
  }

  private static Tensor square(int n) {
    return matrix(side(n), side(n), 1);
  }

  private static int side(int n) {
    return (int) Math.sqrt(n);
  }

  private static Tensor images(int n, int channels) {
    int count = pictures(n, channels);
    return vector(count * channels * IMAGE * IMAGE, 1).view(count, channels, IMAGE, IMAGE);
  }

  private static int pictures(int n, int channels) {
    return Math.max(1, n / (channels * IMAGE * IMAGE));
  }

  private static Tensor weights() {
    return vector(CHANNELS * CHANNELS * 9, 3).view(CHANNELS, CHANNELS, 3, 3);
  }

  private static Tensor indices(int n) {
    return Tensor.tensor(Inputs.indices(n, n, 2));
  }
}
