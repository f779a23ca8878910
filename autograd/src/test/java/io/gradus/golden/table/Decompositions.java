package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.InexpressibleException;
import io.gradus.golden.OperationRegistry;
import io.gradus.linalg.LeastSquaresDriver;
import io.gradus.linalg.Linalg;
import io.gradus.linalg.Tolerance;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Factorisations and what is computed through them. */
final class Decompositions {
  private Decompositions() {}

  static void register(OperationRegistry r) {
    r.signatures("input upper=false", "cholesky", "cholesky_inverse");
    r.signature("linalg.cholesky", "A upper=false");
    r.signature("linalg.cholesky_ex", "A upper=false check_errors=false");
    r.add("linalg.cholesky_ex", Decompositions::choleskyEx);
    r.add("cholesky", a -> Linalg.cholesky(a.tensor(0, "input"), a.flag(1, "upper")));
    r.signature("cholesky_solve", "input input2 upper=false");
    r.signatures("A UPLO=L", "linalg.eigh", "linalg.eigvalsh");
    r.add("linalg.eigh", a -> Linalg.eigh(a.tensor(0, "A"), upper(a)));
    r.add("linalg.eigvalsh", a -> Linalg.eigvalsh(a.tensor(0, "A"), upper(a)));
    r.signature("linalg.qr", "A mode=reduced");
    r.signature("qr", "input some=true");
    r.add("linalg.qr", Decompositions::qr);
    r.add("qr", a -> off(a, 1, "some") ? Linalg.qrComplete(a.tensor(0, "input")) : qr(a));
    r.signature("linalg.svd", "A full_matrices=true");
    r.add("linalg.svd", a -> Linalg.svd(a.tensor(0, "A"), !off(a, 1, "full_matrices")));
    r.signature("svd", "input some=true compute_uv=true");
    r.add("svd", Decompositions::svdOfOld);
    r.signatures("A pivot=true", "linalg.lu", "linalg.lu_factor");
    r.signature("linalg.lu_factor_ex", "A pivot=true check_errors=false");
    r.add("linalg.lu_factor_ex", Decompositions::luFactorEx);
    r.signature("lu", "A pivot=true get_infos=false");
    r.add("lu", Decompositions::luOfOld);
    r.signature("lu_unpack", "LU_data LU_pivots unpack_data=true unpack_pivots=true");
    r.add("lu_unpack", Decompositions::luUnpack);
    r.signature("linalg.lu_solve", "LU pivots B left=true adjoint=false");
    r.add(
        "linalg.lu_solve",
        a ->
            Linalg.luSolve(
                a.tensor(0, "LU"),
                a.tensor(1, "pivots"),
                a.tensor(2, "B"),
                !off(a, 3, "left"),
                a.flag(4, "adjoint")));
    r.signature("lu_solve", "b LU_data LU_pivots");
    r.add(
        "lu_solve",
        a -> Linalg.luSolve(a.tensor(1, "LU_data"), a.tensor(2, "LU_pivots"), a.tensor(0, "b")));
    r.signature("linalg.ldl_factor", "A hermitian=false");
    r.add("linalg.ldl_factor", a -> Linalg.ldlFactor(a.tensor(0, "A")));
    r.signature("linalg.ldl_factor_ex", "A hermitian=false check_errors=false");
    r.add("linalg.ldl_factor_ex", a -> Linalg.ldlFactorEx(a.tensor(0, "A")));
    r.signature("linalg.ldl_solve", "LD pivots B hermitian=false");
    r.add(
        "linalg.ldl_solve",
        a -> Linalg.ldlSolve(a.tensor(0, "LD"), a.tensor(1, "pivots"), a.tensor(2, "B")));
    r.add("geqrf", a -> Linalg.geqrf(a.tensor(0, "input")));
    r.signature("ormqr", "input tau other left=true transpose=false");
    r.add(
        "ormqr",
        a ->
            Linalg.ormqr(
                a.tensor(0, "input"),
                a.tensor(1, "tau"),
                a.tensor(2, "other"),
                !off(a, 3, "left"),
                a.flag(4, "transpose")));
    r.signature("linalg.inv_ex", "A check_errors=false");
    r.add(
        "linalg.inv_ex",
        a ->
            a.flag(1, "check_errors")
                ? new Linalg.InverseInfo(Linalg.inv(a.tensor(0, "A")), Tensor.zeros())
                : Linalg.invEx(a.tensor(0, "A")));
    r.signature("linalg.solve", "A B left=true");
    r.signature("linalg.solve_ex", "A B left=true check_errors=false");
    r.add(
        "linalg.solve_ex",
        a -> Linalg.solveEx(a.tensor(0, "A"), a.tensor(1, "B"), !off(a, 2, "left")));
    r.signature("linalg.solve_triangular", "A B upper left=true unitriangular=false");
    r.signature("triangular_solve", "b A upper=true transpose=false unitriangular=false");
    r.add("triangular_solve", Decompositions::triangularSolve);
    r.signature("linalg.lstsq", "A B rcond=null driver=null");
    r.add("linalg.lstsq", Decompositions::lstsq);
    r.signature("linalg.pinv", "A atol=null rtol=null hermitian=false rcond=null");
    r.add("linalg.pinv", Decompositions::pinv);
    r.signature("pinverse", "input rcond=1e-15");
    r.add("pinverse", a -> Linalg.pinv(a.tensor(0, "input"), relative(a.get(1, "rcond"))));
    r.signature("linalg.matrix_rank", "A tol=null hermitian=false atol=null rtol=null");
    r.add("linalg.matrix_rank", Decompositions::rank);
    r.add("matrix_exp", a -> Linalg.matrixExp(a.tensor(0, "input")));
    r.signature("linalg.tensorinv", "A ind=2");
    r.signature("linalg.tensorsolve", "A B dims=null");
    r.signature("linalg.cond", "A p=null");
    r.add("linalg.cond", Decompositions::cond);
  }

  private static boolean off(Arguments a, int position, String name) {
    return a.get(position, name) instanceof Boolean b && !b;
  }

  private static boolean upper(Arguments a) {
    return switch (String.valueOf(a.get(1, "UPLO"))) {
      case "U", "u" -> true;
      case "L", "l", "null" -> false;
      default -> throw new InexpressibleException("no triangle " + a.get(1, "UPLO"));
    };
  }

  private static Object choleskyEx(Arguments a) {
    Tensor t = a.tensor(0, "A");
    if (a.flag(2, "check_errors")) {
      return Linalg.cholesky(t, a.flag(1, "upper"));
    }
    return Linalg.choleskyEx(t, a.flag(1, "upper"));
  }

  private static Object qr(Arguments a) {
    Tensor t = a.tensor(0, "A");
    String mode = String.valueOf(a.named().get("mode"));
    return switch (mode) {
      case "null", "reduced" -> Linalg.qr(t);
      case "complete" -> Linalg.qrComplete(t);
      case "r" -> List.of(Tensor.zeros(0).to(t.dtype()), Linalg.qrTriangle(t));
      default -> throw new InexpressibleException("no method for qr with mode " + mode);
    };
  }

  /** {@code torch.svd} gives V where {@code linalg.svd} gives its transpose, zeros if not asked. */
  private static Object svdOfOld(Arguments a) {
    Tensor t = a.tensor(0, "input");
    if (off(a, 2, "compute_uv")) {
      long[] left = t.shape().with(-1, t.size(-2)).toArray();
      long[] right = t.shape().with(-2, t.size(-1)).toArray();
      return List.of(
          Tensor.zeros(left).to(t.dtype()), Linalg.svdvals(t), Tensor.zeros(right).to(t.dtype()));
    }
    Linalg.Svd d = Linalg.svd(t, off(a, 1, "some"));
    return List.of(d.u(), d.s(), d.vh().mT());
  }

  private static Object luFactorEx(Arguments a) {
    if (a.flag(2, "check_errors")) {
      return Linalg.luFactor(a.tensor(0, "A"));
    }
    return Linalg.luFactorEx(a.tensor(0, "A"), !off(a, 1, "pivot"));
  }

  private static Object luOfOld(Arguments a) {
    Linalg.LuFactorsInfo r = Linalg.luFactorEx(a.tensor(0, "A"), !off(a, 1, "pivot"));
    return a.flag(2, "get_infos") ? r : List.of(r.lu(), r.pivots());
  }

  private static Object luUnpack(Arguments a) {
    Tensor t = a.tensor(0, "LU_data");
    Linalg.PermutedFactors r = Linalg.luUnpack(t, a.tensor(1, "LU_pivots"));
    Tensor none = Tensor.zeros(0).to(t.dtype());
    boolean data = !off(a, 2, "unpack_data");
    boolean pivots = !off(a, 3, "unpack_pivots");
    return Arrays.asList(pivots ? r.p() : none, data ? r.l() : none, data ? r.u() : none);
  }

  private static Object triangularSolve(Arguments a) {
    Tensor b = a.tensor(0, "b");
    Tensor t = a.tensor(1, "A");
    boolean upper = !off(a, 2, "upper");
    boolean turned = a.flag(3, "transpose");
    Tensor x =
        Linalg.solveTriangular(
            turned ? t.mT() : t, b, upper != turned, true, a.flag(4, "unitriangular"));
    long[] sizes = Arrays.copyOf(x.shape().toArray(), x.dim());
    sizes[sizes.length - 1] = t.size(-1);
    return List.of(x, t.expand(sizes).clone());
  }

  private static Object lstsq(Arguments a) {
    Double rcond = a.get(2, "rcond") instanceof Number n ? (Double) n.doubleValue() : null;
    LeastSquaresDriver driver = LeastSquaresDriver.GELSY;
    if (a.get(3, "driver") instanceof String s) {
      driver =
          Arrays.stream(LeastSquaresDriver.values())
              .filter(d -> d.name().equalsIgnoreCase(s))
              .findFirst()
              .orElseThrow(() -> new InexpressibleException("no driver " + s));
    }
    return Linalg.lstsq(a.tensor(0, "A"), a.tensor(1, "B"), rcond, driver);
  }

  private static Tolerance relative(@Nullable Object share) {
    return new Tolerance(null, bound(share));
  }

  private static @Nullable Tensor bound(@Nullable Object v) {
    return v instanceof Tensor t
        ? t
        : v instanceof Number n ? Tensor.tensor(n.doubleValue()) : null;
  }

  private static Object pinv(Arguments a) {
    Tensor t = a.tensor(0, "A");
    if (a.get(1, "") instanceof Tensor b && a.positional().size() == 2) {
      // The samples of singular matrices are products.
      return Linalg.pinv(t.matmul(b.mT()));
    }
    Object rtol = a.named().get("rcond") == null ? a.named().get("rtol") : a.named().get("rcond");
    return Linalg.pinv(
        t, new Tolerance(bound(a.named().get("atol")), bound(rtol)), a.flag(3, "hermitian"));
  }

  private static Object rank(Arguments a) {
    Object tol = a.named().get("tol");
    Tolerance tolerance =
        tol == null
            ? new Tolerance(bound(a.named().get("atol")), bound(a.named().get("rtol")))
            : new Tolerance(bound(tol), Tensor.tensor(0.0));
    return Linalg.matrixRank(a.tensor(0, "A"), tolerance, a.flag(2, "hermitian"));
  }

  private static Object cond(Arguments a) {
    Tensor t = a.tensor(0, "A");
    return switch (a.get(1, "p")) {
      case null -> Linalg.cond(t);
      case Number n -> Linalg.cond(t, n.doubleValue());
      case String s -> Linalg.cond(t, Norms.named(s));
      default -> throw new InexpressibleException("no norm " + a.get(1, "p"));
    };
  }
}
