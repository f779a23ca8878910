package io.gradus.fusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.backend.cpu.Workers;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;
import io.gradus.nn.Linear;
import io.gradus.nn.Lookups;
import io.gradus.nn.Normalizations;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.Adam;
import io.gradus.random.Generator;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations on tensors that are large enough to be divided among threads and to wait. */
class LargeSameBitsTest {
  private static final Map<String, Supplier<List<Tensor>>> CALLS = new LinkedHashMap<>();
  private static final double EPSILON = 1e-5;

  private final int usual = Workers.threads();

  static {
    call("a chain larger than caches", () -> chain(random(1, 1100, 1000), random(2, 1100, 1000)));
    call("a chain, its sum and its rows' variances", () -> reducedChain(random(1, 900, 800)));
    call("a transposed copy", () -> List.of(random(1, 701, 905).t().contiguous()));
    call("a transposed operand", () -> sumWithTransposed(random(1, 803, 803)));
    call("variances", () -> variances(random(1, 311, 3001)));
    call("sums along the first axis", () -> List.of(random(1, 3001, 311).sum(0)));
    call("positions of maxima", () -> List.of(random(1, 311, 3001).argmax(1)));
    call("softmax and its gradient", () -> throughLeaf(x -> x.softmax(1)));
    call("log-softmax and its gradient", () -> throughLeaf(x -> x.logSoftmax(1)));
    call("layer norm and its gradients", LargeSameBitsTest::layerNorm);
    call("a long line sorted", () -> both(random(1, 400_001).sort()));
    call("lines sorted", () -> both(random(1, 300, 2000).sort()));
    call("the first few of a line", () -> both(random(1, 400_001).topk(100)));
    call("the first few of lines", () -> both(random(1, 700, 600).topk(10)));
    call("running sums", () -> List.of(random(1, 400_001).cumsum(0)));
    call("elements by index", () -> List.of(random(1, 300_000).gather(0, indices(300_000))));
    call("rows by index", () -> List.of(random(1, 9000, 65).indexSelect(0, indices(9000))));
    call("a table's gradient", LargeSameBitsTest::embedding);
    call("products in f64", () -> List.of(doubles(3, 310, 1100).matmul(doubles(4, 1100, 290))));
    call("a convolution in steps, with groups", () -> convolution(3, 5));
    call("one of many channels", () -> convolution(50, 49));
    call("training steps", LargeSameBitsTest::trained);
  }

  private static void call(String name, Supplier<List<Tensor>> body) {
    CALLS.put(name, body);
  }

  static Set<String> names() {
    return CALLS.keySet();
  }

  @AfterEach
  void asBefore() {
    Workers.setThreads(usual);
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("S6.8 the same bits on any number of threads, fused or not")
  void sameBits(String name) {
    List<double[]> expected;
    Workers.setThreads(1);
    try (Fusion.Scope off = Fusion.off()) {
      expected = numbers(name);
    }
    for (int threads : new int[] {1, 2, 3}) {
      Workers.setThreads(threads);
      List<double[]> got = numbers(name);
      assertEquals(expected.size(), got.size());
      for (int i = 0; i < got.size(); i++) {
        String which = "result " + i + " on " + threads + " threads";
        assertArrayEquals(expected.get(i), got.get(i), which);
      }
    }
  }

  private static List<double[]> numbers(String name) {
    return CALLS.get(name).get().stream()
        .map(t -> t.detach().to(DType.F64).contiguous().doubleArray())
        .toList();
  }

  private static Tensor random(long seed, long... shape) {
    return Tensor.randn(Options.generator(new Generator(seed)), shape);
  }

  private static Tensor doubles(long seed, long... shape) {
    return random(seed, shape).to(DType.F64);
  }

  private static Tensor indices(long n) {
    return Tensor.randint(Options.generator(new Generator(9)), 0, n, new long[] {n});
  }

  private static List<Tensor> both(ValuesIndices found) {
    return List.of(found.values(), found.indices());
  }

  private static List<Tensor> chain(Tensor x, Tensor y) {
    return List.of(x.mul(2).add(y).tanh().mul(y).sub(x).abs().sqrt());
  }

  private static List<Tensor> reducedChain(Tensor x) {
    Tensor y = x.mul(0.5).add(1).exp();
    return List.of(y.sum(), y.mean(0), y.var(1), y.max());
  }

  private static List<Tensor> sumWithTransposed(Tensor x) {
    return List.of(x.t().add(x));
  }

  private static List<Tensor> variances(Tensor x) {
    return List.of(x.var(), x.var(1), x.var(0));
  }

  private static List<Tensor> throughLeaf(UnaryOperator<Tensor> f) {
    Tensor x = random(1, 310, 1030).requiresGrad_();
    Tensor y = f.apply(x);
    y.backward(random(2, 310, 1030));
    return List.of(y, x.grad());
  }

  private static List<Tensor> layerNorm() {
    Tensor x = random(1, 310, 1030).requiresGrad_();
    Tensor weight = random(2, 1030).requiresGrad_();
    Tensor bias = random(3, 1030).requiresGrad_();
    Tensor y = Normalizations.layerNorm(x, new long[] {1030}, weight, bias, EPSILON);
    y.backward(random(4, 310, 1030));
    return List.of(y, x.grad(), weight.grad(), bias.grad());
  }

  private static List<Tensor> embedding() {
    Tensor table = random(1, 500, 64).requiresGrad_();
    Tensor index = indices(9000).remainder(500);
    Tensor rows = Lookups.embedding(table, index);
    rows.backward(random(2, 9000, 64));
    return List.of(rows, table.grad());
  }

  /** Two groups of so many channels each, forward and all gradients. */
  private static List<Tensor> convolution(long channels, long outputs) {
    Tensor x = random(1, 8, 2 * channels, 41, 43).requiresGrad_();
    Tensor weight = random(2, 2 * outputs, channels, 3, 5).requiresGrad_();
    Tensor bias = random(3, 2 * outputs).requiresGrad_();
    ConvOptions how = ConvOptions.DEFAULT.stride(2, 3).padding(1, 2).groups(2);
    Tensor y = Convolutions.conv2d(x, weight, bias, how);
    y.backward(random(4, y.shape().toArray()));
    return List.of(y, x.grad(), weight.grad(), bias.grad());
  }

  private static List<Tensor> trained() {
    Sequential model = new Sequential(new Linear(300, 256), new ReLU(), new Linear(256, 10));
    List<Tensor> parameters = new ArrayList<>(model.parameters());
    for (int i = 0; i < parameters.size(); i++) {
      Tensor p = parameters.get(i);
      p.data().copy_(random(20 + i, p.shape().toArray()).mul(0.05));
    }
    Adam optimizer = new Adam(model.parameters(), 0.01);
    Tensor x = random(1, 128, 300);
    Tensor classes = indices(128).remainder(10);
    for (int step = 0; step < 3; step++) {
      Tensor loss = new CrossEntropyLoss().call(model.call(x), classes);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      parameters.add(loss);
    }
    return parameters;
  }
}
