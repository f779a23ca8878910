package io.gradus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.TensorException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AutogradTest {
  private static Tensor leaf(double... values) {
    return Tensor.tensor(values).requiresGrad_();
  }

  private static void grad(Tensor t, double... expected) {
    Tensor g = t.grad();
    assertTrue(g != null, "no gradient");
    assertArrayEquals(expected, g.doubleArray(), 1e-6);
  }

  private static AutogradException fails(Runnable body) {
    return assertThrows(AutogradException.class, body::run);
  }

  @Test
  @DisplayName("S10.1 gradients accumulate over backward calls and can be zeroed in place")
  void accumulates() {
    Tensor x = Tensor.ones(2, 2).requiresGrad_();
    Tensor out = x.add(2).mul(x.add(2)).mul(3).mean();
    assertTrue(out.requiresGrad());
    assertEquals(27, out.item().doubleValue(), 1e-5);
    out.backward();
    grad(x, 4.5, 4.5, 4.5, 4.5);
    x.sum().backward();
    grad(x, 5.5, 5.5, 5.5, 5.5);
    x.grad().zero_();
    x.sum().backward();
    grad(x, 1, 1, 1, 1);
  }

  @Test
  @DisplayName("S10.2 backward of several elements needs a gradient: the vector-Jacobian product")
  void vectorJacobian() {
    Tensor a = leaf(1, 2, 3);
    Tensor b = a.pow(2);
    assertTrue(
        fails(b::backward)
            .getMessage()
            .contains("grad can be implicitly created only for scalar outputs"));
    b.backward(Tensor.tensor(.1, .2, .3));
    grad(a, .2, .8, 1.8);
    Tensor x = leaf(1, 2, 3, 4);
    Tensor z = x.mul(2).view(2, 2);
    z.backward(Tensor.tensor(1, .1, .01, .001).view(2, 2));
    grad(x, 2, .2, .02, .002);
    Tensor y = Tensor.ones(2, 2).requiresGrad_();
    y.add(2).mul(y.add(2)).mul(3).mean().backward(Tensor.tensor(2f).view());
    grad(y, 9, 9, 9, 9);
  }

  @Test
  @DisplayName("S10.3 a second backward is an error unless the graph is retained")
  void freesTheGraph() {
    Tensor x = leaf(1);
    Tensor y = x.mul(x).sum();
    y.backward();
    assertTrue(
        fails(y::backward).getMessage().contains("backward through the graph a second time"));
    Tensor u = leaf(1);
    Tensor v = u.mul(u).sum();
    for (int i = 1; i <= 3; i++) {
      v.backward(true);
      grad(u, 2 * i);
    }
  }

  @Test
  @DisplayName("S10.4 gradients can be differentiated again, to third order")
  void higherOrders() {
    Tensor x = leaf(2);
    Tensor first = Autograd.gradWithGraph(x.pow(4).sum(), x);
    Tensor second = Autograd.gradWithGraph(first.sum(), x);
    Tensor third = Autograd.grad(second.sum(), x);
    assertEquals(32, first.item().doubleValue(), 1e-9);
    assertEquals(48, second.item().doubleValue(), 1e-9);
    assertEquals(48, third.item().doubleValue(), 1e-9);
    assertFalse(third.requiresGrad());
    assertNull(x.grad());
  }

  @Test
  @DisplayName("S10.4 an unused input is an error, null, or zeros, as asked for")
  void unusedInputs() {
    Tensor x = leaf(1, 2);
    Tensor unused = leaf(3);
    assertTrue(
        fails(() -> Autograd.grad(List.of(x.sum()), List.of(x, unused)))
            .getMessage()
            .contains("to not have been used in the graph"));
    GradOptions options = GradOptions.DEFAULT;
    assertNull(
        Autograd.grad(List.of(x.sum()), List.of(x, unused), options.allowUnused(true)).get(1));
    assertArrayEquals(
        new double[] {0},
        Autograd.grad(List.of(x.sum()), List.of(x, unused), options.materializeGrads(true))
            .get(1)
            .doubleArray());
    Tensor y = leaf(5);
    x.mul(y).sum().backward(null, null, false, List.of(x));
    grad(x, 5, 5);
    assertNull(y.grad());
  }

  @Test
  @DisplayName("S10.5 noGrad, enableGrad, inferenceMode, detach and detach_ cut history")
  void modes() {
    Tensor x = Tensor.tensor(1d).view().requiresGrad_();
    Tensor y1 = x.pow(2);
    Tensor y2 = Autograd.noGrad(() -> x.pow(3));
    assertFalse(y2.requiresGrad());
    y1.add(y2).backward();
    grad(x, 2);
    assertTrue(Autograd.noGrad(() -> Autograd.enableGrad(() -> x.mul(2))).requiresGrad());
    Tensor frozen = Autograd.inferenceMode(() -> x.mul(2));
    assertFalse(frozen.requiresGrad());
    fails(() -> frozen.add_(1));
    fails(() -> frozen.mul(x));
    assertTrue(x.detach().isLeaf() && x.detach().sameStorage(x));
    Tensor z = x.mul(2);
    assertTrue(z.detach_().isLeaf());
    assertFalse(z.requiresGrad());
    fails(() -> x.mul(2).view(1).detach_());
    fails(() -> x.mul(2).requiresGrad_(false));
    assertFalse(x.requiresGrad_(false).requiresGrad());
  }

  @Test
  @DisplayName("S10.6 writing what backward needs is noticed, also through detach and views")
  void versions() {
    for (int way = 0; way < 3; way++) {
      Tensor x = leaf(1, 2);
      Tensor y = x.exp();
      Tensor loss = y.sum();
      Tensor target = way == 0 ? y : way == 1 ? y.detach() : y.narrow(0, 0, 1);
      target.add_(1);
      String message = fails((way == 0 ? y.sum() : loss)::backward).getMessage();
      assertTrue(message.contains("has been modified by an inplace operation"), message);
      assertTrue(message.contains("ExpBackward0"), message);
      assertTrue(message.contains("is at version 1; expected version 0"), message);
      assertNull(x.grad());
    }
    Tensor x = leaf(1, 2);
    Tensor y = x.exp();
    y.data().zero_();
    y.sum().backward();
    grad(x, 0, 0);
    fails(() -> x.add_(1));
    fails(() -> x.narrow(0, 0, 1).add_(1));
    Autograd.noGrad(() -> x.add_(1));
    assertArrayEquals(new double[] {2, 3}, x.doubleArray());
  }

  @Test
  @DisplayName("S10.6 an in-place write to a view of a non-leaf becomes part of the base's history")
  void rebasesHistory() {
    Tensor x = leaf(1, 2, 3);
    Tensor base = x.mul(1);
    Tensor view = base.narrow(0, 0, 2);
    Tensor w = leaf(10, 20);
    view.mul_(w);
    assertEquals("CopySlices", base.gradFn().name());
    assertEquals("AsStridedBackward0", view.gradFn().name());
    base.sum().backward();
    grad(x, 10, 20, 1);
    grad(w, 1, 2);
  }

  @Test
  @DisplayName("S10.7 a tensor that is no leaf keeps its gradient only if asked to")
  void retainGrad() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(3);
    Tensor z = x.mul(3);
    y.retainGrad();
    y.mul(y).sum().add(z.sum()).backward();
    grad(y, 6, 12);
    assertNull(z.grad());
  }

  @Test
  @DisplayName("S10.7 hooks of tensors, nodes and leaves run in order and can be removed")
  void hooks() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(3);
    List<String> calls = new ArrayList<>();
    var doubling =
        y.registerHook(
            g -> {
              calls.add("tensor");
              return g.mul(2);
            });
    y.gradFn()
        .registerPreHook(
            g -> {
              calls.add("pre");
              return null;
            });
    y.gradFn().registerHook((in, out) -> calls.add("post"));
    x.registerPostAccumulateGradHook(leaf -> calls.add("leaf"));
    y.sum().backward(true);
    assertEquals(List.of("tensor", "pre", "post", "leaf"), calls);
    grad(x, 6, 6);
    doubling.remove();
    doubling.remove();
    x.setGrad(null);
    y.sum().backward();
    grad(x, 3, 3);
    fails(() -> Tensor.ones(1).registerHook(g -> g));
  }

  @Test
  @DisplayName("S10.10 anomaly mode names the forward operation and the line that called it")
  void anomaly() {
    AutogradException e =
        fails(
            () ->
                Autograd.anomalyMode(
                    () -> {
                      Tensor x = leaf(0);
                      x.mul(0).sqrt().mul(0).sum().backward();
                    }));
    assertTrue(e.getMessage().contains("Function 'SqrtBackward0' returned nan"), e.getMessage());
    assertTrue(e.getMessage().contains("AutogradTest.java:"), e.getMessage());
  }

  @Test
  @DisplayName("S10.10 checkpoint computes again in backward and gives the same gradients")
  void checkpoint() {
    Tensor x = leaf(0.5, 1.5);
    Tensor w = leaf(2, 3);
    int[] runs = {0};
    Tensor y =
        Autograd.checkpoint(
            () -> {
              runs[0]++;
              return x.mul(w).exp().mul(w).sum();
            });
    assertEquals(1, runs[0]);
    List<Tensor> second = Autograd.grad(List.of(y), List.of(x, w));
    assertEquals(2, runs[0]);
    List<Tensor> plain = Autograd.grad(List.of(x.mul(w).exp().mul(w).sum()), List.of(x, w));
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(plain.get(i).doubleArray(), second.get(i).doubleArray());
    }
  }

  @Test
  @DisplayName("S10.10 jacobian, hessian, vjp, jvp and hvp")
  void functional() {
    Tensor x = Tensor.tensor(1d, 2);
    Tensor j = AutogradFunctional.jacobian(t -> t.mul(t), x);
    assertArrayEquals(new double[] {2, 0, 0, 4}, j.doubleArray());
    Tensor h = AutogradFunctional.hessian(t -> t.pow(3).sum(), x);
    assertArrayEquals(new double[] {6, 0, 0, 12}, h.doubleArray(), 1e-12);
    Tensor v = Tensor.tensor(1d, 10);
    assertArrayEquals(
        new double[] {2, 40},
        AutogradFunctional.vjp(t -> t.mul(t), x, v).product().get(0).doubleArray());
    assertArrayEquals(
        new double[] {2, 40},
        AutogradFunctional.jvp(t -> t.mul(t), x, v).product().get(0).doubleArray());
    assertArrayEquals(
        new double[] {6, 120},
        AutogradFunctional.hvp(t -> t.pow(3).sum(), x, v).product().get(0).doubleArray(),
        1e-12);
  }

  @Test
  @DisplayName("S10.11 a chain of 1,000,000 nodes needs no deep stack")
  void longChain() {
    Tensor x = leaf(1);
    Tensor y = x;
    for (int i = 0; i < 1_000_000; i++) {
      y = y.neg();
    }
    y.sum().backward();
    grad(x, 1);
  }

  @Test
  @DisplayName(
      "S10.11 graphs in several threads accumulate into a shared leaf; modes are per thread")
  void threads() throws InterruptedException {
    Tensor x = leaf(0, 0);
    List<Throwable> failed = new ArrayList<>();
    List<Thread> all = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      int factor = k + 1;
      all.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((t, e) -> failed.add(e))
              .start(
                  () -> {
                    for (int i = 0; i < 200; i++) {
                      x.mul(factor).exp().sum().backward();
                    }
                  }));
    }
    boolean[] enabled = {false};
    Autograd.noGrad(
        () -> {
          Thread t = Thread.ofPlatform().start(() -> enabled[0] = Autograd.isGradEnabled());
          try {
            t.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    for (Thread t : all) {
      t.join();
    }
    assertEquals(List.of(), failed);
    assertTrue(enabled[0]);
    grad(x, 2000, 2000);
  }

  @Test
  @DisplayName("S10.12 gradients keep the dtype and shape of their tensor; broadcasts are summed")
  void keepsForm() {
    Tensor a = Tensor.ones(3, 1).requiresGrad_();
    Tensor b = Tensor.tensor(1d, 2).requiresGrad_();
    Tensor c = a.mul(b);
    assertEquals(DType.F64, c.dtype());
    c.sum().backward();
    assertEquals(DType.F32, a.grad().dtype());
    assertEquals(a.shape(), a.grad().shape());
    grad(a, 3, 3, 3);
    grad(b, 3, 3);
    assertFalse(a.add(1).grad() != null);
    assertThrows(TensorException.class, () -> Tensor.tensor(1L).requiresGrad_());
  }
}
