package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.Autograd;
import io.gradus.Tensor;
import io.gradus.graph.HookHandle;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.attention.MultiheadAttention;
import io.gradus.nn.loss.MSELoss;
import io.gradus.nn.rnn.LSTM;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ModuleHooksTest {
  private final List<String> seen = new ArrayList<>();

  private static Linear linear() {
    Linear linear = new Linear(2, 3, false);
    linear.weight().detach().copy_(Tensor.tensor(1f, 2f, 3f, 4f, 5f, 6f).view(3, 2));
    return linear;
  }

  @Test
  @DisplayName(
      "S12.3 full backward hooks see and replace the gradients of a layer, as PyTorch's do")
  void backwardHooks() {
    Linear linear = linear();
    HookHandle pre =
        linear.registerFullBackwardPreHook(
            (layer, g) -> {
              seen.add("pre " + Arrays.toString(g.floatArray()));
              return g.mul(2);
            });
    HookHandle full =
        linear.registerFullBackwardHook(
            (layer, gi, go) -> {
              seen.add(
                  "full "
                      + (gi == null ? null : Arrays.toString(gi.floatArray()))
                      + " "
                      + Arrays.toString(go.floatArray()));
              return gi == null ? null : gi.add(1);
            });
    Tensor x = Tensor.tensor(1f, 2f).view(1, 2).requiresGrad_(true);
    linear.call(x).sum().backward();
    assertEquals(List.of("pre [1.0, 1.0, 1.0]", "full [18.0, 24.0] [2.0, 2.0, 2.0]"), seen);
    assertArrayEquals(new float[] {19, 25}, x.grad().floatArray());
    assertArrayEquals(new float[] {2, 4, 2, 4, 2, 4}, linear.weight().grad().floatArray());
    seen.clear();
    linear.call(x.detach()).sum().backward();
    assertEquals(List.of("pre [1.0, 1.0, 1.0]", "full null [2.0, 2.0, 2.0]"), seen);
    pre.close();
    full.close();
    seen.clear();
    linear.call(x).sum().backward();
    Autograd.noGrad(() -> linear.call(x));
    assertEquals(List.of(), seen);
  }

  @Test
  void backwardHooksOfALayerThatIsUsedTwiceBelongToTheirCalls() {
    ReLU relu = new ReLU();
    relu.registerFullBackwardHook(
        (layer, gi, go) -> {
          seen.add(Arrays.toString(go.floatArray()));
          return null;
        });
    Tensor x = Tensor.tensor(1f, 2f).requiresGrad_(true);
    relu.call(relu.call(x).mul(3)).sum().backward();
    assertEquals(List.of("[1.0, 1.0]", "[3.0, 3.0]"), seen);
    assertArrayEquals(new float[] {3, 3}, x.grad().floatArray());
  }

  @Test
  @DisplayName("S12.3 call hooks see all inputs of modules that are no layers")
  void callHooks() {
    List<Module> modules =
        List.of(
            new Bilinear(2, 3, 4),
            new MSELoss(),
            new LSTM(2, 3),
            new MultiheadAttention(4, 2),
            linear());
    List<HookHandle> handles = new ArrayList<>();
    for (Module module : modules) {
      handles.add(
          module.registerCallHook(
              (m, inputs, output) ->
                  seen.add(
                      m.typeName()
                          + " "
                          + inputs.stream().map(t -> t.shape().toString()).toList()
                          + " "
                          + output.shape())));
    }
    Runnable calls =
        () -> {
          ((Bilinear) modules.get(0)).call(Tensor.ones(5, 2), Tensor.ones(5, 3));
          ((MSELoss) modules.get(1)).call(Tensor.ones(2), Tensor.ones(2));
          ((LSTM) modules.get(2)).call(Tensor.ones(5, 1, 2));
          ((MultiheadAttention) modules.get(3))
              .call(Tensor.ones(5, 1, 4), Tensor.ones(6, 1, 4), Tensor.ones(6, 1, 4));
          ((Linear) modules.get(4)).call(Tensor.ones(1, 2));
        };
    calls.run();
    List<String> expected =
        List.of(
            "Bilinear [[5, 2], [5, 3]] [5, 4]",
            "MSELoss [[2], [2]] []",
            "LSTM [[5, 1, 2]] [5, 1, 3]",
            "MultiheadAttention [[5, 1, 4], [6, 1, 4], [6, 1, 4]] [5, 1, 4]",
            "Linear [[1, 2]] [1, 3]");
    assertEquals(expected, seen);
    handles.forEach(HookHandle::close);
    calls.run();
    assertEquals(expected, seen);
  }
}
