package io.gradus.pointwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.kernel.Philox;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RandomTest {
  private static final int N = 20_000;

  private static Options seeded(long seed) {
    return Options.generator(new Generator(seed));
  }

  private static void checkMoments(double mean, double std, Tensor t) {
    double[] x = t.doubleArray();
    double m = Arrays.stream(x).average().orElseThrow();
    double v = Arrays.stream(x).map(e -> (e - m) * (e - m)).average().orElseThrow();
    assertEquals(mean, m, 5 * std / Math.sqrt(x.length) + 1e-3);
    assertEquals(std, Math.sqrt(v), 0.05 * std);
  }

  @Test
  @DisplayName("S1.4 rand is even in [0, 1) in every floating dtype")
  void uniform() {
    for (DType d : new DType[] {DType.F32, DType.F64, DType.F16, DType.BF16}) {
      Tensor t = Tensor.rand(seeded(1).withDtype(d), N);
      assertEquals(d, t.dtype());
      checkMoments(0.5, Math.sqrt(1 / 12.0), t);
      assertTrue(Arrays.stream(t.doubleArray()).allMatch(x -> x >= 0 && x < 1));
    }
    checkMoments(3, 2 / Math.sqrt(12), Tensor.empty(N).uniform_(2, 4, new Generator(2)));
  }

  @Test
  @DisplayName("S1.4 randn and normal in all four modes")
  void normal() {
    checkMoments(0, 1, Tensor.randn(seeded(3), N));
    checkMoments(0, 1, Tensor.randn(seeded(3).withDtype(DType.F64), N));
    checkMoments(2, 3, Tensor.normal(seeded(4), 2, 3, new long[] {N}));
    Tensor mean = Tensor.full(new long[] {N}, 5.0);
    Tensor std = Tensor.full(new long[] {N}, 0.5);
    checkMoments(5, 2, Tensor.normal(mean, 2));
    checkMoments(-1, 0.5, Tensor.normal(-1, std));
    checkMoments(5, 0.5, Tensor.normal(mean, std));
    assertThrows(InvalidArgumentException.class, () -> Tensor.normal(0, -1, new long[] {1}));
    assertThrows(InvalidArgumentException.class, () -> Tensor.normal(mean, std.neg()));
  }

  @Test
  @DisplayName("S1.4 randint is half-open, randperm a permutation, both i64")
  void wholeNumbers() {
    Tensor t = Tensor.randint(seeded(5), -2, 3, new long[] {N});
    assertEquals(DType.I64, t.dtype());
    long[] counts = new long[5];
    for (long x : t.longArray()) {
      counts[(int) x + 2]++;
    }
    for (long c : counts) {
      assertEquals(N / 5.0, c, 5 * Math.sqrt(N / 5.0));
    }
    long[] p = Tensor.randperm(seeded(6), 1000).longArray();
    assertFalse(Arrays.equals(p, Tensor.arange(1000).longArray()));
    Arrays.sort(p);
    assertArrayEquals(Tensor.arange(1000).longArray(), p);
    assertThrows(InvalidArgumentException.class, () -> Tensor.randint(3, 3, new long[] {1}));
  }

  @Test
  @DisplayName("S1.4 bernoulli follows its probabilities, and refuses others")
  void bernoulli() {
    Tensor p = Tensor.full(new long[] {N}, 0.3);
    checkMoments(0.3, Math.sqrt(0.21), Tensor.bernoulli(p, new Generator(7)));
    checkMoments(0.8, 0.4, Tensor.empty(N).bernoulli_(0.8, new Generator(8)));
    assertArrayEquals(new float[] {0, 1}, Tensor.bernoulli(Tensor.tensor(0f, 1)).floatArray());
    assertThrows(InvalidArgumentException.class, () -> Tensor.bernoulli(Tensor.tensor(0f, 2)));
    assertThrows(DTypeException.class, () -> Tensor.bernoulli(Tensor.tensor(0L, 1)));
  }

  @Test
  @DisplayName("S1.4 multinomial with and without replacement")
  void multinomial() {
    Tensor weights = Tensor.tensor(1f, 0, 3);
    long[] counts = new long[3];
    for (long x : Tensor.multinomial(weights, N, true, new Generator(9)).longArray()) {
      counts[(int) x]++;
    }
    assertEquals(0, counts[1]);
    assertEquals(N / 4.0, counts[0], 5 * Math.sqrt(N));
    Tensor rows = Tensor.multinomial(Tensor.ones(4, 6), 6, false, new Generator(10));
    assertArrayEquals(new long[] {4, 6}, rows.shape().toArray());
    for (int r = 0; r < 4; r++) {
      long[] row = rows.select(0, r).longArray();
      Arrays.sort(row);
      assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5}, row);
    }
    assertThrows(InvalidArgumentException.class, () -> Tensor.multinomial(weights, 4, false));
    assertThrows(
        InvalidArgumentException.class, () -> Tensor.multinomial(Tensor.tensor(-1f, 1), 1, true));
    assertThrows(
        InvalidArgumentException.class, () -> Tensor.multinomial(Tensor.zeros(2), 1, true));
  }

  @Test
  @DisplayName("S1.4 exponential, geometric, Cauchy and log-normal numbers")
  void otherDistributions() {
    Generator g = new Generator(11);
    checkMoments(0.5, 0.5, Tensor.empty(N).exponential_(2, g));
    checkMoments(4, Math.sqrt(12), Tensor.empty(N).geometric_(0.25, g));
    double[] cauchy = Tensor.empty(N).cauchy_(1, 2, g).doubleArray();
    assertEquals(0.5, Arrays.stream(cauchy).filter(x -> x < 1).count() / (double) N, 0.02);
    assertEquals(0.75, Arrays.stream(cauchy).filter(x -> x < 3).count() / (double) N, 0.02);
    checkMoments(1, 0.5, Tensor.empty(N).logNormal_(1, 0.5, g).log());
    assertThrows(InvalidArgumentException.class, () -> Tensor.empty(1).exponential_(0));
    assertThrows(InvalidArgumentException.class, () -> Tensor.empty(1).geometric_(1.5));
    assertThrows(InvalidArgumentException.class, () -> Tensor.empty(1).cauchy_(0, -1));
    assertThrows(InvalidArgumentException.class, () -> Tensor.empty(1).uniform_(2, 1));
    assertThrows(DTypeException.class, () -> Tensor.arange(2).normal_());
  }

  @Test
  @DisplayName("S1.8 the same seed gives the same numbers, whatever the layout")
  void reproducible() {
    Tensor a = Tensor.rand(seeded(42), 3, 4);
    Tensor b = Tensor.zeros(4, 3).t().uniform_(0, 1, new Generator(42));
    assertTrue(a.equal(b));
    assertFalse(a.equal(Tensor.rand(seeded(43), 3, 4)));
    Generator g = new Generator(1);
    Generator.State state = g.getState();
    Tensor first = Tensor.randn(Options.generator(g), 5);
    assertFalse(first.equal(Tensor.randn(Options.generator(g), 5)));
    g.setState(state);
    assertTrue(first.equal(Tensor.randn(Options.generator(g), 5)));
    assertEquals(1, g.initialSeed());
    assertTrue(first.equal(Tensor.randn(Options.generator(g.manualSeed(1)), 5)));
  }

  @Test
  @DisplayName("S1.8 element i of stream s is word i of Philox, as documented")
  void documentedWords() {
    Generator g = new Generator(123);
    Tensor skipped = Tensor.rand(Options.generator(g), 1);
    float[] drawn = Tensor.rand(Options.generator(g), 7).floatArray();
    assertEquals((Philox.word(0, 123, 0) >>> 8) * 0x1p-24f, skipped.item());
    for (int i = 0; i < drawn.length; i++) {
      assertEquals((Philox.word(i, 123, 1) >>> 8) * 0x1p-24f, drawn[i]);
    }
  }
}
