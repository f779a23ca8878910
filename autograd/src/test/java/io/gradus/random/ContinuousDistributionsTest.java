package io.gradus.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.Gates;
import io.gradus.nn.Init;
import io.gradus.tensor.dtype.DType;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Distributions of real numbers against their distribution functions. */
class ContinuousDistributionsTest {
  private static final int N = 30_000;
  private static final DType[] DTYPES = {DType.F32, DType.F64, DType.F16, DType.BF16};

  @BeforeEach
  void seed() {
    Tensor.manualSeed(20_261_121);
  }

  private static double[] numbers(Tensor t) {
    return t.to(DType.F64).doubleArray();
  }

  private static Tensor empty(DType dtype) {
    return Tensor.empty(Options.dtype(dtype), N);
  }

  /** The widest gap between neighbours of one binade, as a share of it. */
  private static double gap(DType dtype) {
    return switch (dtype) {
      case F16 -> 0x1p-11;
      case BF16 -> 0x1p-8;
      case F32, F64, U8, I8, I16, I32, I64, BOOL -> 0;
    };
  }

  private static void uniform(String name, double[] x, double from, double to, double lattice) {
    double width = to - from;
    Fit.continuous(name, x, v -> Math.clamp((v - from) / width, 0, 1), lattice);
    if (lattice < 1e-3) {
      Fit.moments(name, x, (from + to) / 2, width * width / 12, 1.8);
    }
    assertTrue(Arrays.stream(x).allMatch(v -> v >= from && v <= to), name);
  }

  private static void normal(String name, double[] x, double mean, double std, double lattice) {
    Fit.continuous(name, x, v -> Fit.normal((v - mean) / std), lattice);
    Fit.moments(name, x, mean, std * std, 3);
  }

  @Test
  @DisplayName("S1.4 rand, randLike and uniform_ are even")
  void uniform() {
    for (DType dtype : DTYPES) {
      double gap = gap(dtype);
      uniform("rand " + dtype, numbers(Tensor.rand(Options.dtype(dtype), N)), 0, 1, gap);
      uniform("uniform_ " + dtype, numbers(empty(dtype).uniform_(-2, 5)), -2, 5, 2 * gap);
      uniform("randLike " + dtype, numbers(Tensor.randLike(empty(dtype))), 0, 1, gap);
    }
  }

  @Test
  @DisplayName("S1.4 randn, randnLike, normal_ and the four modes of normal are normal")
  void normal() {
    for (DType dtype : DTYPES) {
      double gap = gap(dtype);
      normal("randn " + dtype, numbers(Tensor.randn(Options.dtype(dtype), N)), 0, 1, gap);
      normal("randnLike " + dtype, numbers(Tensor.randnLike(empty(dtype))), 0, 1, gap);
      normal("normal_ " + dtype, numbers(empty(dtype).normal_(0.5, 2)), 0.5, 2, gap);
    }
    Tensor mean = Tensor.full(new long[] {N}, -3.0);
    Tensor std = Tensor.full(new long[] {N}, 0.25);
    normal("normal 1", numbers(Tensor.normal(4, 3, new long[] {N})), 4, 3, 0);
    normal("normal 2", numbers(Tensor.normal(mean, 3)), -3, 3, 0);
    normal("normal 3", numbers(Tensor.normal(4, std)), 4, 0.25, 0);
    normal("normal 4", numbers(Tensor.normal(mean, std)), -3, 0.25, 0);
  }

  @Test
  @DisplayName("S1.4 neighbours of normal numbers are independent")
  void independent() {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      Tensor x = Tensor.randn(Options.dtype(dtype), N + 1).to(DType.F64);
      double[] products = numbers(x.narrow(0, 0, N).mul(x.narrow(0, 1, N)));
      // Products of independent normal numbers have variance 1 and a fourth moment of 9.
      Fit.moments("products " + dtype, products, 0, 1, 9);
      double[] squares =
          numbers(x.square().sub(1).narrow(0, 0, N).mul(x.square().sub(1).narrow(0, 1, N)));
      double mean = Arrays.stream(squares).average().orElseThrow();
      assertEquals(0, mean, 3.2905 * 2 / Math.sqrt(N));
    }
  }

  @Test
  @DisplayName("S1.4 exponential_ has its rate")
  void exponential() {
    for (DType dtype : DTYPES) {
      for (double rate : new double[] {0.5, 1, 7}) {
        double[] x = numbers(empty(dtype).exponential_(rate));
        String name = "exponential_ " + dtype + " " + rate;
        Fit.continuous(name, x, v -> v <= 0 ? 0 : -Math.expm1(-rate * v), gap(dtype));
        Fit.moments(name, x, 1 / rate, 1 / (rate * rate), 9);
      }
    }
  }

  @Test
  @DisplayName("S1.4 cauchy_ has its median and width")
  void cauchy() {
    for (DType dtype : DTYPES) {
      double[] x = numbers(empty(dtype).cauchy_(1, 2));
      Fit.continuous(
          "cauchy_ " + dtype, x, v -> 0.5 + Math.atan((v - 1) / 2) / Math.PI, gap(dtype));
    }
  }

  @Test
  @DisplayName("S1.4 logNormal_ is e to the power of normal numbers")
  void logNormal() {
    for (DType dtype : DTYPES) {
      double[] x = numbers(empty(dtype).logNormal_(0.5, 0.25));
      double[] logs = Arrays.stream(x).map(Math::log).toArray();
      normal("logNormal_ " + dtype, logs, 0.5, 0.25, 2 * gap(dtype));
    }
  }

  @Test
  @DisplayName("S12.3 initialisers have the spread that fans ask for")
  void initialisers() {
    long[] shape = {150, 200};
    double bound = Math.sqrt(6.0 / 350);
    uniform("xavier", numbers(Init.xavierUniform_(Tensor.empty(shape), 1)), -bound, bound, 0);
    normal(
        "xavier", numbers(Init.xavierNormal_(Tensor.empty(shape), 1)), 0, Math.sqrt(2.0 / 350), 0);
    double below = Fit.normal(-1);
    double[] x = numbers(Init.truncNormal_(Tensor.empty(shape), 1, 2, -1, 4));
    double share = Fit.normal(1.5) - below;
    Fit.continuous("truncNormal_", x, v -> (Fit.normal((v - 1) / 2) - below) / share, 0);
    assertTrue(Arrays.stream(x).allMatch(v -> v >= -1 && v <= 4));
  }

  @Test
  @DisplayName("S12.3 the slopes of rrelu in training are even")
  void slopes() {
    double[] y = numbers(Gates.rrelu(Tensor.full(new long[] {N}, -1.0), 0.125, 0.5, true));
    uniform("rrelu", Arrays.stream(y).map(v -> -v).toArray(), 0.125, 0.5, 0);
  }
}
