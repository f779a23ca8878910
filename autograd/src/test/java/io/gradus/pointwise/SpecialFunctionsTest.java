package io.gradus.pointwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.GradCheck;
import io.gradus.MantissaExponent;
import io.gradus.Masked;
import io.gradus.Options;
import io.gradus.Special;
import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.TensorException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpecialFunctionsTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static Tensor leaf(long seed, long... shape) {
    Options options = Options.generator(new Generator(seed)).withDtype(DType.F64);
    return Tensor.rand(options, shape).mul(0.8).add(0.1).requiresGrad_();
  }

  private static void checkGradients(UnaryOperator<Tensor> f, Tensor x) {
    assertTrue(GradCheck.gradcheck((Tensor t) -> f.apply(t), x));
    assertTrue(GradCheck.gradgradcheck((Tensor t) -> f.apply(t), x));
  }

  @Test
  @DisplayName("S10.9 erfcx, logNdtr and ndtri pass gradcheck and gradgradcheck")
  void tailsHaveGradients() {
    for (Tensor x : List.of(leaf(1, 2, 3), leaf(2, 3, 2).detach().t().requiresGrad_(), leaf(3))) {
      checkGradients(t -> Special.erfcx(t.sub(0.5).mul(4)), x);
      checkGradients(t -> Special.logNdtr(t.sub(0.5).mul(6)), x);
      checkGradients(Special::ndtri, x);
      checkGradients(Special::ndtr, x);
    }
  }

  @Test
  @DisplayName("S10.9 zeta and the incomplete gamma functions pass both in their second operand")
  void secondOperandsHaveGradients() {
    Tensor first = Tensor.tensor(new double[] {1.5, 3, 7}).view(3, 1);
    checkGradients(q -> Special.zeta(first, q.add(0.5)), leaf(4, 2));
    checkGradients(x -> Special.gammainc(first, x.mul(4)), leaf(5, 2));
    checkGradients(x -> Special.gammaincc(first, x.mul(4)), leaf(6, 3, 2));
  }

  @Test
  @DisplayName("S10.12 a gradient has the dtype and the shape of a promoted, broadcast operand")
  void gradientsFitTheirOperands() {
    Tensor a = Tensor.tensor(new double[] {1, 2, 3}).view(3, 1);
    Tensor x = Tensor.tensor(new float[] {0.5f, 1.5f}).requiresGrad_();
    Tensor r = a.igamma(x);
    assertEquals(DType.F64, r.dtype());
    r.sum().backward();
    Tensor g = x.grad();
    assertNotNull(g);
    assertEquals(DType.F32, g.dtype());
    assertEquals(x.shape(), g.shape());
    // exp(-x) (1 + x + x² / 2)
    assertArrayEquals(new double[] {0.985612322, 0.808846829}, g.to(DType.F64).doubleArray(), 1e-6);
  }

  @Test
  @DisplayName("S10.1 functions without a derivative give results that do not require grad")
  void constantsOfAutograd() {
    Tensor x = leaf(7, 3);
    List<UnaryOperator<Tensor>> all =
        List.of(
            Special::besselJ0,
            Special::besselJ1,
            Special::besselY0,
            Special::besselY1,
            Special::sphericalBesselJ0,
            Special::modifiedBesselI0,
            Special::modifiedBesselI1,
            Special::modifiedBesselK0,
            Special::modifiedBesselK1,
            Special::scaledModifiedBesselK0,
            Special::scaledModifiedBesselK1,
            Special::airyAi);
    for (UnaryOperator<Tensor> f : all) {
      assertFalse(f.apply(x).requiresGrad());
    }
  }

  @Test
  @DisplayName("S13 what has no derivative in PyTorch either says so in backward")
  void firstOperandsHaveNoGradient() {
    Tensor a = leaf(8, 2);
    for (Tensor r :
        List.of(a.igamma(a.detach()), a.igammac(a.detach()), Special.zeta(a.add(2), 1.5))) {
      AutogradException e = assertThrows(AutogradException.class, () -> r.sum().backward());
      assertTrue(e.getMessage().contains("is not implemented"), e.getMessage());
    }
  }

  @Test
  @DisplayName("S6.2 special functions make whole numbers floating, and have no halves")
  void dtypes() {
    Tensor whole = Tensor.tensor(new int[] {1, 2});
    assertEquals(DType.F32, Special.besselJ0(whole).dtype());
    assertEquals(DType.F32, Special.zeta(whole, 2).dtype());
    assertEquals(DType.F32, Special.zeta(3, whole).dtype());
    assertEquals(DType.F32, whole.angle().dtype());
    Tensor half = Tensor.ones(2).to(DType.F16);
    DTypeException e = assertThrows(DTypeException.class, () -> Special.airyAi(half));
    assertTrue(e.getMessage().contains("not implemented for 'Half'"), e.getMessage());
    assertThrows(DTypeException.class, () -> Special.hermitePolynomialH(half, half));
    assertThrows(DTypeException.class, () -> whole.igamma(whole));
    assertEquals(DType.F16, half.igamma(half).dtype());
  }

  @Test
  @DisplayName("S6.2 the degree of a polynomial promotes as any operand does")
  void polynomialDtypes() {
    Tensor x = Tensor.tensor(new float[] {0.5f, -2});
    assertEquals(DType.F32, Special.legendrePolynomialP(x, Tensor.scalar(3).to(DType.F64)).dtype());
    Tensor degrees = Tensor.tensor(new double[] {3, 3});
    assertEquals(DType.F64, Special.legendrePolynomialP(x, degrees).dtype());
    // 63 x^5 - 70 x^3 + 15 x, divided by 8
    assertArrayEquals(
        new double[] {0.08984375, -185.75},
        Special.legendrePolynomialP(x, Tensor.scalar(5)).doubleArray(),
        1e-5);
  }

  @Test
  @DisplayName("S6.4 igamma_ and igammac_ write in place")
  void inPlace() {
    Tensor a = Tensor.tensor(new double[] {1, 1});
    Tensor x = Tensor.tensor(new double[] {1, 2});
    assertSame(a, a.igammac_(x));
    assertArrayEquals(new double[] {Math.exp(-1), Math.exp(-2)}, a.doubleArray(), 1e-15);
    Tensor b = Tensor.tensor(new double[] {1, 1}).igamma_(x);
    assertArrayEquals(new double[] {-Math.expm1(-1), -Math.expm1(-2)}, b.doubleArray(), 1e-15);
    Tensor small = Tensor.ones(1);
    assertThrows(TensorException.class, () -> small.igamma_(Tensor.ones(3)));
    assertArrayEquals(new double[] {1}, small.doubleArray());
  }

  @Test
  @DisplayName("S6.3 frexp splits every number exactly")
  void frexp() {
    double[] numbers = {
      1, -3.5, 0.1, 1e300, Double.MAX_VALUE, Double.MIN_VALUE, -Double.MIN_NORMAL, 0, -0.0, INF
    };
    MantissaExponent parts = Tensor.tensor(numbers).frexp();
    assertEquals(DType.I32, parts.exponent().dtype());
    double[] m = parts.mantissa().doubleArray();
    long[] e = parts.exponent().longArray();
    for (int i = 0; i < numbers.length; i++) {
      assertEquals(numbers[i], Math.scalb(m[i], (int) e[i]));
      assertTrue(i > 6 ? e[i] == 0 : Math.abs(m[i]) >= 0.5 && Math.abs(m[i]) < 1);
    }
    assertTrue(Double.isNaN(Tensor.scalar(Double.NaN).frexp().mantissa().item().doubleValue()));
    MantissaExponent half = Tensor.tensor(new double[] {6e-8, 3}).to(DType.F16).frexp();
    assertEquals(DType.F16, half.mantissa().dtype());
    assertArrayEquals(new long[] {-23, 2}, half.exponent().longArray());
    assertThrows(DTypeException.class, () -> Tensor.arange(3).frexp());
  }

  @Test
  @DisplayName("S10.9 the mantissa has a gradient, the exponent has none")
  void frexpGradient() {
    Tensor x = Tensor.tensor(new double[] {3, -0.3, 0}).requiresGrad_();
    MantissaExponent parts = x.frexp();
    assertFalse(parts.exponent().requiresGrad());
    parts.mantissa().sum().backward();
    Tensor g = x.grad();
    assertNotNull(g);
    assertArrayEquals(new double[] {0.25, 2, 1}, g.doubleArray());
    checkGradients(t -> t.frexp().mantissa(), leaf(9, 2, 3));
  }

  @Test
  @DisplayName("S6.3 the angle of real numbers is 0 or pi; its gradient is 0")
  void angle() {
    Tensor x = Tensor.tensor(new double[] {-2, -0.0, 0, 3, -INF, Double.NaN}).requiresGrad_();
    Tensor r = x.angle();
    assertArrayEquals(new double[] {Math.PI, 0, 0, 0, Math.PI, Double.NaN}, r.doubleArray());
    r.sum().backward();
    Tensor g = x.grad();
    assertNotNull(g);
    assertArrayEquals(new double[6], g.doubleArray());
  }

  @Test
  @DisplayName("S6.3 logaddexp of equal infinities is that infinity")
  void logaddexpOfInfinities() {
    Tensor a = Tensor.tensor(new double[] {-INF, -INF, INF, INF, Double.NaN});
    Tensor b = Tensor.tensor(new double[] {-INF, 2, INF, -INF, INF});
    double[] expected = {-INF, 2, INF, INF, Double.NaN};
    assertArrayEquals(expected, a.logaddexp(b).doubleArray());
    assertArrayEquals(expected, a.logaddexp2(b).doubleArray());
    assertThrows(DTypeException.class, () -> Tensor.arange(3).logaddexp(Tensor.arange(3)));
  }

  @Test
  @DisplayName("S7 masked sums of exponentials take what is masked as the least number")
  void maskedSums() {
    Tensor x = Tensor.tensor(new double[] {1, 2});
    Tensor none = Tensor.tensor(new boolean[] {false, false});
    assertArrayEquals(new double[] {-INF, -INF}, Masked.logaddexp(x, x, none, none).doubleArray());
    Tensor bytes = Tensor.tensor(new int[] {5, 3}).to(DType.U8);
    // Two zeros: log 2, rounded down.
    Tensor sum = Masked.logsumexp(bytes, none, new int[] {0}, false);
    assertEquals(DType.U8, sum.dtype());
    assertEquals(0L, sum.item().longValue());
  }

  @Test
  @DisplayName("S6.3 derivatives of digamma at infinity are PyTorch's")
  void polygammaAtInfinity() {
    Tensor x = Tensor.tensor(new double[] {INF, -INF, -3, 4});
    assertArrayEquals(
        new double[] {Double.NaN, -INF, -INF, -0.0800397322451146},
        x.polygamma(2).doubleArray(),
        1e-15);
    assertArrayEquals(
        new double[] {Double.NaN, INF, INF, 0.0448653281927551},
        x.polygamma(3).doubleArray(),
        1e-15);
  }

  @Test
  @DisplayName("S6.3 functions by another name are the same")
  void names() {
    Tensor x = Tensor.tensor(new double[] {0.5, 3});
    assertTrue(Special.psi(x).equal(x.digamma()));
    assertTrue(Special.gammaln(x).equal(x.lgamma()));
    assertTrue(Special.expit(x).equal(x.sigmoid()));
    assertTrue(Special.multigammaln(x.add(1), 2).equal(x.add(1).mvlgamma(2)));
  }
}
