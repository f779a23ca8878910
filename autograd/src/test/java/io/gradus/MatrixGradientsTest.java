package io.gradus;

import static io.gradus.GradientSweep.of;

import io.gradus.exec.ScatterReduction;
import io.gradus.linalg.Linalg;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MatrixGradientsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @TestFactory
  @DisplayName("S10.9 every product passes gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> allProducts() {
    return products().tests();
  }

  @TestFactory
  @DisplayName("S10.9 linear algebra passes gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> linearAlgebra() {
    return algebra().tests();
  }

  static GradientSweep products() {
    return new GradientSweep()
        .list(
            "addmm_",
            in -> List.of(in.get(0).clone().addmm_(in.get(1), in.get(2), 2, 3)),
            of(2, 2),
            of(2, 3),
            of(3, 2))
        .list(
            "baddbmm_",
            in -> List.of(in.get(0).clone().baddbmm_(in.get(1), in.get(2), 2, 3)),
            of(2, 2, 2),
            of(2, 2, 3),
            of(2, 3, 2))
        .list(
            "addbmm_",
            in -> List.of(in.get(0).clone().addbmm_(in.get(1), in.get(2), 2, 3)),
            of(2, 2),
            of(2, 2, 3),
            of(2, 3, 2))
        .list(
            "addmv_",
            in -> List.of(in.get(0).clone().addmv_(in.get(1), in.get(2), 2, 3)),
            of(2),
            of(2, 3),
            of(3))
        .list(
            "addr_",
            in -> List.of(in.get(0).clone().addr_(in.get(1), in.get(2), 2, 3)),
            of(2, 3),
            of(2),
            of(3))
        .one("triu_", t -> t.clone().triu_(1), 3, 3)
        .one("tril_", t -> t.clone().tril_(0), 3, 3)
        .one("cumsum_", t -> t.clone().cumsum_(1), 2, 3)
        .one("cumprod_", t -> t.clone().cumprod_(1), 2, 3)
        .one("renorm_", t -> t.clone().renorm_(2, 0, 0.5), 2, 3)
        .two(
            "indexReduce_",
            (t, v) ->
                t.clone()
                    .indexReduce_(0, Tensor.tensor(new long[] {1}), v, ScatterReduction.PROD, true),
            of(2, 3),
            of(1, 3))
        .one("fillDiagonal_", t -> t.clone().fillDiagonal_(2, true), 3, 3)
        .two("mm", Tensor::mm, of(2, 3), of(3, 2))
        .two("mm of nothing summed", Tensor::mm, of(2, 0), of(0, 2))
        .two("bmm", Tensor::bmm, of(2, 2, 3), of(2, 3, 1))
        .two("matmul 1x1", Tensor::matmul, of(3), of(3))
        .two("matmul 1x2", Tensor::matmul, of(3), of(3, 2))
        .two("matmul 2x1", Tensor::matmul, of(2, 3), of(3))
        .two("matmul 2x2", Tensor::matmul, of(2, 3), of(3, 2))
        .two("matmul 1x3", Tensor::matmul, of(3), of(2, 3, 1))
        .two("matmul 3x1", Tensor::matmul, of(2, 2, 3), of(3))
        .two("matmul 2x3", Tensor::matmul, of(2, 3), of(2, 3, 1))
        .two("matmul 3x2", Tensor::matmul, of(2, 2, 3), of(3, 2))
        .two("matmul 3x3", Tensor::matmul, of(2, 2, 3), of(2, 3, 1))
        .two("matmul 4x3", Tensor::matmul, of(2, 1, 1, 2), of(2, 2, 1))
        .two("matmul 3x4", Tensor::matmul, of(2, 1, 2), of(2, 1, 2, 1))
        .two("mv", Tensor::mv, of(2, 3), of(3))
        .two("dot", Tensor::dot, of(3), of(3))
        .two("vdot", Tensor::vdot, of(3), of(3))
        .two("outer", Tensor::outer, of(2), of(3))
        .two("ger", Tensor::ger, of(2), of(3))
        .two("inner", Tensor::inner, of(2, 3), of(2, 3))
        .list(
            "addmm",
            in -> List.of(in.get(0).addmm(in.get(1), in.get(2))),
            of(2),
            of(2, 3),
            of(3, 2))
        .list(
            "addmm scaled",
            in -> List.of(in.get(0).addmm(in.get(1), in.get(2), 0.5, 2)),
            of(2, 1),
            of(2, 1),
            of(1, 2))
        .list(
            "addmm beta 0",
            in -> List.of(in.get(0).addmm(in.get(1), in.get(2), 0, 2)),
            of(2, 2),
            of(2, 1),
            of(1, 2))
        .list(
            "baddbmm",
            in -> List.of(in.get(0).baddbmm(in.get(1), in.get(2), 0.5, 2)),
            of(2, 2, 1),
            of(2, 2, 2),
            of(2, 2, 1))
        .list(
            "addbmm",
            in -> List.of(in.get(0).addbmm(in.get(1), in.get(2), 0.5, 2)),
            of(2, 1),
            of(2, 2, 2),
            of(2, 2, 1))
        .list("addmv", in -> List.of(in.get(0).addmv(in.get(1), in.get(2))), of(2), of(2, 3), of(3))
        .list(
            "addmv scaled",
            in -> List.of(in.get(0).addmv(in.get(1), in.get(2), 0.5, 2)),
            of(2),
            of(2, 3),
            of(3))
        .list("addr", in -> List.of(in.get(0).addr(in.get(1), in.get(2))), of(2, 3), of(2), of(3))
        .list(
            "addr scaled",
            in -> List.of(in.get(0).addr(in.get(1), in.get(2), 0.5, 2)),
            of(2, 3),
            of(2),
            of(3))
        .two("tensordot", (a, b) -> a.tensordot(b, 1), of(2, 3), of(3, 2))
        .two(
            "tensordot dims",
            (a, b) -> a.tensordot(b, new int[] {1, 0}, new int[] {0, 1}),
            of(2, 3, 1),
            of(3, 2, 2))
        .two("kron", Tensor::kron, of(2, 2), of(1, 2))
        .two("cross", (a, b) -> a.cross(b, -1), of(2, 3), of(2, 3))
        .two("einsum product", (a, b) -> Tensor.einsum("ij,jk->ik", a, b), of(2, 3), of(3, 2))
        .two("einsum batch", (a, b) -> Tensor.einsum("b...i,bi->b...", a, b), of(2, 2, 2), of(2, 2))
        .two("einsum outer", (a, b) -> Tensor.einsum("i,j", a, b), of(2), of(3))
        .one("einsum trace", t -> Tensor.einsum("ii", t), 3, 3)
        .one("einsum diagonal", t -> Tensor.einsum("ii->i", t), 3, 3)
        .one("einsum permuted", t -> Tensor.einsum("ij->ji", t), 2, 3)
        .list("multiDot", in -> one(Tensor.multiDot(in)), of(2, 3), of(3, 1), of(1, 2))
        .list("chainMatmul", in -> one(Tensor.chainMatmul(in)), of(2, 1), of(1, 3), of(3, 2))
        .one("trace", t -> t.trace(), 2, 3)
        .one("diag", t -> t.diag(), 2, 3)
        .one("diag of a vector", t -> t.diag(1), 2)
        .one("diagflat", t -> t.diagflat(-1), 2, 2)
        .one("diagEmbed", t -> t.diagEmbed(), 2, 2)
        .one("diagEmbed offset", t -> t.diagEmbed(-1, 0, 2), 2, 2)
        .one("triu", t -> t.triu(), 2, 3)
        .one("triu offset", t -> t.triu(1), 2, 3)
        .one("tril", t -> t.tril(), 2, 3)
        .one("tril offset", t -> t.tril(-1), 2, 3)
        .one("matrixPower", t -> t.matrixPower(3), 2, 2)
        .one("matrixPower 0", t -> t.matrixPower(0).add(t), 2, 2)
        .one("matrixPower -2", t -> regular(t).matrixPower(-2), 2, 2)
        .one("vander", t -> t.vander(3, true), 3);
  }

  static GradientSweep algebra() {
    return new GradientSweep()
        .one("inv", t -> Linalg.inv(regular(t)), 2, 2)
        .one("mH", t -> t.mH().mul(2), 2, 2, 3)
        .one("H", t -> t.H().mul(2), 2, 3)
        .one("logdet", t -> positive(t).logdet(), 2, 2)
        .two("vecdot", (a, b) -> a.vecdot(b, -1), of(2, 3), of(3))
        .one("renorm", t -> t.renorm(2, 0, 0.5), 2, 3)
        .two(
            "choleskySolve",
            (a, b) -> a.choleskySolve(regular(b).tril(), false),
            of(2, 1),
            of(2, 2))
        .one("choleskyInverse", t -> regular(t).tril().choleskyInverse(false), 2, 2)
        .two(
            "indexReduce",
            (a, b) -> a.indexReduce(0, Tensor.tensor(1L, 0L), b, ScatterReduction.PROD, true),
            of(3, 2),
            of(2, 2))
        .one("inv batch", t -> Linalg.inv(regular(t)), 2, 2, 2)
        .two("solve", (a, b) -> Linalg.solve(regular(a), b), of(2, 2), of(2, 1))
        .two("solve batch", (a, b) -> Linalg.solve(regular(a), b), of(2, 2, 2), of(2, 1))
        .two("solve vector", (a, b) -> Linalg.solve(regular(a), b), of(2, 2), of(2))
        .two("solveTriangular", triangular(true, true, false), of(2, 2), of(2, 1))
        .two("solveTriangular lower", triangular(false, true, false), of(2, 2), of(2, 1))
        .two("solveTriangular right", triangular(true, false, false), of(2, 2), of(1, 2))
        .two("solveTriangular unit", triangular(false, false, true), of(2, 2), of(1, 2))
        .one("det", t -> Linalg.det(regular(t)), 3, 3)
        .one("det batch", t -> Linalg.det(regular(t)), 2, 2, 2)
        .one("slogdet", t -> Linalg.slogdet(regular(t)).logabsdet(), 2, 2, 2)
        .one("cholesky", t -> Linalg.cholesky(positive(t)), 3, 3)
        .one("cholesky upper", t -> Linalg.cholesky(positive(t), true), 2, 2, 2)
        .list("qr", in -> factors(Linalg.qr(regular(in.get(0)))), of(3, 3))
        .list("qr tall", in -> factors(Linalg.qr(tall(in.get(0)))), of(3, 2))
        .list("qrComplete", in -> factors(Linalg.qrComplete(regular(in.get(0)))), of(2, 2))
        .one("eigh values", t -> Linalg.eigh(symmetric(t)).eigenvalues(), 3, 3)
        // Eigenvectors are determined but for their sign.
        .one("eigh vectors", t -> Linalg.eigh(symmetric(t)).eigenvectors().square(), 2, 2)
        .one("eigvalsh", t -> Linalg.eigvalsh(symmetric(t)), 2, 2, 2)
        .list("svd", in -> unsigned(Linalg.svd(spread(in.get(0)))), of(2, 2))
        .list("svd tall", in -> unsigned(Linalg.svd(tall(in.get(0)))), of(3, 2))
        .one("svdvals", t -> Linalg.svdvals(spread(t)), 2, 2, 2)
        .one("pinv", t -> Linalg.pinv(tall(t)), 3, 2)
        .two("lstsq", (a, b) -> Linalg.lstsq(tall(a), b).solution(), of(3, 2), of(3, 1))
        .one("cond", t -> Linalg.cond(spread(t)), 2, 2)
        .one("matrixNorm", Linalg::matrixNorm, 2, 3)
        .one("matrixNorm 1", t -> Linalg.matrixNorm(t, 1), 2, 3)
        .one("matrixNorm infinity", t -> Linalg.matrixNorm(t, INFINITY), 2, 3)
        .one("matrixNorm 2", t -> Linalg.matrixNorm(spread(t), 2), 2, 2)
        .one("matrixNorm -2", t -> Linalg.matrixNorm(spread(t), -2), 2, 2)
        .one("nuclearNorm", t -> Linalg.nuclearNorm(spread(t)), 2, 2)
        .one("matrixPower of Linalg", t -> Linalg.matrixPower(t, 2), 2, 2)
        .one("matrixExp", Linalg::matrixExp, 2, 2)
        .one("matrixExp batch", Linalg::matrixExp, 2, 2, 2);
  }

  private static BinaryOperator<Tensor> triangular(boolean upper, boolean left, boolean unit) {
    return (a, b) -> Linalg.solveTriangular(regular(a), b, upper, left, unit);
  }

  private static List<Tensor> one(Tensor t) {
    return List.of(t);
  }

  /** A well-conditioned matrix. */
  private static Tensor regular(Tensor t) {
    return t.add(eye(t).mul(4));
  }

  /** A matrix with different singular values. */
  private static Tensor spread(Tensor t) {
    return t.add(steps(t));
  }

  private static Tensor symmetric(Tensor t) {
    return t.add(t.mT()).add(steps(t));
  }

  private static Tensor positive(Tensor t) {
    return t.matmul(t.mT()).add(eye(t).mul(2));
  }

  private static Tensor tall(Tensor t) {
    return t.add(Tensor.tensor(3.0, 0.0, 0.0, 7.0, 0.0, 0.0).view(3, 2));
  }

  private static Tensor eye(Tensor t) {
    return Tensor.eye(t.size(-1)).toDouble();
  }

  private static Tensor steps(Tensor t) {
    return Tensor.arange(1, t.size(-1) + 1).mul(4).toDouble().diag();
  }

  private static List<Tensor> factors(Linalg.Qr qr) {
    return List.of(qr.q(), qr.r());
  }

  /** Singular vectors are determined but for their sign. */
  private static List<Tensor> unsigned(Linalg.Svd svd) {
    return List.of(svd.u().square(), svd.s(), svd.vh().square());
  }
}
