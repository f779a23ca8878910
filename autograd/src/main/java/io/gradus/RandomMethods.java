package io.gradus;

import io.gradus.exec.RandomDraws;
import io.gradus.op.Draws;
import io.gradus.random.Generator;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/** Overwriting this tensor with random numbers; a null generator is the default one. */
public sealed interface RandomMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** Evenly distributed in [0, 1). */
  default Tensor uniform_() {
    return uniform_(0, 1, null);
  }

  /** Evenly distributed in [from, to). */
  default Tensor uniform_(double from, double to) {
    return uniform_(from, to, null);
  }

  /** Evenly distributed in [from, to). */
  default Tensor uniform_(double from, double to, @Nullable Generator generator) {
    check(
        from <= to,
        "uniform_",
        "uniform_ expects to return a [from, to) range, but found from=%s > to=%s"
            .formatted(from, to));
    return RandomDraws.overwrite("uniform_", Draws.UNIFORM, from, to, self(), generator);
  }

  /** Normally distributed with mean 0 and deviation 1. */
  default Tensor normal_() {
    return normal_(0, 1, null);
  }

  /** Normally distributed. */
  default Tensor normal_(double mean, double std) {
    return normal_(mean, std, null);
  }

  /** Normally distributed. */
  default Tensor normal_(double mean, double std, @Nullable Generator generator) {
    check(std >= 0, "normal_", "normal expects std >= 0.0, but found std " + std);
    return RandomDraws.overwrite("normal_", Draws.NORMAL, mean, std, self(), generator);
  }

  /** {@link RandomFactories#bernoulli(Tensor)} with these elements as probabilities. */
  default Tensor bernoulli() {
    return RandomFactories.bernoulli(self());
  }

  /** {@link #multinomial(int, boolean)} without replacement. */
  default Tensor multinomial(int samples) {
    return multinomial(samples, false);
  }

  /** {@link RandomFactories#multinomial(Tensor, int, boolean)} with these elements as weights. */
  default Tensor multinomial(int samples, boolean replacement) {
    return RandomFactories.multinomial(self(), samples, replacement);
  }

  /** 1 with probability 0.5, else 0. */
  default Tensor bernoulli_() {
    return bernoulli_(0.5, null);
  }

  /** 1 with probability {@code p}, else 0. */
  default Tensor bernoulli_(double p) {
    return bernoulli_(p, null);
  }

  /** 1 with probability {@code p}, else 0. */
  default Tensor bernoulli_(double p, @Nullable Generator generator) {
    check(p >= 0 && p <= 1, "bernoulli_", "bernoulli_ expects p to be in [0, 1], but got p=" + p);
    return RandomDraws.overwrite("bernoulli_", Draws.BERNOULLI, p, 0, self(), generator);
  }

  /** 1 with the probability that each element of {@code p} says, else 0. */
  default Tensor bernoulli_(Tensor p) {
    return RandomDraws.bernoulli(self(), p, null);
  }

  /** Whole numbers from 0 to the largest that the dtype holds exactly. */
  default Tensor random_() {
    DType dtype = self().dtype();
    long end =
        switch (dtype) {
          case F32 -> (1L << 24) + 1;
          case F64 -> (1L << 53) + 1;
          case F16 -> (1L << 11) + 1;
          case BF16 -> (1L << 8) + 1;
          case I64 -> Long.MAX_VALUE;
          case BOOL, U8, I8, I16, I32 -> dtype.maxInteger() + 1;
        };
    return RandomDraws.overwriteWhole(self(), 0, end, null);
  }

  /** Whole numbers from 0 to below {@code to}. */
  default Tensor random_(long to) {
    return random_(0, to, null);
  }

  /** Whole numbers from {@code from} to below {@code to}. */
  default Tensor random_(long from, long to) {
    return random_(from, to, null);
  }

  /** Whole numbers from {@code from} to below {@code to}. */
  default Tensor random_(long from, long to, @Nullable Generator generator) {
    return RandomDraws.overwriteWhole(self(), from, to, generator);
  }

  /** Exponentially distributed with a rate. */
  default Tensor exponential_(double lambda) {
    return exponential_(lambda, null);
  }

  /** Exponentially distributed with a rate. */
  default Tensor exponential_(double lambda, @Nullable Generator generator) {
    check(
        lambda > 0,
        "exponential_",
        "exponential_ expects lambda > 0.0, but found lambda=" + lambda);
    return RandomDraws.overwrite("exponential_", Draws.EXPONENTIAL, lambda, 0, self(), generator);
  }

  /** The number of trials up to the first success, of probability {@code p}. */
  default Tensor geometric_(double p) {
    return geometric_(p, null);
  }

  /** The number of trials up to the first success, of probability {@code p}. */
  default Tensor geometric_(double p, @Nullable Generator generator) {
    check(p > 0 && p < 1, "geometric_", "geometric_ expects p to be in (0, 1), but got p=" + p);
    return RandomDraws.overwrite("geometric_", Draws.GEOMETRIC, p, 0, self(), generator);
  }

  /** Cauchy distributed. */
  default Tensor cauchy_(double median, double sigma) {
    return cauchy_(median, sigma, null);
  }

  /** Cauchy distributed. */
  default Tensor cauchy_(double median, double sigma, @Nullable Generator generator) {
    check(sigma > 0, "cauchy_", "cauchy_ expects sigma > 0.0, but found sigma=" + sigma);
    return RandomDraws.overwrite("cauchy_", Draws.CAUCHY, median, sigma, self(), generator);
  }

  /** e to the power of normal numbers. */
  default Tensor logNormal_(double mean, double std) {
    return logNormal_(mean, std, null);
  }

  /** e to the power of normal numbers. */
  default Tensor logNormal_(double mean, double std, @Nullable Generator generator) {
    check(std > 0, "log_normal_", "log_normal_ expects std > 0.0, but found std=" + std);
    return RandomDraws.overwrite("log_normal_", Draws.LOG_NORMAL, mean, std, self(), generator);
  }

  private static void check(boolean holds, String name, String message) {
    if (!holds) {
      throw new InvalidArgumentException("[" + name + "] " + message);
    }
  }
}
