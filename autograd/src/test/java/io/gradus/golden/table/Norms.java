package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry;
import io.gradus.linalg.Linalg;
import io.gradus.tensor.dtype.DType;

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

  /** Ours are of the last two dimensions, which disappear. */
  private static Tensor matrix(Arguments a, Object ord) {
    Tensor t = typed(a);
    int[] dims = a.dims(2, "dim");
    if (dims.length == 2) {
      t = t.movedim(dims, new int[] {-2, -1});
    }
    Tensor norm =
        switch (ord) {
          case String s when s.equals("nuc") -> Linalg.nuclearNorm(t);
          case Number n -> Linalg.matrixNorm(t, n.doubleValue());
          case null, default -> Linalg.matrixNorm(t);
        };
    if (a.flag(3, "keepdim")) {
      int rank = t.dim();
      int[] at = dims.length == 2 ? dims.clone() : new int[] {rank - 2, rank - 1};
      for (int i = 0; i < 2; i++) {
        at[i] = at[i] < 0 ? at[i] + rank : at[i];
      }
      return norm.unsqueeze(Math.min(at[0], at[1])).unsqueeze(Math.max(at[0], at[1]));
    }
    return norm;
  }

  private static Tensor any(Arguments a) {
    Object ord = a.get(1, "ord");
    int[] dims = a.dims(2, "dim");
    boolean one = dims.length == 1 || dims.length == 0 && a.tensor(0, "A").dim() == 1;
    if (ord == null || one) {
      return typed(a).vectorNorm(a.number(1, "ord", 2).doubleValue(), dims, a.flag(3, "keepdim"));
    }
    return matrix(a, ord);
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
