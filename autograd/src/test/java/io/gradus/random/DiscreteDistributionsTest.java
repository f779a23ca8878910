package io.gradus.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.Dropouts;
import io.gradus.nn.Functional;
import io.gradus.tensor.dtype.DType;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Distributions of whole numbers against their probabilities. */
class DiscreteDistributionsTest {
  private static final int N = 30_000;

  @BeforeEach
  void seed() {
    Tensor.manualSeed(42);
  }

  private static long[] numbers(Tensor t) {
    return t.to(DType.I64).reshape(-1).longArray();
  }

  /** How often each of the numbers from {@code low} occurs; the last class holds all above. */
  private static long[] counts(long[] x, long low, int classes) {
    long[] counts = new long[classes];
    for (long v : x) {
      assertTrue(v >= low, "below the range: " + v);
      counts[(int) Math.min(v - low, classes - 1)]++;
    }
    return counts;
  }

  private static double[] even(int classes) {
    double[] p = new double[classes];
    Arrays.fill(p, 1.0 / classes);
    return p;
  }

  @Test
  @DisplayName("S1.4 randint, randintLike and random_ are even over their range, ends included")
  void whole() {
    long[] shape = {N};
    for (DType dtype : new DType[] {DType.I64, DType.I32, DType.I8, DType.F32, DType.F64}) {
      Tensor t = Tensor.randint(Options.dtype(dtype), -5, 12, shape);
      assertEquals(dtype, t.dtype());
      Fit.discrete("randint " + dtype, counts(numbers(t), -5, 17), even(17));
      Tensor like = Tensor.randintLike(t, 9);
      Fit.discrete("randintLike " + dtype, counts(numbers(like), 0, 9), even(9));
      Fit.discrete("random_ " + dtype, counts(numbers(t.random_(3, 103)), 3, 100), even(100));
    }
    Tensor bytes = Tensor.empty(Options.dtype(DType.U8), N).random_();
    Fit.discrete("random_ u8", counts(numbers(bytes), 0, 256), even(256));
    Tensor longs = Tensor.empty(Options.dtype(DType.I64), N).random_();
    long[] top = Arrays.stream(numbers(longs)).map(v -> v >>> 57).toArray();
    Fit.discrete("random_ i64", counts(top, 0, 64), even(64));
  }

  @Test
  @DisplayName("S1.4 bernoulli has its probability, a number or one an element")
  void bernoulli() {
    for (double p : new double[] {0.02, 0.5, 0.7}) {
      double[] classes = {1 - p, p};
      Tensor fixed = Tensor.empty(N).bernoulli_(p);
      Fit.discrete("bernoulli_ " + p, counts(numbers(fixed), 0, 2), classes);
      Tensor each = Tensor.bernoulli(Tensor.full(new long[] {N}, p));
      Fit.discrete("bernoulli " + p, counts(numbers(each), 0, 2), classes);
      Tensor whole = Tensor.empty(Options.dtype(DType.I32), N).bernoulli_(Tensor.scalar(p));
      Fit.discrete("bernoulli_ of a tensor " + p, counts(numbers(whole), 0, 2), classes);
    }
  }

  @Test
  @DisplayName("S1.4 geometric_ counts trials up to the first success")
  void geometric() {
    for (DType dtype : new DType[] {DType.F32, DType.F64, DType.I64}) {
      for (double p : new double[] {0.2, 0.6}) {
        int classes = p < 0.5 ? 25 : 8;
        double[] shares = new double[classes];
        for (int k = 0; k < classes - 1; k++) {
          shares[k] = Math.pow(1 - p, k) * p;
        }
        shares[classes - 1] = Math.pow(1 - p, classes - 1);
        Tensor t = Tensor.empty(Options.dtype(dtype), N).geometric_(p);
        Fit.discrete("geometric_ " + dtype + p, counts(numbers(t), 1, classes), shares);
      }
    }
  }

  @Test
  @DisplayName("S1.4 randperm takes every order equally often")
  void permutations() {
    long[] counts = new long[24];
    for (int i = 0; i < 2400; i++) {
      long[] p = Tensor.randperm(4).longArray();
      int rank = 0;
      for (int a = 0; a < 4; a++) {
        int smaller = 0;
        for (int b = a + 1; b < 4; b++) {
          smaller += p[b] < p[a] ? 1 : 0;
        }
        rank = rank * (4 - a) + smaller;
      }
      counts[rank]++;
    }
    Fit.discrete("randperm", counts, even(24));
    long[] sorted = Tensor.randperm(N).longArray();
    Arrays.sort(sorted);
    assertArrayEquals(Tensor.arange(N).longArray(), sorted);
  }

  @Test
  @DisplayName("S1.4 multinomial follows its weights, with and without replacement")
  void multinomial() {
    double[] w = {0.1, 0, 0.4, 0.3, 0.2};
    double[] shares = {0.1, 0.4, 0.3, 0.2};
    long[] drawn = Tensor.multinomial(Tensor.tensor(w).mul(7), N, true).longArray();
    Fit.discrete("with replacement", without1(counts(drawn, 0, 5)), shares);

    long[] pairs =
        numbers(Tensor.multinomial(Tensor.tensor(w).expand(N, 5).contiguous(), 2, false));
    long[] first = new long[5];
    long[] both = new long[12];
    double[] bothShares = new double[12];
    for (int i = 0; i < N; i++) {
      int a = (int) pairs[2 * i];
      int b = (int) pairs[2 * i + 1];
      first[a]++;
      both[pair(a, b)]++;
      bothShares[pair(a, b)] = w[a] * w[b] / (1 - w[a]);
    }
    Fit.discrete("the first", without1(first), shares);
    Fit.discrete("both", both, bothShares);
  }

  private static long[] without1(long[] counts) {
    assertEquals(0, counts[1], "what has no weight is never drawn");
    return new long[] {counts[0], counts[2], counts[3], counts[4]};
  }

  private static int pair(int a, int b) {
    assertTrue(a != b && a != 1 && b != 1);
    int i = a == 0 ? 0 : a - 1;
    int j = b == 0 ? 0 : b - 1;
    return i * 3 + (j > i ? j - 1 : j);
  }

  @Test
  @DisplayName("S12.3 dropout drops with its probability and scales what stays")
  void dropout() {
    double p = 0.3;
    double[] shares = {p, 1 - p};
    float kept = (float) (1 / (1 - p));
    float[] y = Functional.dropout(Tensor.ones(N), p, true, null).floatArray();
    long[] flags = new long[N];
    for (int i = 0; i < N; i++) {
      assertTrue(y[i] == 0 || Math.abs(y[i] - kept) < 1e-6);
      flags[i] = y[i] == 0 ? 0 : 1;
    }
    Fit.discrete("dropout", counts(flags, 0, 2), shares);

    Tensor channels = Dropouts.dropout2d(Tensor.ones(100, 60, 2, 3), p, true);
    Tensor lowest = channels.amin(2, 3);
    assertTrue(lowest.equal(channels.amax(2, 3)), "a channel is dropped whole");
    Fit.discrete("dropout2d", counts(numbers(lowest.ne(0)), 0, 2), shares);
  }

  @Test
  @DisplayName("S12.3 alpha dropout keeps mean 0 and variance 1")
  void alphaDropout() {
    Tensor x = Tensor.randn(N);
    double[] y = Dropouts.alphaDropout(x, 0.2, true).to(DType.F64).doubleArray();
    double mean = Arrays.stream(y).average().orElseThrow();
    double square = Arrays.stream(y).map(v -> v * v).average().orElseThrow();
    assertEquals(0, mean, 3.2905 / Math.sqrt(N));
    assertEquals(1, square, 3.2905 * 2 / Math.sqrt(N));
  }
}
