package io.gradus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.linalg.LeastSquaresDriver;
import io.gradus.linalg.Linalg;
import io.gradus.linalg.MatrixNorm;
import io.gradus.linalg.Tolerance;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.NumericalException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DecompositionGradientsTest {
  @TestFactory
  @DisplayName("S10.9 first and second derivatives of decompositions and what they solve")
  Stream<DynamicTest> derivatives() {
    return sweep().tests();
  }

  static GradientSweep sweep() {
    return new GradientSweep()
        .one("choleskyEx", t -> Linalg.choleskyEx(positive(t)).factor(), 2, 2)
        .one("invEx", t -> Linalg.invEx(regular(t)).inverse(), 2, 2)
        .two("solveEx", (a, b) -> Linalg.solveEx(regular(a), b).result(), of(2, 2), of(2, 1))
        .two("solve right", (a, b) -> Linalg.solve(regular(a), b, false), of(2, 2), of(1, 2))
        .one("luFactor", t -> Linalg.luFactor(regular(t)).lu(), 3, 3)
        .one("luFactor wide", t -> Linalg.luFactor(regular(t, 2, 4)).lu(), 2, 4)
        .one("luFactor tall", t -> Linalg.luFactor(regular(t, 4, 2)).lu(), 4, 2)
        .one("luFactorEx", t -> Linalg.luFactorEx(regular(t)).lu(), 2, 2, 2)
        .list("lu", in -> triangles(Linalg.lu(regular(in.get(0)))), of(3, 3))
        .list("luUnpack", in -> triangles(Linalg.luUnpack(in.get(0), PIVOTS)), of(3, 2))
        .two("luSolve", (a, b) -> luSolve(a, b, true, false), of(2, 2), of(2, 1))
        .two("luSolve adjoint", (a, b) -> luSolve(a, b, true, true), of(2, 2), of(2, 1))
        .two("luSolve right", (a, b) -> luSolve(a, b, false, false), of(2, 2), of(1, 2))
        .two("luSolve right adjoint", (a, b) -> luSolve(a, b, false, true), of(2, 2), of(1, 2))
        .two("householderProduct", Linalg::householderProduct, of(3, 2), of(2))
        .two("householderProduct batch", Linalg::householderProduct, of(2, 2, 2), of(2, 1))
        .list("ormqr", in -> ormqr(in, true, false), of(3, 2), of(2), of(3, 1))
        .list("ormqr transposed", in -> ormqr(in, true, true), of(3, 2), of(2), of(3, 1))
        .list("ormqr right", in -> ormqr(in, false, false), of(3, 2), of(2), of(1, 3))
        .one("tensorinv", t -> Linalg.tensorinv(regular(t).view(2, 2, 4), 2), 4, 4)
        .two(
            "tensorsolve",
            (a, b) -> Linalg.tensorsolve(regular(a).view(2, 2, 4), b),
            of(4, 4),
            of(2, 2))
        .one("det singular", t -> Linalg.det(t.mul(OUTER)), 3, 3)
        .one("det of one", Linalg::det, 1, 1)
        .one("eigh upper", t -> Linalg.eigh(spread(t), true).eigenvalues(), 3, 3)
        .list("svd wide", in -> unsigned(Linalg.svd(regular(in.get(0), 2, 3), false)), of(2, 3))
        .list("svd full", in -> kept(Linalg.svd(regular(in.get(0), 3, 2), true)), of(3, 2))
        .one("pinv wide", t -> Linalg.pinv(regular(t, 2, 3), Tolerance.relative(1e-3)), 2, 3)
        .one("pinv low rank", t -> Linalg.pinv(t.matmul(t.mT())), 2, 1)
        .two("lstsq", (a, b) -> lstsq(a, b).solution(), of(3, 2), of(3, 1))
        .two("lstsq residuals", (a, b) -> lstsq(a, b).residuals(), of(3, 2), of(3, 1))
        .two("lstsq vector", (a, b) -> lstsq(a, b).solution(), of(3, 2), of(3))
        .one("cond 1", t -> Linalg.cond(regular(t), 1), 2, 2)
        .one("cond nuclear", t -> Linalg.cond(spread(t), MatrixNorm.NUC), 2, 2)
        .one("cond Frobenius", t -> Linalg.cond(spread(t), MatrixNorm.FRO), 2, 2)
        .one("norm", t -> Linalg.norm(t, 1, new int[] {0}, true), 2, 3)
        .one("vectorNorm", t -> Linalg.vectorNorm(t, 2, new int[] {0}, false), 2, 3)
        .one("multiDot of Linalg", t -> Linalg.multiDot(List.of(t, t.mT(), t)), 2, 3)
        .one("matrixNorm over dims", t -> Linalg.matrixNorm(t, 1, new int[] {0, 2}, true), 2, 2, 3)
        .two("cross", (a, b) -> Linalg.cross(a, b, -1), of(2, 3), of(2, 3))
        .two("vecdot", (a, b) -> Linalg.vecdot(a, b, -1), of(2, 3), of(2, 3))
        .one("vander", t -> Linalg.vander(t, 3), 2, 2);
  }

  private static final Tensor PIVOTS = Tensor.tensor(3, 2).toInt();
  private static final Tensor OUTER =
      Tensor.tensor(new double[][] {{1, 2, 0}, {0, 0, 0}, {3, 1, 1}});

  private static long[] of(long... shape) {
    return shape;
  }

  private static Tensor regular(Tensor t) {
    return regular(t, t.size(-2), t.size(-1));
  }

  /** With a large diagonal of numbers that differ. */
  private static Tensor regular(Tensor t, long rows, long columns) {
    long n = Math.max(rows, columns);
    Tensor steps = Tensor.arange(2, n + 2).mul(3).toDouble().diag();
    return t.add(steps.narrow(0, 0, rows).narrow(1, 0, columns));
  }

  private static Tensor spread(Tensor t) {
    return regular(t.add(t.mT()));
  }

  private static Tensor positive(Tensor t) {
    return regular(t.matmul(t.mT()));
  }

  private static Tensor luSolve(Tensor a, Tensor b, boolean left, boolean adjoint) {
    Linalg.LuFactors f = Linalg.luFactor(regular(a).flip(0));
    return Linalg.luSolve(f.lu(), f.pivots(), b, left, adjoint);
  }

  private static List<Tensor> ormqr(List<Tensor> in, boolean left, boolean transpose) {
    return List.of(Linalg.ormqr(in.get(0), in.get(1), in.get(2), left, transpose));
  }

  private static Linalg.LeastSquares lstsq(Tensor a, Tensor b) {
    return Linalg.lstsq(regular(a, 3, 2), b, null, LeastSquaresDriver.GELSD);
  }

  private static List<Tensor> triangles(Linalg.PermutedFactors f) {
    return List.of(f.l(), f.u());
  }

  private static List<Tensor> unsigned(Linalg.Svd d) {
    return List.of(d.u().square(), d.s(), d.vh().square());
  }

  /** What gradients follow: the vectors that belong to values. */
  private static List<Tensor> kept(Linalg.Svd d) {
    return List.of(d.u().narrow(-1, 0, 2).square(), d.s(), d.vh().square());
  }

  @Test
  @DisplayName("S10.9 eigenvalues of a matrix that is not symmetric have first gradients")
  void generalEigenvalues() {
    Tensor a =
        Tensor.tensor(new double[][] {{0, 2, 0.5}, {-3, 1, 0}, {0.25, 1, 7}}).requiresGrad_();
    assertTrue(GradCheck.gradcheck(Linalg::eigvals, a));
    assertTrue(GradCheck.gradcheck(t -> Linalg.eig(t).eigenvalues(), a));
    Tensor sum = Linalg.eigvals(a).square().sum();
    assertThrows(
        AutogradException.class,
        () -> Autograd.grad(List.of(sum), List.of(a), GradOptions.DEFAULT.createGraph(true)));
    Tensor vectors = Linalg.eig(a).eigenvectors().sum();
    assertThrows(AutogradException.class, vectors::backward);
  }

  @Test
  @DisplayName("S10.9 triangles and reflections without a gradient say so")
  void withoutGradient() {
    Tensor a = Tensor.tensor(new double[][] {{1, 2}, {3, 4}}).requiresGrad_();
    Tensor r = Linalg.qrTriangle(a).sum();
    assertThrows(NumericalException.class, r::backward);
    assertArrayEquals(
        new boolean[] {false, false},
        new boolean[] {
          Linalg.geqrf(a).packed().requiresGrad(), Linalg.ldlFactor(a).ld().requiresGrad()
        });
  }
}
