package io.gradus.pointwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.Autograd;
import io.gradus.GradOptions;
import io.gradus.RoundingMode;
import io.gradus.Tensor;
import io.gradus.nn.ElementLosses;
import io.gradus.nn.MarginLosses;
import io.gradus.nn.Reduction;
import io.gradus.tensor.dtype.DType;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Gradients where an operation has ties, kinks or poles; all numbers are PyTorch's. */
class EdgeGradientsTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private static Tensor leaf(double... values) {
    return Tensor.tensor(values).to(DType.F64).requiresGrad_();
  }

  /** With history of its own. */
  private static Tensor recorded(Tensor output, Tensor input) {
    GradOptions options = GradOptions.DEFAULT.createGraph(true);
    return Objects.requireNonNull(Autograd.grad(List.of(output), List.of(input), options).get(0));
  }

  private static double[] gradient(UnaryOperator<Tensor> f, double... at) {
    Tensor x = leaf(at);
    return Autograd.grad(f.apply(x).sum(), x).doubleArray();
  }

  private static double[] second(UnaryOperator<Tensor> f, double... at) {
    Tensor x = leaf(at);
    Tensor first = recorded(f.apply(x).sum(), x);
    return Autograd.grad(first.sum(), x).doubleArray();
  }

  @Test
  void hypotOfEquals() {
    Tensor three = leaf(4, 0, 0).detach();
    // b² / r³
    assertArrayEquals(
        new double[] {16 / Math.pow(32, 1.5)}, second(x -> x.hypot(leaf(4).detach()), 4), 1e-15);
    assertArrayEquals(new double[] {0.25}, second(x -> x.hypot(leaf(4).detach()), 0), 1e-15);
    assertArrayEquals(
        new double[] {Math.sqrt(0.5), NAN, 1}, gradient(x -> x.hypot(three), 4, 0, 3), 1e-15);
  }

  @Test
  void softplusAndItsKinAtZero() {
    assertArrayEquals(new double[] {0.5}, gradient(x -> x.softplus(1, 20), 0), 1e-15);
    assertArrayEquals(new double[] {0.25}, second(x -> x.softplus(1, 20), 0), 1e-15);
    assertArrayEquals(new double[] {-0.25}, second(Tensor::logsigmoid, 0), 1e-15);
  }

  @Test
  void quotientsRoundedDownHaveNoSlope() {
    assertArrayEquals(
        new double[] {0, 0}, gradient(x -> x.div(leaf(0, 2).detach(), RoundingMode.FLOOR), 3, 3));
  }

  @Test
  void logitOutsideOfItsDomain() {
    assertArrayEquals(
        new double[] {NAN, INF, 4, INF, NAN}, gradient(Tensor::logit, -0.1, 0, 0.5, 1, 1.1), 1e-15);
  }

  @Test
  void copysignAndAtan2AtZeroForTheSecondTime() {
    Tensor x = leaf(0);
    Tensor g = leaf(1);
    Tensor y = x.copysign(leaf(2).detach()).mul(g);
    Tensor dx = recorded(y.sum(), x);
    assertEquals(0, Autograd.grad(dx.sum(), g).item().doubleValue());
    Tensor angle = x.atan2(leaf(0).detach()).mul(g);
    dx = recorded(angle.sum(), x);
    assertEquals(0, Autograd.grad(dx.sum(), g).item().doubleValue());
  }

  @Test
  void nextafterOfEqualsIsConstant() {
    assertArrayEquals(new double[] {0, 1}, gradient(x -> x.nextafter(leaf(2, 3).detach()), 2, 2));
  }

  @Test
  void marginsThatAreMetExactly() {
    Tensor input = leaf(2, 1, 0).reshape(1, 3);
    Tensor loss = MarginLosses.multiMarginLoss(input, labels(0), 1, 1, null, Reduction.SUM);
    assertArrayEquals(new double[3], Autograd.grad(loss, input).doubleArray());
    Tensor labels = labels(0, -1, -1).reshape(1, 3);
    Tensor met = leaf(1, 0, 0).reshape(1, 3);
    loss = MarginLosses.multilabelMarginLoss(met, labels, Reduction.SUM);
    assertEquals(0, loss.item().doubleValue());
    assertArrayEquals(new double[3], Autograd.grad(loss, met).doubleArray());
  }

  @Test
  void certainProbabilitiesThatAreWrong() {
    Tensor wanted = leaf(0, 1, 0).detach();
    double[] got =
        gradient(p -> ElementLosses.binaryCrossEntropy(p, wanted, null, Reduction.SUM), 0, 0.25, 1);
    assertArrayEquals(new double[] {0, -4, 1 / (double) 1e-12f}, got, 1);
  }

  @Test
  void trigammaIsReflectedWithoutReducingTheSine() {
    double[] f32 = Tensor.tensor(-7.950586795806885f, -8f).polygamma(1).doubleArray();
    assertEquals(412.75259, f32[0], 1e-3);
    assertEquals(2.0178e13, f32[1], 1e9);
    assertEquals(INF, leaf(0).polygamma(1).item().doubleValue());
    assertArrayEquals(new double[] {-INF}, gradient(x -> x.polygamma(1), 0));
    assertEquals(6.58e32, leaf(-1).polygamma(1).item().doubleValue(), 1e30);
  }

  private static Tensor labels(long... classes) {
    return Tensor.tensor(classes);
  }
}
