package io.gradus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.fusion.Fusion;
import io.gradus.nn.Linear;
import io.gradus.optim.Adam;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorScopeTest {
  private static Tensor numbers(int n) {
    return Tensor.arange(n).to(DType.F32);
  }

  private static float last(Tensor t) {
    float[] all = t.floatArray();
    return all[all.length - 1];
  }

  private static void assertGone(Tensor t) {
    BackendException e = assertThrows(BackendException.class, t::floatArray);
    assertTrue(e.getMessage().contains("keep()"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 10_000, 300_000})
  @DisplayName("the result of a scope stays, what it was made of goes, whatever the size")
  void resultStays(int n) {
    Tensor x = numbers(n);
    List<Tensor> inside = new ArrayList<>();
    Tensor y =
        TensorScope.run(
            () -> {
              Tensor twice = x.mul(2);
              Fusion.compute(twice);
              Tensor late = twice.add(1);
              inside.addAll(List.of(twice, late, late.abs()));
              return late.neg();
            });
    inside.forEach(TensorScopeTest::assertGone);
    assertEquals(-(2f * (n - 1) + 1), last(y));
    assertEquals(n - 1, last(x));
    assertThrows(BackendException.class, () -> inside.get(0).add(x).floatArray());
    assertThrows(BackendException.class, () -> inside.get(1).view(-1).add(x).floatArray());
  }

  @Test
  @DisplayName("a view keeps the memory it shows; memory shared with the user stays")
  void sharedMemory() {
    Tensor x = numbers(6);
    float[] mine = {1, 2, 3};
    Tensor[] wrapped = new Tensor[1];
    Tensor row =
        TensorScope.run(
            () -> {
              wrapped[0] = Tensor.wrap(mine);
              return x.add(1).view(2, 3).select(0, 1);
            });
    assertArrayEquals(new float[] {4, 5, 6}, row.floatArray());
    wrapped[0].mul_(2);
    assertArrayEquals(new float[] {2, 4, 6}, mine);
  }

  private record Both(Tensor a, int n, Optional<Tensor> b) {}

  @Test
  @DisplayName("tensors in records, collections, maps and arrays stay as well")
  void containers() {
    Tensor x = numbers(4);
    Map<String, Object> all =
        TensorScope.run(
            () ->
                Map.of(
                    "list",
                    List.of(x.add(1), x.add(2)),
                    "record",
                    new Both(x.add(3), 7, Optional.of(x.add(4))),
                    "array",
                    new Tensor[] {x.add(5)}));
    List<Tensor> found = new ArrayList<>();
    Contained.tensors(all, found::add);
    assertEquals(5, found.size());
    float sum = 0;
    for (Tensor t : found) {
      sum += last(t);
    }
    assertEquals(5 * 3 + 1 + 2 + 3 + 4 + 5, sum);
    ValuesIndices top = TensorScope.run(() -> x.topk(2));
    assertArrayEquals(new long[] {3, 2}, top.indices().longArray());
  }

  @Test
  @DisplayName("what an inner scope keeps belongs to the outer one")
  void nested() {
    Tensor x = numbers(8);
    Tensor y;
    Tensor z;
    try (TensorScope outer = TensorScope.open()) {
      y = TensorScope.run(() -> x.add(1).mul(2));
      z = outer.keep(TensorScope.run(() -> y.add(1)));
      assertEquals(16, last(y));
    }
    assertGone(y);
    assertEquals(17, last(z));
  }

  @Test
  @DisplayName("a result with history keeps all that its gradient needs")
  void history() {
    Tensor x = numbers(5).requiresGrad_();
    Tensor loss = TensorScope.run(() -> x.mul(x).exp().log().sum());
    loss.backward();
    Tensor grad = x.grad();
    assertNotNull(grad);
    assertEquals(8, last(grad), 1e-5f); // exp and log: a few ulp of 8
  }

  @Test
  @DisplayName("a gradient that can be differentiated again keeps all that this needs")
  void historyOfGradient() {
    Tensor x = numbers(5).requiresGrad_();
    TensorScope.run(() -> x.mul(x).mul(x).sum().backward(null, null, true, null));
    Tensor grad = x.grad();
    assertNotNull(grad);
    assertEquals(48, last(grad)); // 3 x²
    Tensor second = Autograd.grad(List.of(grad.sum()), List.of(x), GradOptions.DEFAULT).getFirst();
    assertNotNull(second);
    assertEquals(24, last(second)); // 6 x
  }

  @Test
  @DisplayName("writes into tensors from outside stay, and what waits outside keeps its operands")
  void outside() {
    int n = 10_000;
    Tensor x = numbers(n);
    Tensor waiting = x.add(1);
    try (TensorScope _ = TensorScope.open()) {
      Tensor y = waiting.mul(2);
      x.add_(y);
    }
    assertEquals(n, last(waiting));
    assertEquals(3 * (n - 1) + 2, last(x));
  }

  @Test
  @DisplayName("an exception passes, and the memory goes as well")
  void exception() {
    Tensor[] inside = new Tensor[1];
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                TensorScope.run(
                    () -> {
                      inside[0] = Tensor.ones(3);
                      throw new IllegalStateException("mine");
                    }));
    assertEquals("mine", e.getMessage());
    assertGone(inside[0]);
  }

  @Test
  @DisplayName("a scope ends on its thread, after those opened later; ending it twice does no harm")
  void order() throws InterruptedException {
    TensorScope outer = TensorScope.open();
    Tensor x = Tensor.ones(3);
    TensorScope inner = TensorScope.open();
    assertThrows(InvalidArgumentException.class, outer::close);
    Throwable[] elsewhere = new Throwable[1];
    Thread other =
        new Thread(() -> elsewhere[0] = assertThrows(InvalidArgumentException.class, inner::close));
    other.start();
    other.join();
    assertNotNull(elsewhere[0]);
    inner.close();
    inner.close();
    assertEquals(1, last(x));
    outer.close();
    outer.close();
    assertGone(x);
  }

  @Test
  @DisplayName("tensors of other threads, and of stretches outside of all scopes, stay")
  void notMine() throws InterruptedException {
    Tensor[] made = new Tensor[2];
    try (TensorScope _ = TensorScope.open()) {
      Thread other = new Thread(() -> made[0] = Tensor.ones(3));
      other.start();
      other.join();
      try (TensorScope _ = TensorScope.none()) {
        made[1] = Tensor.ones(3);
      }
    }
    assertEquals(1, last(made[0]));
    assertEquals(1, last(made[1]));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("training in scopes, the model made in one too, gives the same bits")
  void training(boolean fused) {
    try (Fusion.Scope _ = Fusion.enabled(fused)) {
      assertArrayEquals(trained(false), trained(true));
    }
  }

  private static float[] trained(boolean scoped) {
    Tensor.manualSeed(7);
    Tensor x = Tensor.randn(128, 90);
    Tensor y = Tensor.randn(128, 1);
    List<Linear> layers = new ArrayList<>();
    scoped(
        scoped,
        () -> {
          layers.add(new Linear(90, 70));
          layers.add(new Linear(70, 1));
        });
    List<Parameter> parameters = new ArrayList<>();
    layers.forEach(l -> parameters.addAll(l.parameters()));
    Adam adam = new Adam(parameters, 1e-2);
    for (int i = 0; i < 6; i++) {
      scoped(
          scoped,
          () -> {
            adam.zeroGrad();
            Tensor hidden = layers.get(0).forward(x).relu();
            layers.get(1).forward(hidden).sub(y).square().mean().backward();
            adam.step();
          });
    }
    Tensor weight = layers.get(0).parameters().iterator().next();
    Tensor grad = weight.grad();
    assertNotNull(grad);
    return Tensor.cat(List.of(weight.detach(), grad)).floatArray();
  }

  private static void scoped(boolean flag, Runnable body) {
    if (flag) {
      TensorScope.run(body);
    } else {
      body.run();
    }
  }
}
