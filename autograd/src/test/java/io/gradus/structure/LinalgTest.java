package io.gradus.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Autograd;
import io.gradus.Tensor;
import io.gradus.linalg.LeastSquaresDriver;
import io.gradus.linalg.Linalg;
import io.gradus.linalg.MatrixNorm;
import io.gradus.linalg.Tolerance;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinalgTest {
  private static final Tensor SINGULAR = matrix(new double[][] {{1, 2}, {2, 4}});

  private static Tensor matrix(double[][] rows) {
    return Tensor.tensor(rows);
  }

  private static Tensor random(long... shape) {
    return Tensor.rand(shape).toDouble().sub(0.5);
  }

  private static void near(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    double most = expected.numel() == 0 ? 0 : expected.sub(actual).abs().max().item().doubleValue();
    assertTrue(most < 1e-10, () -> "differ by " + most);
  }

  private static void refuses(String phrase, Class<? extends RuntimeException> kind, Executable f) {
    String message = assertThrows(kind, f).getMessage();
    assertTrue(message.contains(phrase), message);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 3", "7, 4", "4, 7", "0, 3", "3, 0", "40, 40", "33, 70"})
  @DisplayName("S8 factors multiply back to the matrix, for all shapes and batches")
  void factorsMultiplyBack(int m, int n) {
    Tensor a = random(2, m, n);
    Linalg.Qr qr = Linalg.qr(a);
    near(a, qr.q().matmul(qr.r()));
    Linalg.Qr complete = Linalg.qrComplete(a);
    near(a, complete.q().matmul(complete.r()));
    near(Tensor.eye(m).toDouble().expand(2, m, m), complete.q().mT().matmul(complete.q()));
    near(qr.r(), Linalg.qrTriangle(a));
    Linalg.PermutedFactors lu = Linalg.lu(a);
    near(a, lu.p().matmul(lu.l()).matmul(lu.u()));
    Linalg.Svd svd = Linalg.svd(a);
    near(a, svd.u().mul(svd.s().unsqueeze(-2)).matmul(svd.vh()));
    Linalg.Svd full = Linalg.svd(a, true);
    near(Tensor.eye(m).toDouble().expand(2, m, m), full.u().mT().matmul(full.u()));
    near(Tensor.eye(n).toDouble().expand(2, n, n), full.vh().matmul(full.vh().mT()));
    Linalg.Reflections packed = Linalg.geqrf(a);
    near(a, Linalg.ormqr(packed.packed(), packed.tau(), complete.r(), true, false));
    if (m >= n) {
      near(qr.q(), Linalg.householderProduct(packed.packed(), packed.tau()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 40, 80})
  @DisplayName("S8 symmetric matrices are taken apart and solved with")
  void symmetric(int n) {
    Tensor x = random(2, n, n);
    Tensor a = x.add(x.mT());
    Linalg.Eigh eigh = Linalg.eigh(a);
    near(
        a,
        eigh.eigenvectors().mul(eigh.eigenvalues().unsqueeze(-2)).matmul(eigh.eigenvectors().mT()));
    Tensor b = random(2, n, 3);
    Linalg.LdlFactors ldl = Linalg.ldlFactor(a);
    near(b, a.matmul(Linalg.ldlSolve(ldl.ld(), ldl.pivots(), b)));
    Tensor positive = x.matmul(x.mT()).add(Tensor.eye(n));
    Tensor l = Linalg.cholesky(positive);
    near(positive, l.matmul(l.mT()));
    near(l.mT(), Linalg.cholesky(positive, true));
    near(b, positive.matmul(b.choleskySolve(l)));
    near(Linalg.inv(positive), l.choleskyInverse());
  }

  @Test
  @DisplayName("eigenvectors are found where a shifted matrix happens to be singular")
  void generalOfMany() {
    // One in fifty such matrices is.
    Tensor a = Tensor.rand(500, 6, 6).toDouble().sub(0.5);
    Linalg.Eig eig = Linalg.eig(a);
    Tensor re = eig.eigenvalues().select(-1, 0).unsqueeze(-2);
    Tensor im = eig.eigenvalues().select(-1, 1).unsqueeze(-2);
    Tensor x = eig.eigenvectors().select(-1, 0);
    Tensor y = eig.eigenvectors().select(-1, 1);
    near(a.matmul(x), x.mul(re).sub(y.mul(im)));
  }

  @Test
  @DisplayName("S8 general eigenvalues are pairs, with vectors of length 1")
  void general() {
    Tensor a = random(300, 6, 6); // of which some are singular when shifted by an eigenvalue
    Linalg.Eig eig = Linalg.eig(a);
    Tensor re = eig.eigenvalues().select(-1, 0).unsqueeze(-2);
    Tensor im = eig.eigenvalues().select(-1, 1).unsqueeze(-2);
    Tensor x = eig.eigenvectors().select(-1, 0);
    Tensor y = eig.eigenvectors().select(-1, 1);
    near(a.matmul(x), x.mul(re).sub(y.mul(im)));
    near(a.matmul(y), x.mul(im).add(y.mul(re)));
    near(Tensor.onesLike(re.squeeze(-2)), x.square().add(y.square()).sum(-2, false));
    near(eig.eigenvalues(), Linalg.eigvals(a));
    near(Tensor.zeros(2, 2).toDouble(), Linalg.eigvals(Tensor.zeros(2, 2).toDouble()));
    assertTrue(Linalg.eigvals(SINGULAR.mul(Double.NaN)).isnan().all().item().intValue() != 0);
  }

  @Test
  @DisplayName("S8 a singular matrix is an error that names the batch index, or is told about")
  void singular() {
    Tensor batch = Tensor.stack(List.of(Tensor.eye(2).toDouble(), SINGULAR), 0);
    refuses("(Batch element 1)", NumericalException.class, () -> Linalg.inv(batch));
    refuses("(Batch element 1)", NumericalException.class, () -> Linalg.solve(batch, batch));
    refuses(
        "(Batch element 1)", NumericalException.class, () -> Linalg.cholesky(batch.neg().abs()));
    refuses("U[2,2] is zero", NumericalException.class, () -> Linalg.luFactor(SINGULAR));
    refuses("singular", NumericalException.class, () -> Linalg.ldlFactor(SINGULAR));
    assertArrayEquals(new long[] {0, 2}, Linalg.invEx(batch).info().longArray());
    assertArrayEquals(new long[] {0, 2}, Linalg.solveEx(batch, batch).info().longArray());
    assertArrayEquals(new long[] {0, 2}, Linalg.luFactorEx(batch).info().longArray());
    assertArrayEquals(new long[] {0, 2}, Linalg.choleskyEx(batch).info().longArray());
    assertArrayEquals(new long[] {0, 2}, Linalg.ldlFactorEx(batch).info().longArray());
    assertEquals(Double.POSITIVE_INFINITY, Linalg.cond(SINGULAR, 1).item().doubleValue());
  }

  @Test
  @DisplayName("S8 NaN and infinities are refused where an iteration could not end")
  void notFinite() {
    Tensor bad = SINGULAR.mul(Double.NaN);
    refuses("non-finite", NumericalException.class, () -> Linalg.svd(bad));
    assertTrue(Linalg.eigvalsh(bad).isnan().all().item().intValue() != 0);
    assertTrue(Linalg.matrixExp(bad).isnan().all().item().intValue() != 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-310, 1e-200, 1e200, 1e307})
  @DisplayName("S8 spectra of very large and very small numbers neither overflow nor vanish")
  void extremes(double scale) {
    Tensor a = matrix(new double[][] {{2, 1}, {1, 2}}).mul(scale);
    Tensor expected = Tensor.tensor(3.0, 1.0);
    near(expected, Linalg.svdvals(a).div(scale));
    near(expected, Linalg.eigvalsh(a).div(scale).flip(0));
    near(expected, Linalg.eigvals(a).div(scale).amax(-1).sort().values().flip(0));
  }

  @Test
  @DisplayName("S8 the gradient of a determinant is that of the minors for singular matrices too")
  void determinantOfSingular() {
    Tensor a = matrix(new double[][] {{1, 2}, {2, 4}}).requiresGrad_();
    Tensor g = Autograd.grad(List.of(Linalg.det(a)), List.of(a)).get(0);
    near(matrix(new double[][] {{4, -2}, {-2, 1}}), g);
  }

  @Test
  @DisplayName("S8 small singular values count as zero by absolute and relative bounds")
  void tolerances() {
    Tensor a = Tensor.tensor(100.0, 1.0, 0.01).diag();
    assertEquals(3, rank(a, Tolerance.DEFAULT));
    assertEquals(2, rank(a, Tolerance.absolute(0.1)));
    assertEquals(1, rank(a, Tolerance.relative(0.1)));
    assertEquals(1, rank(a, Tolerance.of(0.1, 0.1)));
    Tensor each =
        Linalg.matrixRank(
            Tensor.stack(List.of(a, a), 0), new Tolerance(Tensor.tensor(0.001, 10.0), null));
    assertArrayEquals(new long[] {3, 1}, each.longArray());
    near(Tensor.tensor(0.01, 1.0, 0.0).diag(), Linalg.pinv(a, Tolerance.absolute(0.1)));
    near(
        Tensor.tensor(0.01, -1.0, 0.0).diag(),
        Linalg.pinv(a.mul(Tensor.tensor(1.0, -1.0, 1.0)), Tolerance.absolute(0.1), true));
    assertEquals(List.of(2L, 0L, 3L), sizes(Linalg.pinv(random(2, 3, 0))));
    assertArrayEquals(new long[] {0, 0}, Linalg.matrixRank(random(2, 3, 0)).longArray());
  }

  private static long rank(Tensor a, Tolerance tolerance) {
    return Linalg.matrixRank(a, tolerance).item().longValue();
  }

  private static List<Long> sizes(Tensor t) {
    return Arrays.stream(t.shape().toArray()).boxed().toList();
  }

  @Test
  @DisplayName("S8 least squares reports what its driver is for")
  void leastSquares() {
    Tensor a = random(5, 2);
    Tensor b = random(5, 3);
    Tensor x = Linalg.lstsq(a, b).solution();
    near(Tensor.zeros(2, 3).toDouble(), a.mT().matmul(a.matmul(x).sub(b)));
    Linalg.LeastSquares all = Linalg.lstsq(a, b, null, LeastSquaresDriver.GELSD);
    near(a.matmul(x).sub(b).square().sum(0, false), all.residuals());
    near(Linalg.svdvals(a), all.singularValues());
    assertEquals(2, all.rank().item().longValue());
    assertEquals(0, Linalg.lstsq(a, b).residuals().numel());
    assertEquals(0, Linalg.lstsq(a, b, null, LeastSquaresDriver.GELS).rank().numel());
    Tensor low = a.narrow(1, 0, 1).mul(Tensor.tensor(1.0, 2.0));
    assertEquals(0, Linalg.lstsq(low, b, null, LeastSquaresDriver.GELSS).residuals().numel());
    assertEquals(List.of(2L), sizes(Linalg.lstsq(a, b.select(1, 0)).solution()));
  }

  @Test
  @DisplayName("S8 tensors as linear maps")
  void tensorEquations() {
    Tensor a = random(2, 3, 6);
    Tensor b = random(2, 3);
    Tensor x = Linalg.tensorsolve(a, b);
    near(b, a.tensordot(x, 1));
    near(x, Linalg.tensorinv(a, 2).tensordot(b, 2));
    near(x, Linalg.tensorsolve(a.transpose(1, 2), b, new int[] {1}));
  }

  @Test
  @DisplayName("S8 shapes and dtypes that do not fit are refused before anything is computed")
  void refused() {
    Tensor a = random(2, 3);
    Tensor square = random(3, 3);
    refuses("batches of square matrices", ShapeException.class, () -> Linalg.inv(a));
    refuses("at least 2 dimensions", ShapeException.class, () -> Linalg.svd(random(3)));
    refuses("floating point", DTypeException.class, () -> Linalg.det(Tensor.ones(2, 2).toLong()));
    refuses("Incompatible shapes", ShapeException.class, () -> Linalg.solve(square, random(2, 1)));
    refuses("same dtype", DTypeException.class, () -> Linalg.solve(square, Tensor.ones(3)));
    refuses("Vector", ShapeException.class, () -> Linalg.solve(square, random(3), false));
    refuses("pivot", InvalidArgumentException.class, () -> Linalg.luFactor(a, false));
    Linalg.LuFactors lu = Linalg.luFactor(square);
    Tensor far = Tensor.tensor(9, 9, 9).toInt();
    refuses("between 1 and 3", InvalidArgumentException.class, () -> Linalg.luUnpack(lu.lu(), far));
    refuses("i32", DTypeException.class, () -> Linalg.luUnpack(lu.lu(), lu.pivots().toLong()));
    refuses(
        "pivots", ShapeException.class, () -> Linalg.luSolve(lu.lu(), far.narrow(0, 0, 2), square));
    refuses("pivots", InvalidArgumentException.class, () -> Linalg.ldlSolve(square, far, square));
    refuses("tau", ShapeException.class, () -> Linalg.householderProduct(square, random(4)));
    refuses("shape[-2]", ShapeException.class, () -> Linalg.householderProduct(a, random(2)));
    refuses("ormqr", ShapeException.class, () -> Linalg.ormqr(square, random(3), a, true, false));
    refuses("input.size(-2)", ShapeException.class, () -> Linalg.lstsq(square, a));
    refuses("prod", ShapeException.class, () -> Linalg.tensorinv(random(2, 3, 4), 2));
    refuses("strictly positive", ShapeException.class, () -> Linalg.tensorinv(square, 0));
    refuses("prod", ShapeException.class, () -> Linalg.tensorsolve(square, a));
    refuses("N must be", InvalidArgumentException.class, () -> Linalg.vander(random(3), 1));
    refuses("one-dimensional", ShapeException.class, () -> a.vander(2, true));
    refuses("length 3", ShapeException.class, () -> Linalg.cross(a, a, 0));
    refuses("same number", ShapeException.class, () -> Linalg.cross(a, random(3), -1));
    refuses("not supported", InvalidArgumentException.class, () -> Linalg.matrixNorm(a, 3));
    refuses("different", InvalidArgumentException.class, () -> twice(a));
    refuses("1D or 2D", ShapeException.class, () -> Linalg.norm(random(2, 2, 2), 2));
    refuses("square", ShapeException.class, () -> Linalg.cond(a, MatrixNorm.FRO));
  }

  private static Tensor twice(Tensor a) {
    return Linalg.matrixNorm(a, MatrixNorm.FRO, new int[] {0, -2}, false);
  }
}
