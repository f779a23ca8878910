package io.gradus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GradCheckTest {
  private static Tensor leaf(double... values) {
    return Tensor.tensor(values).requiresGrad_();
  }

  @Test
  @DisplayName("S10.9 gradcheck and gradgradcheck accept right derivatives of several tensors")
  void acceptsRightDerivatives() {
    Tensor x = leaf(0.5, -1.25, 2);
    Tensor y = leaf(1.5);
    GradCheck.Checked f =
        in -> List.of(in.get(0).mul(in.get(1)).tanh(), in.get(0).exp().sum().mul(in.get(1)));
    assertTrue(GradCheck.gradcheck(f, x, y));
    assertTrue(GradCheck.gradgradcheck(f, x, y));
    assertArrayEquals(new double[] {0.5, -1.25, 2}, x.doubleArray());
    assertTrue(x.isLeaf() && x.grad() == null);
  }

  @Test
  @DisplayName("S10.9 gradcheck names the first derivative that is wrong, with both values")
  void namesTheMismatch() {
    Tensor x = leaf(2, 3);
    AutogradException e =
        assertThrows(
            AutogradException.class, () -> GradCheck.gradcheck((Tensor t) -> t.detach().mul(t), x));
    assertTrue(e.getMessage().contains("Jacobian mismatch for output 0 with respect to input 0"));
    assertTrue(e.getMessage().contains("d output[0] / d input[0]"), e.getMessage());
    assertTrue(e.getMessage().contains("analytically 2.0"), e.getMessage());
  }

  @Test
  @DisplayName("S10.9 gradgradcheck finds a first derivative whose own derivative is missing")
  void findsWrongSecondDerivatives() {
    Tensor x = leaf(0.5, 2);
    // The third power of x as if its slope were constant.
    Function.OfOne frozen =
        new Function.OfOne() {
          @Override
          protected Tensor forward(FunctionContext context, Tensor t) {
            context.saveForBackward(t);
            return t.mul(t).mul(t);
          }

          @Override
          protected Tensor backward(FunctionContext context, Tensor gradient) {
            Tensor t = context.saved(0).detach();
            return gradient.mul(t.mul(t).mul(3));
          }
        };
    assertTrue(GradCheck.gradcheck((Tensor t) -> frozen.apply(t), x));
    assertThrows(
        AutogradException.class, () -> GradCheck.gradgradcheck((Tensor t) -> frozen.apply(t), x));
  }

  @Test
  @DisplayName("S10.9 gradcheck perturbs a tensor in its own layout")
  void worksOnTransposedInputs() {
    Tensor x = Tensor.tensor(1d, 2, 3, 4, 5, 6).view(2, 3).t().detach().requiresGrad_();
    assertTrue(GradCheck.gradcheck((Tensor t) -> t.mul(t).sum(new int[] {1}, false), x));
    assertTrue(GradCheck.gradgradcheck((Tensor t) -> t.mul(t).sum(new int[] {1}, false), x));
  }

  @Test
  @DisplayName("S10.9 gradcheck takes 0-dim and empty inputs")
  void worksOnScalarsAndEmpty() {
    assertTrue(
        GradCheck.gradcheck((Tensor t) -> t.exp(), leaf(0.3).view().detach().requiresGrad_()));
    assertTrue(GradCheck.gradcheck((Tensor t) -> t.exp().sum(), leaf()));
  }

  @Test
  @DisplayName("S10.9 gradcheck refuses inputs that it cannot check, saying why")
  void refusesUnfitInputs() {
    Tensor f32 = Tensor.ones(2).requiresGrad_();
    assertTrue(message(f32).contains("must be f64 leaves: f32 [2]"), message(f32));
    Tensor constant = Tensor.tensor(1d, 2);
    assertTrue(message(constant).contains("at least one input tensor to require gradient"));
    Tensor expanded = Tensor.tensor(new double[] {1}).expand(3).detach().requiresGrad_();
    assertTrue(message(expanded).contains("stride 0"));
  }

  private static String message(Tensor input) {
    return assertThrows(
            InvalidArgumentException.class, () -> GradCheck.gradcheck((Tensor t) -> t.exp(), input))
        .getMessage();
  }
}
