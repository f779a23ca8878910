package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.InexpressibleException;
import io.gradus.golden.OperationRegistry;
import io.gradus.linalg.Linalg;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matrix products, decompositions and what is built from them. */
final class Matrices {
  private Matrices() {}

  static void register(OperationRegistry r) {
    r.signatures("input mat1 mat2 beta=1 alpha=1", "addmm", "addbmm", "baddbmm", "addmv", "addr");
    r.signature("cross", "input other dim=null");
    r.add("cross", Matrices::cross);
    r.signature("linalg.cross", "input other dim=-1");
    r.add(
        "linalg.cross",
        a -> a.tensor(0, "input").cross(a.tensor(1, "other"), a.integer(2, "dim", -1)));
    r.signature("tensordot", "a b dims=2");
    r.add("tensordot", Matrices::tensordot);
    r.signature("einsum", "operands equation");
    r.add("einsum", Matrices::einsum);
    r.signature("linalg.vecdot", "x y dim=-1");
    r.signature("linalg.vander", "x N=null");
    r.add("linalg.vander", Matrices::vander);
    r.signature("vander", "x N=null increasing=false");
    r.add("vander", Matrices::oldVander);
    r.add("linalg.multi_dot", a -> Tensor.multiDot(tensors(a.get(0, "tensors"))));
    Decompositions.register(r);
    Norms.register(r);
  }

  private static List<Tensor> tensors(@Nullable Object list) {
    List<Tensor> all = new ArrayList<>();
    if (!(list instanceof List<?> given)) {
      throw new InexpressibleException("no list of tensors: " + list);
    }
    for (Object part : given) {
      all.add((Tensor) part);
    }
    return all;
  }

  private static Tensor einsum(Arguments a) {
    if (!(a.get(1, "equation") instanceof String equation)) {
      throw new InexpressibleException("no equation: " + a.get(1, "equation"));
    }
    return Tensor.einsum(equation, tensors(a.get(0, "operands")).toArray(new Tensor[0]));
  }

  private static Tensor tensordot(Arguments a) {
    Object dims = a.get(2, "dims");
    if (dims instanceof List<?> both && both.size() == 2 && both.get(0) instanceof List<?> one) {
      return a.tensor(0, "a").tensordot(a.tensor(1, "b"), ints(one), ints((List<?>) both.get(1)));
    }
    return a.tensor(0, "a").tensordot(a.tensor(1, "b"), a.integer(2, "dims", 2));
  }

  private static int[] ints(List<?> list) {
    return list.stream().mapToInt(x -> Math.toIntExact((Long) x)).toArray();
  }

  /** Without a dimension, the first of size 3, as PyTorch's older form. */
  private static Tensor cross(Arguments a) {
    Tensor t = a.tensor(0, "input");
    Tensor other = a.tensor(1, "other");
    if (a.get(2, "dim") != null) {
      return t.cross(other, a.integer(2, "dim", -1));
    }
    for (int d = 0; d < t.dim(); d++) {
      if (t.size(d) == 3) {
        return t.cross(other, d);
      }
    }
    return t.cross(other, -1);
  }

  private static Tensor vander(Arguments a) {
    Tensor t = a.tensor(0, "x");
    return a.get(1, "N") == null ? Linalg.vander(t) : Linalg.vander(t, a.integer(1, "N", 0));
  }

  /** The older form, descending by default. */
  private static Tensor oldVander(Arguments a) {
    Tensor t = a.tensor(0, "x");
    int columns = a.integer(1, "N", t.dim() == 0 ? 0 : Math.toIntExact(t.size(-1)));
    return t.vander(columns, a.flag(2, "increasing"));
  }
}
