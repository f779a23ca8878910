package io.gradus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.error.AutogradException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FunctionTest {
  private static final class Exp extends Function.OfOne {
    @Override
    protected Tensor forward(FunctionContext context, Tensor x) {
      Tensor result = x.exp();
      context.saveForBackward(result);
      return result;
    }

    @Override
    protected Tensor backward(FunctionContext context, Tensor gradient) {
      return gradient.mul(context.saved(0));
    }
  }

  /** The product, and the sign of it, which takes no gradient. */
  private static final class Multiply extends Function {
    boolean secondWanted;
    boolean once;

    @Override
    protected List<Tensor> forward(FunctionContext context, List<Tensor> in) {
      context.saveForBackward(in.get(0), in.get(1));
      Tensor product = in.get(0).mul(in.get(1));
      Tensor sign = product.sign();
      context.markNonDifferentiable(sign);
      if (once) {
        context.onceDifferentiable();
      }
      return List.of(product, sign);
    }

    @Override
    protected List<@Nullable Tensor> backward(FunctionContext context, List<Tensor> gradients) {
      secondWanted = context.needsInputGrad(1);
      return Arrays.asList(
          gradients.get(0).mul(context.saved(1)),
          secondWanted ? gradients.get(0).mul(context.saved(0)) : null);
    }
  }

  private static final class AddOne extends Function.OfOne {
    @Override
    protected Tensor forward(FunctionContext context, Tensor x) {
      context.markDirty(x);
      return x.add_(1);
    }

    @Override
    protected Tensor backward(FunctionContext context, Tensor gradient) {
      return gradient.mul(7);
    }
  }

  private static Tensor leaf(double... values) {
    return Tensor.tensor(values).requiresGrad_();
  }

  @Test
  @DisplayName("S10.8 a custom function saves tensors, has a name, and differentiates twice")
  void savesAndNames() {
    Tensor x = leaf(0.5, -1);
    Tensor y = new Exp().apply(x);
    assertEquals("ExpBackward", y.gradFn().name());
    assertTrue(GradCheck.gradcheck((Tensor t) -> new Exp().apply(t), x));
    assertTrue(GradCheck.gradgradcheck((Tensor t) -> new Exp().apply(t), x));
    y.sum().backward();
    AutogradException e = assertThrows(AutogradException.class, () -> y.sum().backward());
    assertTrue(e.getMessage().contains("second time"));
  }

  @Test
  @DisplayName("S10.8 needsInputGrad tells constants, markNonDifferentiable makes them")
  void constants() {
    Multiply f = new Multiply();
    Tensor x = leaf(2, 3);
    List<Tensor> out = f.apply(List.of(x, Tensor.tensor(4d, 5)));
    assertTrue(out.get(0).requiresGrad());
    assertFalse(out.get(1).requiresGrad());
    out.get(0).sum().backward();
    assertFalse(f.secondWanted);
    assertArrayEquals(new double[] {4, 5}, x.grad().doubleArray());
  }

  @Test
  @DisplayName("S10.8 onceDifferentiable refuses a second derivative")
  void once() {
    Multiply f = new Multiply();
    f.once = true;
    Tensor x = leaf(2);
    Tensor g = Autograd.gradWithGraph(f.apply(List.of(x, x)).get(0).sum(), x);
    assertEquals(4, g.item().doubleValue());
    AutogradException e = assertThrows(AutogradException.class, () -> g.sum().backward());
    assertTrue(e.getMessage().contains("differentiate twice"), e.getMessage());
  }

  @Test
  @DisplayName("S10.8 markDirty gives the written tensor the function's history")
  void dirty() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(2);
    Tensor z = new AddOne().apply(y);
    assertSame(y, z);
    assertArrayEquals(new double[] {3, 5}, y.doubleArray());
    y.sum().backward();
    assertArrayEquals(new double[] {14, 14}, x.grad().doubleArray());
  }

  @Test
  @DisplayName("S10.8 a wrong number of gradients is an error that names the function")
  void wrongNumber() {
    Function wrong =
        new Function() {
          @Override
          protected List<Tensor> forward(FunctionContext context, List<Tensor> in) {
            return List.of(in.get(0).mul(2));
          }

          @Override
          protected List<@Nullable Tensor> backward(FunctionContext context, List<Tensor> g) {
            return List.of();
          }

          @Override
          public String name() {
            return "Wrong";
          }
        };
    Tensor y = wrong.apply(leaf(1));
    AutogradException e = assertThrows(AutogradException.class, () -> y.sum().backward());
    assertTrue(
        e.getMessage().contains("[Wrong] returned an incorrect number of gradients"),
        e.getMessage());
  }
}
