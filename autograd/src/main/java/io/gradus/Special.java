package io.gradus;

import io.gradus.exec.Reductions;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.layout.Broadcasting;

/**
 * Special functions that are not methods of a tensor (PyTorch's {@code torch.special}).
 *
 * <p>Operands broadcast; whole numbers count as numbers of the default dtype. The polynomials have
 * no gradient: asking for one is an error, as in PyTorch.
 */
public final class Special {
  /** A function of two numbers. */
  @FunctionalInterface
  private interface Polynomial {
    double at(double x, long n);
  }

  private Special() {}

  private static Tensor polynomial(String name, Tensor x, Tensor n, Polynomial p) {
    Tensor in = Reductions.floating(x.detach());
    Tensor degree = Reductions.floating(n.detach());
    long[] shape = Broadcasting.of(name, in.shape(), degree.shape()).toArray();
    double[] values = in.expand(shape).doubleArray();
    double[] degrees = degree.expand(shape).doubleArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = p.at(values[i], OrthogonalPolynomials.degree(degrees[i]));
    }
    Tensor r =
        Tensor.tensor(values)
            .view(shape)
            .to(Promotion.promote(in.dtype(), degree.dtype()))
            .to(x.device());
    return Record.rule(
        name,
        r,
        new Tensor[] {x, n},
        new Tensor[0],
        (g, s, needs) -> {
          throw new AutogradException(
              "[%s] the derivative for '%s' is not implemented; detach() the operands"
                  .formatted(name, name));
        });
  }

  /** Chebyshev polynomials of the first kind of degree n at x. */
  public static Tensor chebyshevPolynomialT(Tensor x, Tensor n) {
    return polynomial("special_chebyshev_polynomial_t", x, n, OrthogonalPolynomials::chebyshevT);
  }

  /** Chebyshev polynomials of the second kind of degree n at x. */
  public static Tensor chebyshevPolynomialU(Tensor x, Tensor n) {
    return polynomial("special_chebyshev_polynomial_u", x, n, OrthogonalPolynomials::chebyshevU);
  }

  /** Chebyshev polynomials of the third kind of degree n at x. */
  public static Tensor chebyshevPolynomialV(Tensor x, Tensor n) {
    return polynomial("special_chebyshev_polynomial_v", x, n, OrthogonalPolynomials::chebyshevV);
  }

  /** Chebyshev polynomials of the fourth kind of degree n at x. */
  public static Tensor chebyshevPolynomialW(Tensor x, Tensor n) {
    return polynomial("special_chebyshev_polynomial_w", x, n, OrthogonalPolynomials::chebyshevW);
  }

  /** Chebyshev polynomials of the first kind for [0, 1] of degree n at x. */
  public static Tensor shiftedChebyshevPolynomialT(Tensor x, Tensor n) {
    return polynomial(
        "special_shifted_chebyshev_polynomial_t",
        x,
        n,
        (a, k) -> OrthogonalPolynomials.chebyshevT(a + a - 1, k));
  }

  /** Chebyshev polynomials of the second kind for [0, 1] of degree n at x. */
  public static Tensor shiftedChebyshevPolynomialU(Tensor x, Tensor n) {
    return polynomial(
        "special_shifted_chebyshev_polynomial_u",
        x,
        n,
        (a, k) -> OrthogonalPolynomials.chebyshevU(a + a - 1, k));
  }

  /** Chebyshev polynomials of the third kind for [0, 1] of degree n at x. */
  public static Tensor shiftedChebyshevPolynomialV(Tensor x, Tensor n) {
    return polynomial(
        "special_shifted_chebyshev_polynomial_v",
        x,
        n,
        (a, k) -> OrthogonalPolynomials.chebyshevV(a + a - 1, k));
  }

  /** Chebyshev polynomials of the fourth kind for [0, 1] of degree n at x. */
  public static Tensor shiftedChebyshevPolynomialW(Tensor x, Tensor n) {
    return polynomial(
        "special_shifted_chebyshev_polynomial_w",
        x,
        n,
        (a, k) -> OrthogonalPolynomials.chebyshevW(a + a - 1, k));
  }

  /** Physicists' Hermite polynomials of degree n at x. */
  public static Tensor hermitePolynomialH(Tensor x, Tensor n) {
    return polynomial("special_hermite_polynomial_h", x, n, OrthogonalPolynomials::hermiteH);
  }

  /** Probabilists' Hermite polynomials of degree n at x. */
  public static Tensor hermitePolynomialHe(Tensor x, Tensor n) {
    return polynomial("special_hermite_polynomial_he", x, n, OrthogonalPolynomials::hermiteHe);
  }

  /** Laguerre polynomials of degree n at x. */
  public static Tensor laguerrePolynomialL(Tensor x, Tensor n) {
    return polynomial("special_laguerre_polynomial_l", x, n, OrthogonalPolynomials::laguerreL);
  }

  /** Legendre polynomials of degree n at x. */
  public static Tensor legendrePolynomialP(Tensor x, Tensor n) {
    return polynomial("special_legendre_polynomial_p", x, n, OrthogonalPolynomials::legendreP);
  }

  /** The share of the standard normal distribution below x. */
  public static Tensor ndtr(Tensor x) {
    return Reductions.floating(x).mul(-Math.sqrt(0.5)).erfc().mul(0.5);
  }
}
