package io.gradus.benchmarks.ours;

import io.gradus.Tensor;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
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
  private static final ConvOptions PADDED = ConvOptions.DEFAULT.padding(1);

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
      return of(name, n -> on(Normal.of(1, n), f));
    }

    private static Family rows(String name, UnaryOperator<Tensor> f) {
      return of(name, n -> on(Normal.of(1, n / ROW, ROW), f));
    }
  }

  private SizeFamilies() {}

  static List<Family> all() {
    return List.of(
        Family.of("`x.add(y)`", n -> on(Normal.of(1, n), Normal.of(2, n), Tensor::add)),
        Family.of("`x.add_(y)`", n -> on(Normal.of(1, n), Normal.of(2, n), Tensor::add_)),
        Family.map("`x.exp()`", Tensor::exp),
        Family.of(
            "`x.mul(2).add(y).tanh()`",
            n -> on(Normal.of(1, n), Normal.of(2, n), (x, y) -> x.mul(2).add(y).tanh())),
        new Family(
            "`x.t().contiguous()`, a square",
            n -> on(square(n), x -> x.t().contiguous()),
            n -> side(n) * side(n)),
        Family.map("`x.sum()`", Tensor::sum),
        Family.map("`x.var()`", Tensor::var),
        Family.rows("`x.sum(0)`, rows of 1000", x -> x.sum(0)),
        Family.rows("`x.argmax(1)`, rows of 1000", x -> x.argmax(1)),
        Family.rows("`x.softmax(1)`, rows of 1000", x -> x.softmax(1)),
        Family.map("`x.cumsum(0)`", x -> x.cumsum(0)),
        Family.map("`x.sort()`", x -> x.sort().values()),
        Family.map("`x.topk(100)`", x -> x.topk(Math.min(FEW, x.numel())).values()),
        Family.of(
            "`x.gather(0, i)`", n -> on(Normal.of(1, n), indices(n), (x, i) -> x.gather(0, i))),
        new Family(
            "`x.indexSelect(0, i)`, rows of 64",
            n ->
                on(
                    Normal.of(1, n / LOOKED_UP, LOOKED_UP),
                    indices(n / LOOKED_UP),
                    (x, i) -> x.indexSelect(0, i)),
            n -> n / LOOKED_UP * LOOKED_UP),
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
            n ->
                on(
                    images(n, CHANNELS),
                    weights(),
                    (x, w) -> Convolutions.conv2d(x, w, null, PADDED)),
            n -> (double) pictures(n, CHANNELS) * IMAGE * IMAGE * CHANNELS * CHANNELS * 9));
  }

  private static Work on(Tensor x, UnaryOperator<Tensor> f) {
    return () -> Results.computed(f.apply(x));
  }

  private static Work on(Tensor x, Tensor y, BinaryOperator<Tensor> f) {
    return () -> Results.computed(f.apply(x, y));
  }

  private static Tensor square(int n) {
    return Normal.of(1, side(n), side(n));
  }

  private static int side(int n) {
    return (int) Math.sqrt(n);
  }

  private static Tensor images(int n, int channels) {
    return Normal.of(1, pictures(n, channels), channels, IMAGE, IMAGE);
  }

  private static int pictures(int n, int channels) {
    return Math.max(1, n / (channels * IMAGE * IMAGE));
  }

  private static Tensor weights() {
    return Normal.of(3, CHANNELS, CHANNELS, 3, 3);
  }

  private static Tensor indices(int n) {
    return Tensor.tensor(Inputs.indices(n, n, 2));
  }
}
