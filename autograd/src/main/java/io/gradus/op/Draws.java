package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.NormalNumbers;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Distributions of random numbers as programs over the position of an element.
 *
 * <p>Params are the seed, the stream, two numbers of the distribution, and then the row-major
 * strides of the axes, from which the position follows; {@code docs/random.md} says which words an
 * element takes.
 */
public enum Draws {
  /** Evenly in [a, b). */
  UNIFORM,
  /** Normal with mean a and standard deviation b. */
  NORMAL,
  /** 1 with probability a, else 0. */
  BERNOULLI,
  /** 1 with the probability that the input says, else 0. */
  BERNOULLI_OF,
  /** Whole numbers in [a, a + b); both are whole params. */
  RANDOM,
  /** Exponential with rate a. */
  EXPONENTIAL,
  /** The number of trials up to the first success, of probability a. */
  GEOMETRIC,
  /** Cauchy with median a and scale b. */
  CAUCHY,
  /** e to the power of a normal number with mean a and standard deviation b. */
  LOG_NORMAL;

  /** The params before the strides. */
  public static final int FIRST_STRIDE = 4;

  private record Key(Draws draws, DType dtype, int rank) {}

  private static final ConcurrentHashMap<Key, Program> PROGRAMS = new ConcurrentHashMap<>();

  /** The program that writes tensors of a dtype and a number of axes. */
  public Program program(DType dtype, int rank) {
    return PROGRAMS.computeIfAbsent(new Key(this, dtype, rank), k -> k.draws.build(dtype, rank));
  }

  /** Whether the two numbers are whole. */
  public boolean isWhole() {
    return this == RANDOM;
  }

  private Program build(DType dtype, int rank) {
    Expr at = Expr.constant(ComputeType.I64, 0L);
    for (int d = 0; d < rank; d++) {
      Expr stride = Expr.param(FIRST_STRIDE + d, ComputeType.I64);
      at = d == 0 ? times(Expr.index(d), stride) : plus(at, times(Expr.index(d), stride));
    }
    List<ComputeType> inputs = this == BERNOULLI_OF ? List.of(ComputeType.F64) : List.of();
    return Program.of(inputs, Expr.cast(dtype, value(at, dtype)));
  }

  private Expr value(Expr at, DType dtype) {
    ComputeType type = dtype == DType.F64 ? ComputeType.F64 : ComputeType.F32;
    return switch (this) {
      case UNIFORM -> {
        Expr a = Expr.param(2, type);
        Expr b = Expr.param(3, type);
        yield plus(times(even(at, dtype), minus(b, a)), a);
      }
      case NORMAL -> plus(times(normal(at, type), Expr.param(3, type)), Expr.param(2, type));
      case BERNOULLI -> lt(even32(at), Expr.param(2, ComputeType.F64));
      case BERNOULLI_OF -> lt(even32(at), Expr.input(0, ComputeType.F64));
      case RANDOM -> {
        Expr positive = Expr.of(ScalarOp.USHR, both(at), Expr.constant(ComputeType.I64, 1L));
        Expr range = Expr.param(3, ComputeType.I64);
        yield plus(Expr.of(ScalarOp.FMOD, positive, range), Expr.param(2, ComputeType.I64));
      }
      case EXPONENTIAL -> over(neg(log(open(at))), wide(2));
      case GEOMETRIC -> Expr.of(ScalarOp.CEIL, over(log(open(at)), log1p(neg(wide(2)))));
      case CAUCHY ->
          plus(
              wide(2), times(wide(3), Expr.of(ScalarOp.TAN, times(plus(open(at), -0.5), Math.PI))));
      case LOG_NORMAL -> exp(plus(times(normal(at, ComputeType.F64), wide(3)), wide(2)));
    };
  }

  private static Expr wide(int param) {
    return Expr.param(param, ComputeType.F64);
  }

  private static Expr word(Expr index) {
    return Expr.of(
        ScalarOp.PHILOX, index, Expr.param(0, ComputeType.I64), Expr.param(1, ComputeType.I64));
  }

  /** Word {@code k} of the pair of an element. */
  private static Expr half(Expr at, long k) {
    Expr pair = plus(at, at);
    return word(k == 0 ? pair : plus(pair, one(pair)));
  }

  private static Expr unsigned(Expr word) {
    return and(Expr.cast(DType.I64, word), Expr.constant(ComputeType.I64, 0xffffffffL));
  }

  /** 64 bits: the first word above the second one. */
  private static Expr both(Expr at) {
    Expr high =
        Expr.of(
            ScalarOp.SHL, Expr.cast(DType.I64, half(at, 0)), Expr.constant(ComputeType.I64, 32L));
    return or(high, unsigned(half(at, 1)));
  }

  private static Expr top(Expr word, int bits) {
    return Expr.of(
        ScalarOp.USHR,
        word,
        Expr.constant(word.type(), (word.type() == ComputeType.I64 ? 64L : 32L) - bits));
  }

  /** In [0, 1), with as many bits as the dtype has. */
  private static Expr even(Expr at, DType dtype) {
    return switch (dtype) {
      case F64 -> times(Expr.cast(DType.F64, top(both(at), 53)), 0x1p-53);
      case F16 -> times(Expr.cast(DType.F32, top(word(at), 11)), 0x1p-11);
      case BF16 -> times(Expr.cast(DType.F32, top(word(at), 8)), 0x1p-8);
      case F32, U8, I8, I16, I32, I64, BOOL ->
          times(Expr.cast(DType.F32, top(word(at), 24)), 0x1p-24);
    };
  }

  private static Expr even32(Expr at) {
    return times(Expr.cast(DType.F64, unsigned(word(at))), 0x1p-32);
  }

  /** In (0, 1), 52 bits. */
  private static Expr open(Expr at) {
    return times(plus(Expr.cast(DType.F64, top(both(at), 52)), 0.5), 0x1p-52);
  }

  /** Standard normal by the method of Box and Muller, the cosine branch only. */
  private static Expr normal(Expr at, ComputeType type) {
    if (type == ComputeType.F32) {
      return NormalNumbers.of(half(at, 0), half(at, 1));
    }
    // Two pairs of words: four an element.
    Expr first = plus(at, at);
    Expr radius = open(first);
    Expr turn = times(Expr.cast(DType.F64, top(both(plus(first, one(first))), 53)), 0x1p-53);
    Expr length = Expr.of(ScalarOp.SQRT, times(log(radius), -2));
    return times(length, Expr.of(ScalarOp.COS, times(turn, 2 * Math.PI)));
  }
}
