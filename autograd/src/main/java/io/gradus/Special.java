package io.gradus;

import io.gradus.exec.Broadcasts;
import io.gradus.exec.Executor;
import io.gradus.graph.Record;
import io.gradus.op.AiryFunction;
import io.gradus.op.CylinderFunctions;
import io.gradus.op.HurwitzZeta;
import io.gradus.op.IncompleteGamma;
import io.gradus.op.MapOp;
import io.gradus.op.ModifiedBesselFunctions;
import io.gradus.op.NormalFunctions;
import io.gradus.op.TypeNames;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.layout.Broadcasting;

/**
 * Special functions that are not methods of a tensor (PyTorch's {@code torch.special}).
 *
 * <p>Operands broadcast; whole numbers count as numbers of the default dtype. The polynomials have
 * no gradient: asking for one is an error, as in PyTorch.
 */
public final class Special {
  /** A polynomial of a number and a degree. */
  @FunctionalInterface
  private interface Polynomial {
    double at(OrthogonalPolynomials family, double x, long n);
  }

  private Special() {}

  /** The dtype of a function of two operands; the polynomials have no halves, as in PyTorch. */
  private static DType common(String name, Tensor x, Tensor n) {
    DType promoted = Operands.promoted(x, n);
    if (promoted.isFloating() && promoted.isNarrow()) {
      throw new DTypeException(
          "[%s] \"%s\" not implemented for '%s'; convert the operands first"
              .formatted(name, name, TypeNames.of(promoted)));
    }
    return promoted.isFloating() ? promoted : Promotion.defaultDType();
  }

  private static Tensor polynomial(String name, Tensor x, Tensor n, Polynomial p) {
    DType dtype = common(name, x, n);
    Tensor in = x.detach().to(dtype);
    Tensor degree = n.detach().to(dtype);
    long[] shape = Broadcasting.of(name, in.shape(), degree.shape()).toArray();
    double[] values = in.expand(shape).doubleArray();
    double[] degrees = degree.expand(shape).doubleArray();
    OrthogonalPolynomials family =
        new OrthogonalPolynomials(dtype == DType.F64 ? Precision.F64 : Precision.F32);
    for (int i = 0; i < values.length; i++) {
      values[i] = p.at(family, values[i], OrthogonalPolynomials.degree(degrees[i]));
    }
    Tensor r = Tensor.tensor(values).view(shape).to(dtype).to(x.device());
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
        "special_shifted_chebyshev_polynomial_t", x, n, (f, a, k) -> f.chebyshevT(f.shifted(a), k));
  }

  /** Chebyshev polynomials of the second kind for [0, 1] of degree n at x. */
  public static Tensor shiftedChebyshevPolynomialU(Tensor x, Tensor n) {
    return polynomial(
        "special_shifted_chebyshev_polynomial_u", x, n, (f, a, k) -> f.chebyshevU(f.shifted(a), k));
  }

  /** Chebyshev polynomials of the third kind for [0, 1] of degree n at x. */
  public static Tensor shiftedChebyshevPolynomialV(Tensor x, Tensor n) {
    return polynomial(
        "special_shifted_chebyshev_polynomial_v", x, n, (f, a, k) -> f.chebyshevV(f.shifted(a), k));
  }

  /** Chebyshev polynomials of the fourth kind for [0, 1] of degree n at x. */
  public static Tensor shiftedChebyshevPolynomialW(Tensor x, Tensor n) {
    return polynomial(
        "special_shifted_chebyshev_polynomial_w", x, n, (f, a, k) -> f.chebyshevW(f.shifted(a), k));
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

  /**
   * A function without a derivative: as in PyTorch the result does not require grad, whether or not
   * the operands do.
   */
  private static Tensor constant(MapOp op, Tensor x) {
    return Executor.map(op, x.detach());
  }

  /** Bessel function of the first kind, order 0 (DLMF 10.2.2); no f16 or bf16, no gradient. */
  public static Tensor besselJ0(Tensor x) {
    return constant(CylinderFunctions.J0, x);
  }

  /** Bessel function of the first kind, order 1 (DLMF 10.2.2); no f16 or bf16, no gradient. */
  public static Tensor besselJ1(Tensor x) {
    return constant(CylinderFunctions.J1, x);
  }

  /**
   * Bessel function of the second kind, order 0 (DLMF 10.2.3): -inf at 0, NaN for x below 0; no f16
   * or bf16, no gradient.
   */
  public static Tensor besselY0(Tensor x) {
    return constant(CylinderFunctions.Y0, x);
  }

  /**
   * Bessel function of the second kind, order 1 (DLMF 10.2.3): -inf at 0, NaN for x below 0; no f16
   * or bf16, no gradient.
   */
  public static Tensor besselY1(Tensor x) {
    return constant(CylinderFunctions.Y1, x);
  }

  /** {@code sin(x) / x}, 1 at 0 (DLMF 10.49.3); no f16 or bf16, no gradient. */
  public static Tensor sphericalBesselJ0(Tensor x) {
    return constant(CylinderFunctions.SPHERICAL_J0, x);
  }

  /** {@link Tensor#i0} without a gradient (DLMF 10.25.2); no f16 or bf16. */
  public static Tensor modifiedBesselI0(Tensor x) {
    return constant(ModifiedBesselFunctions.I0, x);
  }

  /** {@link Tensor#i1} without a gradient (DLMF 10.25.2); no f16 or bf16. */
  public static Tensor modifiedBesselI1(Tensor x) {
    return constant(ModifiedBesselFunctions.I1, x);
  }

  /**
   * Modified Bessel function of the second kind, order 0 (DLMF 10.25.3): inf at 0, NaN for x below
   * 0; no f16 or bf16, no gradient.
   */
  public static Tensor modifiedBesselK0(Tensor x) {
    return constant(ModifiedBesselFunctions.K0, x);
  }

  /**
   * Modified Bessel function of the second kind, order 1 (DLMF 10.25.3): inf at 0, NaN for x below
   * 0; no f16 or bf16, no gradient.
   */
  public static Tensor modifiedBesselK1(Tensor x) {
    return constant(ModifiedBesselFunctions.K1, x);
  }

  /** exp(x) times {@link #modifiedBesselK0}. */
  public static Tensor scaledModifiedBesselK0(Tensor x) {
    return constant(ModifiedBesselFunctions.SCALED_K0, x);
  }

  /** exp(x) times {@link #modifiedBesselK1}. */
  public static Tensor scaledModifiedBesselK1(Tensor x) {
    return constant(ModifiedBesselFunctions.SCALED_K1, x);
  }

  /** The Airy function Ai (DLMF 9.2); NaN at infinity; no f16 or bf16, no gradient. */
  public static Tensor airyAi(Tensor x) {
    return constant(AiryFunction.AI, x);
  }

  /** {@code exp(x²) erfc(x)}, which does not vanish (DLMF 7.2); no f16 or bf16. */
  public static Tensor erfcx(Tensor x) {
    Tensor r = Executor.map(NormalFunctions.ERFCX, x.detach());
    return Record.rule(
        "SpecialErfcxBackward0",
        r,
        new Tensor[] {x},
        new Tensor[] {x, r},
        (g, s, needs) -> new Tensor[] {g.mul(s[0].mul(2).mul(s[1]).sub(2 / Math.sqrt(Math.PI)))});
  }

  /** The logarithm of {@link #ndtr}, exact far to the left; no f16 or bf16. */
  public static Tensor logNdtr(Tensor x) {
    Tensor r = Executor.map(NormalFunctions.LOG_NDTR, x.detach());
    return Record.rule(
        "SpecialLogNdtrBackward0",
        r,
        new Tensor[] {x},
        new Tensor[] {x},
        (g, s, needs) ->
            new Tensor[] {g.div(erfcx(s[0].mul(-Math.sqrt(0.5)))).mul(Math.sqrt(2 / Math.PI))});
  }

  /**
   * The inverse of {@link #ndtr}: the number below which a share p of the standard normal
   * distribution lies. Infinite at 0 and 1, NaN outside of [0, 1]; no f16 or bf16.
   */
  public static Tensor ndtri(Tensor p) {
    Tensor r = Executor.map(NormalFunctions.NDTRI, p.detach());
    return Record.rule(
        "SpecialNdtriBackward0",
        r,
        new Tensor[] {p},
        new Tensor[] {r},
        (g, s, needs) ->
            new Tensor[] {g.mul(s[0].square().div(2).exp()).mul(Math.sqrt(2 * Math.PI))});
  }

  /**
   * The Hurwitz zeta function, the sum over k from 0 of {@code (q + k)^-s} (DLMF 25.11.1).
   *
   * <p>Infinite for s = 1 and where q is 0 or a negative whole number, NaN for s below 1 and for a
   * negative q unless s is whole. No f16 or bf16. There is a gradient with respect to q only.
   */
  public static Tensor zeta(Tensor s, Tensor q) {
    Tensor r = Executor.map(HurwitzZeta.ZETA, s.detach(), q.detach());
    return Record.rule(
        "SpecialZetaBackward0",
        r,
        new Tensor[] {s, q},
        new Tensor[] {s, q},
        (g, v, needs) -> {
          refuse(needs[0], "special_zeta", "self");
          return new Tensor[] {
            null, Broadcasts.undone(g.mul(v[0].neg()).mul(zeta(v[0].add(1), v[1])), v[1])
          };
        });
  }

  /** {@link #zeta(Tensor, Tensor)} with one q for all. */
  public static Tensor zeta(Tensor s, Number q) {
    return zeta(s, number(q, s));
  }

  /** {@link #zeta(Tensor, Tensor)} with one s for all. */
  public static Tensor zeta(Number s, Tensor q) {
    return zeta(number(s, q), q);
  }

  /** A number of the dtype that functions of {@code beside} have. */
  private static Tensor number(Number value, Tensor beside) {
    DType dtype = beside.dtype().isFloating() ? beside.dtype() : Promotion.defaultDType();
    return Tensor.scalar(value.doubleValue()).to(dtype).to(beside.device());
  }

  /**
   * The regularised lower incomplete gamma function P(a, x) (DLMF 8.2.4), as {@link Tensor#igamma}.
   *
   * <p>Floating dtypes. NaN where an operand is negative; 1 for a = 0, 0 for x = 0. There is a
   * gradient with respect to x only.
   */
  public static Tensor gammainc(Tensor a, Tensor x) {
    return incomplete(IncompleteGamma.LOWER, "IgammaBackward0", 1, a, x);
  }

  /**
   * The regularised upper incomplete gamma function 1 - P(a, x) (DLMF 8.2.4), as {@link
   * Tensor#igammac}; see {@link #gammainc}.
   */
  public static Tensor gammaincc(Tensor a, Tensor x) {
    return incomplete(IncompleteGamma.UPPER, "IgammacBackward0", -1, a, x);
  }

  private static Tensor incomplete(MapOp op, String gradName, int sign, Tensor a, Tensor x) {
    Tensor r = Executor.map(op, a.detach(), x.detach());
    return Record.rule(
        gradName,
        r,
        new Tensor[] {a, x},
        new Tensor[] {a, x},
        (g, s, needs) -> {
          refuse(needs[0], op.name() + ": input", op.name());
          Tensor density = s[0].sub(1).mul(s[1].log()).sub(s[1]).sub(s[0].lgamma()).exp();
          return new Tensor[] {null, Broadcasts.undone(g.mul(density).mul(sign), s[1])};
        });
  }

  private static void refuse(boolean needed, String name, String operand) {
    if (needed) {
      throw new AutogradException(
          "[%s] the derivative for '%s' is not implemented; detach() that operand"
              .formatted(operand, name));
    }
  }

  /** {@link Tensor#digamma()} by another name. */
  public static Tensor psi(Tensor x) {
    return x.digamma();
  }

  /** {@link Tensor#lgamma()} by another name. */
  public static Tensor gammaln(Tensor x) {
    return x.lgamma();
  }

  /** {@link Tensor#mvlgamma(int)} by another name. */
  public static Tensor multigammaln(Tensor x, int p) {
    return x.mvlgamma(p);
  }

  /** {@link Tensor#sigmoid()} by another name. */
  public static Tensor expit(Tensor x) {
    return x.sigmoid();
  }

  /** The share of the standard normal distribution below x. */
  public static Tensor ndtr(Tensor x) {
    Tensor floating = x.dtype().isFloating() ? x : x.to(Promotion.defaultDType());
    return floating.mul(-Math.sqrt(0.5)).erfc().mul(0.5);
  }
}
