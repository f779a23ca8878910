package io.gradus.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.backend.cpu.Workers;
import io.gradus.op.Draws;
import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.kernel.NormalNumbers;
import io.gradus.tensor.kernel.Philox;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The same numbers again: from a saved state, on any number of threads, lane by lane. */
class ReproducibilityTest {
  private static final int MANY = 70_001;

  /** Everything that draws, from options with a generator. */
  private static Map<String, Function<Options, Tensor>> draws(int n) {
    Map<String, Function<Options, Tensor>> all = new LinkedHashMap<>();
    for (DType d : new DType[] {DType.F32, DType.F64, DType.F16, DType.BF16}) {
      all.put("rand " + d, o -> Tensor.rand(o.withDtype(d), n));
      all.put("randn " + d, o -> Tensor.randn(o.withDtype(d), n));
      all.put("normal_ " + d, o -> empty(o, d, n).normal_(1, 2, o.generator()));
      all.put("uniform_ " + d, o -> empty(o, d, n).uniform_(-3, 2, o.generator()));
      all.put("exponential_ " + d, o -> empty(o, d, n).exponential_(2, o.generator()));
      all.put("cauchy_ " + d, o -> empty(o, d, n).cauchy_(0, 1, o.generator()));
      all.put("logNormal_ " + d, o -> empty(o, d, n).logNormal_(0, 1, o.generator()));
      all.put("geometric_ " + d, o -> empty(o, d, n).geometric_(0.25, o.generator()));
      all.put("bernoulli_ " + d, o -> empty(o, d, n).bernoulli_(0.25, o.generator()));
    }
    all.put("randint", o -> Tensor.randint(o, -7, 1000, new long[] {n}));
    all.put("random_", o -> empty(o, DType.I32, n).random_(-7, 1000, o.generator()));
    all.put("randperm", o -> Tensor.randperm(o, n));
    return all;
  }

  private static Tensor empty(Options o, DType dtype, int n) {
    return Tensor.empty(new Options(dtype, o.device(), false), n);
  }

  private static double[] bits(Tensor t) {
    return t.to(DType.F64).doubleArray();
  }

  @Test
  @DisplayName("S1.8 words are those of Random123's known answers for philox4x32-10")
  void knownAnswers() {
    // kat_vectors: counter, key, words; counter = (word / 4, stream), key = seed, low word first.
    assertEquals(0x6627e8d5, Philox.word(0, 0, 0));
    assertEquals(0xe169c58d, Philox.word(1, 0, 0));
    assertEquals(0xbc57ac4c, Philox.word(2, 0, 0));
    assertEquals(0x9b00dbd8, Philox.word(3, 0, 0));
    int[] block = new int[4];
    Philox.block(-1, -1, -1, block, 0);
    assertArrayEquals(new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, block);
    Philox.block(0x85a308d3243f6a88L, 0x299f31d0a4093822L, 0x0370734413198a2eL, block, 0);
    assertArrayEquals(new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}, block);
    // A tensor shows them: the first word of seed 0, stream 0, its upper 24 bits as a fraction.
    Tensor first = Tensor.rand(Options.generator(new Generator(0)), 4);
    assertEquals((0x6627e8d5 >>> 8) * 0x1p-24f, first.get(0).item());
    assertEquals((0x9b00dbd8 >>> 8) * 0x1p-24f, first.get(3).item());
  }

  @Test
  @DisplayName("S1.8 every draw is the same from a saved state, and takes one stream")
  void savedState() {
    Generator g = new Generator(5);
    Options o = Options.generator(g);
    draws(33)
        .forEach(
            (name, draw) -> {
              Generator.State before = g.getState();
              double[] first = bits(draw.apply(o));
              assertEquals(new Generator.State(5, before.stream() + 1), g.getState(), name);
              double[] second = bits(draw.apply(o));
              g.setState(before);
              assertArrayEquals(first, bits(draw.apply(o)), name);
              assertArrayEquals(second, bits(draw.apply(o)), name);
            });
    g.manualSeed(9);
    assertEquals(new Generator.State(9, 0), g.getState());
    assertEquals(9, g.initialSeed());
  }

  @Test
  @DisplayName("S1.8 a call that is refused takes no stream")
  void refused() {
    Generator g = new Generator(5);
    Tensor t = Tensor.empty(3);
    assertThrows(TensorException.class, () -> t.uniform_(2, 1, g));
    assertThrows(TensorException.class, () -> t.exponential_(-1, g));
    assertThrows(TensorException.class, () -> t.expand(2, 3).normal_(0, 1, g));
    assertThrows(TensorException.class, () -> Tensor.rand(Options.generator(g), -1));
    assertEquals(new Generator.State(5, 0), g.getState());
  }

  @Test
  @DisplayName("S1.8 every draw is the same for any number of threads")
  void threads() {
    int usual = Workers.threads();
    try {
      draws(MANY)
          .forEach(
              (name, draw) -> {
                Workers.setThreads(1);
                double[] alone = bits(draw.apply(Options.generator(new Generator(77))));
                Workers.setThreads(3);
                double[] shared = bits(draw.apply(Options.generator(new Generator(77))));
                assertArrayEquals(alone, shared, name);
              });
    } finally {
      Workers.setThreads(usual);
    }
  }

  @Test
  @DisplayName("S1.8 every draw has the bits that its definition, one number at a time, gives")
  void definition() {
    Device reference = new ReferenceDevice();
    draws(1003)
        .forEach(
            (name, draw) -> {
              Options o = Options.generator(new Generator(-3));
              Options again = Options.generator(new Generator(-3)).withDevice(reference);
              assertArrayEquals(bits(draw.apply(again)), bits(draw.apply(o)), name);
            });
  }

  @Test
  void backendsKnowTheProgramOfNormalNumbers() {
    assertSame(NormalNumbers.LINE, Draws.NORMAL.program(DType.F32, 1));
  }

  @Test
  @DisplayName("S1.8 every draw is the same for any layout of the result")
  void layouts() {
    for (DType d : new DType[] {DType.F32, DType.F64, DType.F16}) {
      Tensor turned = Tensor.empty(Options.dtype(d), 7, 5, 3).permute(2, 0, 1);
      Tensor dense = Tensor.empty(Options.dtype(d), 3, 7, 5);
      assertArrayEquals(
          bits(dense.normal_(0, 1, new Generator(1))),
          bits(turned.normal_(0, 1, new Generator(1))));
    }
  }

  @Test
  void singleNumbersAreUniformAndReproducible() {
    Generator generator = new Generator(5);
    double sum = 0;
    int[] counts = new int[3];
    for (int i = 0; i < 3000; i++) {
      double x = generator.nextDouble();
      assertTrue(x >= 0 && x < 1, () -> "drew " + x);
      sum += x;
      counts[generator.nextInt(3)]++;
    }
    assertEquals(0.5, sum / 3000, 6 * Math.sqrt(1 / 12.0 / 3000));
    for (int count : counts) {
      assertEquals(1000, count, 6 * Math.sqrt(3000 * (1 / 3.0) * (2 / 3.0)));
    }
    assertEquals(new Generator.State(5, 6000), generator.getState());
    assertEquals(new Generator(5).nextDouble(), new Generator(5).nextDouble());
    assertThrows(InvalidArgumentException.class, () -> generator.nextInt(0));
  }
}
