package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.InexpressibleException;
import io.gradus.golden.OperationRegistry;
import io.gradus.linalg.Linalg;
import io.gradus.linalg.MatrixNorm;
import io.gradus.tensor.dtype.DType;
import org.jspecify.annotations.Nullable;

/** Norms of vectors and matrices. */
final class Norms {
  private Norms() {}

  static void register(OperationRegistry r) {
    r.signature("linalg.vector_norm", "x ord=2 dim=null keepdim=false dtype=null");
    r.add(
        "linalg.vector_norm",
        a ->
            typed(a)
                .vectorNorm(
                    a.number(1, "ord", 2).doubleValue(), a.dims(2, "dim"), a.flag(3, "keepdim")));
    r.signature("linalg.matrix_norm", "A ord=fro dim=null keepdim=false dtype=null");
    r.add("linalg.matrix_norm", a -> matrix(a, a.get(1, "ord")));
    r.signature("linalg.norm", "A ord=null dim=null keepdim=false dtype=null");
    r.add("linalg.norm", Norms::any);
    r.signatures("input p=fro dim=null keepdim=false dtype=null", "norm");
    r.add("norm", Norms::old);
    r.signature("dist", "input other p=2");
    r.signature("renorm", "input p dim maxnorm");
    r.signature("cdist", "x1 x2 p=2.0 compute_mode=null");
    r.add(
        "cdist",
        a -> a.tensor(0, "x1").cdist(a.tensor(1, "x2"), a.number(2, "p", 2).doubleValue()));
  }

  private static Tensor typed(Arguments a) {
    Tensor t = a.tensor(0, "x");
    return a.named().get("dtype") instanceof DType d ? t.to(d) : t;
  }

  static MatrixNorm named(String name) {
    return switch (name) {
      case "fro" -> MatrixNorm.FRO;
      case "nuc" -> MatrixNorm.NUC;
      default -> throw new InexpressibleException("no norm " + name);
    };
  }

  private static Tensor matrix(Arguments a, @Nullable Object ord) {
    int[] given = a.dims(2, "dim");
    int[] dims = given.length == 0 ? new int[] {-2, -1} : given;
    boolean keep = a.flag(3, "keepdim");
    return switch (ord) {
      case String s -> Linalg.matrixNorm(typed(a), named(s), dims, keep);
      case Number n -> Linalg.matrixNorm(typed(a), n.doubleValue(), dims, keep);
      case null -> Linalg.matrixNorm(typed(a), MatrixNorm.FRO, dims, keep);
      default -> throw new InexpressibleException("no norm " + ord);
    };
  }

  private static Tensor any(Arguments a) {
    int[] dims = a.dims(2, "dim");
    boolean keep = a.flag(3, "keepdim");
    return switch (a.get(1, "ord")) {
      case null -> typed(a).vectorNorm(2, dims, keep);
      case Number n -> Linalg.norm(typed(a), n.doubleValue(), dims, keep);
      case String s -> Linalg.norm(typed(a), named(s), dims, keep);
      default -> throw new InexpressibleException("no norm " + a.get(1, "ord"));
    };
  }

  private static Tensor old(Arguments a) {
    Object p = a.get(1, "p");
    int[] dims = a.dims(2, "dim");
    boolean keep = a.flag(3, "keepdim");
    if ("nuc".equals(p)) {
      return matrix(a, p);
    }
    if (p == null || "fro".equals(p)) {
      return dims.length == 0 && !keep ? typed(a).norm() : typed(a).norm(2, dims, keep);
    }
    return typed(a).norm(a.number(1, "p", 2).doubleValue(), dims, keep);
  }
}
