package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.InexpressibleException;
import io.gradus.golden.OperationRegistry;
import io.gradus.golden.Reflection;
import io.gradus.linalg.Linalg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Factorisations and what is computed through them. */
final class Decompositions {
  private Decompositions() {}

  static void register(OperationRegistry r) {
    r.signatures("input upper=false", "linalg.cholesky", "linalg.cholesky_ex", "cholesky_inverse");
    r.signature("cholesky", "input upper=false");
    r.add("cholesky", a -> Linalg.cholesky(a.tensor(0, "input"), a.flag(1, "upper")));
    r.signature("cholesky_solve", "input input2 upper=false");
    r.signatures("A UPLO=L", "linalg.eigh", "linalg.eigvalsh");
    r.add("linalg.eigh", a -> Linalg.eigh(lower(a)));
    r.add("linalg.eigvalsh", a -> Linalg.eigvalsh(lower(a)));
    r.signature("linalg.qr", "A mode=reduced");
    r.add("linalg.qr", a -> qr(a, a.named().get("mode")));
    r.add("qr", a -> qr(a, null));
    r.signature("linalg.svd", "A full_matrices=true");
    r.add("linalg.svd", a -> svd(a, isOff(a, "full_matrices")));
    r.signature("svd", "input some=true compute_uv=true");
    r.add("svd", a -> svdOfOld(a));
    r.signatures("A pivot=true", "linalg.lu", "linalg.lu_factor", "linalg.lu_factor_ex");
    r.signatures("A left=true", "linalg.solve", "linalg.solve_ex");
    r.signatures("A B left=true", "linalg.solve", "linalg.solve_ex");
    r.signature("linalg.solve_triangular", "A B upper left=true unitriangular=false");
    r.signature("linalg.lu_solve", "LU pivots B left=true adjoint=false");
    r.signature("linalg.lstsq", "A B rcond=null driver=null");
    r.signatures("A atol=null rtol=null hermitian=false", "linalg.pinv", "linalg.matrix_rank");
    r.add("linalg.pinv", a -> Linalg.pinv(withDefaultTolerance(a)));
    r.add("linalg.matrix_rank", a -> Linalg.matrixRank(withDefaultTolerance(a)));
    r.add("pinverse", a -> Linalg.pinv(a.tensor(0, "input")));
    r.add("matrix_exp", a -> Linalg.matrixExp(a.tensor(0, "input")));
    r.signature("linalg.tensorinv", "A ind=2");
    r.signature("linalg.tensorsolve", "A B dims=null");
    r.signature("linalg.cond", "A p=null");
  }

  private static boolean isOff(Arguments a, String name) {
    return a.named().get(name) instanceof Boolean b && !b;
  }

  /** Ours reads the lower triangle. */
  private static Tensor lower(Arguments a) {
    Tensor t = a.tensor(0, "A");
    return "U".equals(a.named().get("UPLO")) ? t.mT() : t;
  }

  private static Object qr(Arguments a, @Nullable Object mode) {
    Tensor t = a.tensor(0, "A");
    if (mode != null && !mode.equals("complete") && !mode.equals("reduced")) {
      throw new InexpressibleException("no method for qr with mode " + mode);
    }
    return "complete".equals(mode) ? Linalg.qrComplete(t) : Linalg.qr(t);
  }

  private static Object svd(Arguments a, boolean reduced) {
    Tensor t = a.tensor(0, "A");
    if (!reduced && t.dim() >= 2 && t.size(-1) != t.size(-2)) {
      throw new UnsupportedOperationException("no svd with full matrices");
    }
    return Linalg.svd(t);
  }

  /** {@code torch.svd} gives V where {@code linalg.svd} gives its transpose. */
  private static Object svdOfOld(Arguments a) {
    Object all = Reflection.parts(svd(a, !isOff(a, "some")));
    List<@Nullable Object> parts = new ArrayList<>((List<?>) all);
    parts.set(2, ((Tensor) parts.get(2)).mT());
    return parts;
  }

  private static Tensor withDefaultTolerance(Arguments a) {
    Tensor t = a.tensor(0, "A");
    if (a.get(1, "") instanceof Tensor b && a.positional().size() == 2) {
      // The samples of singular matrices are products.
      return t.matmul(b.mT());
    }
    for (String name : Arrays.asList("atol", "rtol", "rcond", "tol")) {
      if (a.named().get(name) != null) {
        throw new UnsupportedOperationException("no form with " + name);
      }
    }
    return t;
  }
}
