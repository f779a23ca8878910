package io.gradus;

import io.gradus.exec.Choices;
import io.gradus.exec.RandomDraws;
import io.gradus.op.Draws;
import io.gradus.random.Generator;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The static methods of {@link Tensor} that draw random numbers.
 *
 * <p>They draw from {@link Generator#defaultGenerator()} or the generator of the {@link Options};
 * the same seed gives the same numbers on every backend and for every number of threads.
 */
public abstract sealed class RandomFactories extends DataFactories permits TensorFactories {
  RandomFactories() {}

  /** Seeds the default generator, and returns it. */
  public static Generator manualSeed(long seed) {
    return Generator.defaultGenerator().manualSeed(seed);
  }

  /** Evenly distributed in [0, 1), of the default dtype. */
  public static Tensor rand(long... shape) {
    return rand(Options.DEFAULT, shape);
  }

  /** Evenly distributed in [0, 1). */
  public static Tensor rand(Options options, long... shape) {
    return RandomDraws.floating("rand", Draws.UNIFORM, 0, 1, layout(shape), options);
  }

  /** Normally distributed with mean 0 and deviation 1, of the default dtype. */
  public static Tensor randn(long... shape) {
    return randn(Options.DEFAULT, shape);
  }

  /** Normally distributed with mean 0 and deviation 1. */
  public static Tensor randn(Options options, long... shape) {
    return RandomDraws.floating("randn", Draws.NORMAL, 0, 1, layout(shape), options);
  }

  /** Whole numbers from 0 to below {@code high}, i64. */
  public static Tensor randint(long high, long[] shape) {
    return randint(Options.DEFAULT, 0, high, shape);
  }

  /** Whole numbers from {@code low} to below {@code high}, i64. */
  public static Tensor randint(long low, long high, long[] shape) {
    return randint(Options.DEFAULT, low, high, shape);
  }

  /** Whole numbers from {@code low} to below {@code high}; without a dtype i64. */
  public static Tensor randint(Options options, long low, long high, long[] shape) {
    return RandomDraws.whole("randint", low, high, layout(shape), options);
  }

  /** The numbers from 0 to {@code n - 1} in random order, i64. */
  public static Tensor randperm(long n) {
    return randperm(Options.DEFAULT, n);
  }

  /** The numbers from 0 to {@code n - 1} in random order; without a dtype i64. */
  public static Tensor randperm(Options options, long n) {
    return Choices.permutation(n, options);
  }

  /** Evenly distributed in [0, 1), in the shape, dtype and device of another tensor. */
  public static Tensor randLike(Tensor like) {
    return randLike(like, Options.DEFAULT);
  }

  /** Evenly distributed in [0, 1), in the shape of another tensor. */
  public static Tensor randLike(Tensor like, Options options) {
    Options all = inherit(like, options);
    return RandomDraws.floating("randLike", Draws.UNIFORM, 0, 1, like.layout(), all);
  }

  /** Standard normal numbers, in the shape, dtype and device of another tensor. */
  public static Tensor randnLike(Tensor like) {
    return randnLike(like, Options.DEFAULT);
  }

  /** Standard normal numbers, in the shape of another tensor. */
  public static Tensor randnLike(Tensor like, Options options) {
    Options all = inherit(like, options);
    return RandomDraws.floating("randnLike", Draws.NORMAL, 0, 1, like.layout(), all);
  }

  /**
   * Whole numbers from 0 to below {@code high}, in the shape, dtype and device of another tensor.
   */
  public static Tensor randintLike(Tensor like, long high) {
    return randintLike(like, 0, high, Options.DEFAULT);
  }

  /** Whole numbers from {@code low} to below {@code high}, in the shape of another tensor. */
  public static Tensor randintLike(Tensor like, long low, long high, Options options) {
    return RandomDraws.whole("randintLike", low, high, like.layout(), inherit(like, options));
  }

  /** Normal numbers of one mean and deviation. */
  public static Tensor normal(double mean, double std, long[] shape) {
    return normal(Options.DEFAULT, mean, std, shape);
  }

  /** Normal numbers of one mean and deviation. */
  public static Tensor normal(Options options, double mean, double std, long[] shape) {
    checkStd(std);
    return RandomDraws.floating("normal", Draws.NORMAL, mean, std, layout(shape), options);
  }

  /** Normal numbers, each with its own mean. */
  public static Tensor normal(Tensor mean, double std) {
    checkStd(std);
    return randnLike(mean).mul(std).add(mean.detach());
  }

  /** Normal numbers, each with its own deviation. */
  public static Tensor normal(double mean, Tensor std) {
    checkStd(std);
    return randnLike(std).mul(std.detach()).add(mean);
  }

  /** Normal numbers, each with its own mean and deviation; they broadcast. */
  public static Tensor normal(Tensor mean, Tensor std) {
    checkStd(std);
    Shape shape = Broadcasting.of("normal", mean.shape(), std.shape());
    Options options =
        new Options(Promotion.promote(mean.dtype(), std.dtype()), mean.device(), false);
    return randn(options, shape.toArray()).mul(std.detach()).add(mean.detach());
  }

  /** 1 with the probability that each element says, else 0; of the same dtype. */
  public static Tensor bernoulli(Tensor p) {
    return bernoulli(p, null);
  }

  /** 1 with the probability that each element says, else 0; from a generator. */
  public static Tensor bernoulli(Tensor p, @Nullable Generator generator) {
    if (!p.dtype().isFloating()) {
      throw RandomDraws.notFloating("bernoulli", p.dtype());
    }
    RandomDraws.checkProbabilities(p);
    return RandomDraws.bernoulli(TensorFactories.emptyLike(p), p, generator);
  }

  /**
   * Positions drawn with the given weights, i64.
   *
   * @param weights a vector, or one a row of a matrix; not negative, finite, not all 0
   * @param samples how many a row
   * @param replacement whether a position may be drawn more than once
   */
  public static Tensor multinomial(Tensor weights, int samples, boolean replacement) {
    return multinomial(weights, samples, replacement, null);
  }

  /** As {@link #multinomial(Tensor, int, boolean)} from a generator. */
  public static Tensor multinomial(
      Tensor weights, int samples, boolean replacement, @Nullable Generator generator) {
    return Choices.multinomial(weights, samples, replacement, generator);
  }

  /** The options with what they leave open taken from another tensor. */
  static Options inherit(Tensor like, Options options) {
    DType dtype = options.dtype() == null ? like.dtype() : options.dtype();
    Device device = options.device() == null ? like.device() : options.device();
    return options.withDtype(dtype).withDevice(device);
  }

  private static void checkStd(double std) {
    if (!(std >= 0)) {
      throw new InvalidArgumentException(
          "[normal] normal expects std >= 0.0, but found std " + std);
    }
  }

  private static void checkStd(Tensor std) {
    if (std.detach().ge(0).logicalNot().any().item().longValue() != 0) {
      throw new InvalidArgumentException(
          "[normal] normal expects all elements of std >= 0.0: shape " + std.shape());
    }
  }

  private static Layout layout(long[] shape) {
    return Layout.of(Shape.of(shape));
  }
}
