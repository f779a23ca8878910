package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.graph.HookHandle;
import io.gradus.nn.activation.ReLU;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleTest {
  private static Sequential model() {
    return new Sequential(new Linear(3, 4), new ReLU(), new Sequential(new Linear(4, 2, false)));
  }

  @Test
  void namesAreDottedPaths() {
    assertEquals(
        List.of("0.weight", "0.bias", "2.0.weight"),
        List.copyOf(model().namedParameters().keySet()));
    assertEquals(List.of("", "0", "1", "2", "2.0"), List.copyOf(model().namedModules().keySet()));
  }

  @Test
  void aStateDictRestoresAnotherModel() {
    Sequential a = model();
    Sequential b = model();
    Tensor x = Tensor.tensor(1f, 2f, 3f).view(1, 3);
    assertTrue(b.loadStateDict(a.stateDict()).isEmpty());
    assertArrayEquals(a.call(x).floatArray(), b.call(x).floatArray());
  }

  @Test
  void aStateDictThatDoesNotFitIsListedAndNothingIsCopied() {
    Sequential m = model();
    float[] before = m.parameters().get(0).floatArray();
    Map<String, Tensor> state = new LinkedHashMap<>(m.stateDict());
    state.put("0.weight", Tensor.zeros(4, 3));
    state.put("0.bias", Tensor.zeros(5));
    state.remove("2.0.weight");
    state.put("extra", Tensor.zeros(1));
    FormatException e = assertThrows(FormatException.class, () -> m.loadStateDict(state));
    String text = String.valueOf(e.getMessage());
    assertTrue(text.contains("Missing key(s) in state_dict: 2.0.weight"), text);
    assertTrue(text.contains("Unexpected key(s) in state_dict: extra"), text);
    assertTrue(text.contains("0.bias: the state has shape [5], the module [4]"), text);
    assertArrayEquals(before, m.parameters().get(0).floatArray());
    state.remove("0.bias");
    LoadReport report = m.loadStateDict(state, false);
    assertEquals(List.of("0.bias", "2.0.weight"), report.missing());
    assertArrayEquals(new float[12], m.parameters().get(0).floatArray());
  }

  @Test
  void trainAndEvalReachEveryModule() {
    Sequential m = new Sequential(new Linear(2, 2), new Dropout(0.9));
    m.eval();
    assertFalse(m.get(1).isTraining());
    Tensor x = Tensor.ones(4, 2);
    assertSame(x, m.get(1).call(x));
    m.train();
    assertTrue(m.get(1).isTraining());
  }

  @Test
  void dropoutKeepsTheExpectedValue() {
    Tensor y = new Dropout(0.25).call(Tensor.ones(200, 100));
    float[] values = y.floatArray();
    int kept = 0;
    for (float v : values) {
      assertTrue(v == 0 || Math.abs(v - 1 / 0.75f) < 1e-6f, () -> "unexpected " + v);
      kept += v == 0 ? 0 : 1;
    }
    // Six standard deviations of a binomial of 20,000 draws.
    assertEquals(15_000, kept, 6 * Math.sqrt(20_000 * 0.25 * 0.75));
    assertThrows(InvalidArgumentException.class, () -> new Dropout(1.5));
  }

  @Test
  void hooksSeeAndReplaceTensors() {
    Linear layer = new Linear(2, 2);
    List<String> seen = new ArrayList<>();
    HookHandle pre =
        layer.registerForwardPreHook(
            (l, x) -> {
              seen.add("pre");
              return x.mul(0);
            });
    HookHandle post =
        layer.registerForwardHook(
            (l, x, y) -> {
              seen.add("post");
              return null;
            });
    Tensor bias = layer.bias();
    assertTrue(bias != null);
    assertArrayEquals(bias.floatArray(), layer.call(Tensor.ones(1, 2)).floatArray());
    pre.remove();
    post.remove();
    layer.call(Tensor.ones(1, 2));
    assertEquals(List.of("pre", "post"), seen);
  }

  @Test
  void linearStartsInsideItsBoundsAndConverts() {
    Linear layer = new Linear(16, 500);
    for (float v : layer.weight().floatArray()) {
      assertTrue(Math.abs(v) <= 0.25f, () -> "outside of 1/sqrt(16): " + v);
    }
    layer.to(DType.F64);
    assertEquals(DType.F64, layer.call(Tensor.ones(2, 16).to(DType.F64)).dtype());
    assertTrue(layer.weight().requiresGrad() && layer.weight().isLeaf());
    assertThrows(InvalidArgumentException.class, () -> layer.to(DType.I32));
  }

  @Test
  void aNameIsUsedOnce() {
    Map<String, Layer> dotted = Map.of("a.b", new ReLU());
    assertThrows(InvalidArgumentException.class, () -> new Sequential(dotted));
  }

  @Test
  void theTextShowsTheTree() {
    assertEquals(
        """
        Sequential(
          (0): Linear(in_features=3, out_features=4, bias=True)
          (1): ReLU()
        )\
        """,
        new Sequential(new Linear(3, 4), new ReLU()).toString());
  }

  @Test
  void initialisersHaveTheirSpread() {
    Tensor w = Tensor.zeros(300, 200);
    Init.xavierUniform_(w, 1);
    double bound = Math.sqrt(6.0 / 500);
    double square = 0;
    for (double v : w.doubleArray()) {
      assertTrue(Math.abs(v) <= bound);
      square += v * v;
    }
    // The variance of a uniform distribution is bound^2/3; 60,000 draws give it to a percent or so.
    assertEquals(bound * bound / 3, square / w.numel(), 0.03 * bound * bound / 3);
    Init.kaimingNormal_(w, 0, Init.Fan.OUT, Init.Nonlinearity.RELU);
    square = 0;
    for (double v : w.doubleArray()) {
      square += v * v;
    }
    assertEquals(2.0 / 300, square / w.numel(), 0.03 * 2.0 / 300);
  }
}
