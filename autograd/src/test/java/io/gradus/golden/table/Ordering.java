package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.UniqueResult;
import io.gradus.golden.Arguments;
import io.gradus.golden.InexpressibleException;
import io.gradus.golden.OperationRegistry;
import io.gradus.golden.Reflection;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorting, searching and telling values apart. */
final class Ordering {
  private Ordering() {}

  static void register(OperationRegistry r) {
    r.signatures("input dim=-1 descending=false stable=false", "sort", "argsort");
    r.add("sort", a -> sorted(a, "sort"));
    r.add("argsort", a -> sorted(a, "argsort"));
    r.signature("topk", "input k dim=-1 largest=true sorted=true");
    r.add("topk", Ordering::topk);
    r.signature(
        "searchsorted", "sorted_sequence input out_int32=false right=false side=null sorter=null");
    r.add("searchsorted", Ordering::searchsorted);
    r.signature("bucketize", "input boundaries out_int32=false right=false");
    r.add("bucketize", Ordering::bucketize);
    r.signature("unique", "input sorted=true return_inverse=false return_counts=false dim=null");
    r.add("unique", Ordering::unique);
    r.signature("unique_consecutive", "input return_inverse=false return_counts=false dim=null");
    r.add("unique_consecutive", Ordering::consecutive);
    r.signature("isin", "elements test_elements assume_unique=false invert=false");
    r.add("isin", Ordering::isin);
  }

  private static int dim(Arguments a) {
    return a.named().get("dim") instanceof Long n ? Math.toIntExact(n) : -1;
  }

  private static boolean is(Arguments a, String name) {
    return a.named().get(name) instanceof Boolean b && b;
  }

  /** Ours is always stable. */
  private static @Nullable Object sorted(Arguments a, String name) {
    List<@Nullable Object> all = new ArrayList<>();
    all.add(a.tensor(0, "input"));
    all.add((long) dim(a));
    all.add(is(a, "descending"));
    return Reflection.call(name, List.of(all));
  }

  private static Object topk(Arguments a) {
    boolean largest = !(a.named().get("largest") instanceof Boolean b) || b;
    return a.tensor(0, "input").topk((Long) a.named().get("k"), dim(a), largest);
  }

  private static Tensor narrowed(Arguments a, Tensor positions) {
    return is(a, "out_int32") ? positions.to(DType.I32) : positions;
  }

  private static Tensor searchsorted(Arguments a) {
    Tensor sequence = a.tensor(0, "sorted_sequence");
    boolean right = is(a, "right") || "right".equals(a.named().get("side"));
    Object values = a.get(1, "input");
    if (a.named().get("sorter") instanceof Tensor sorter) {
      Tensor all = values instanceof Tensor t ? t : Tensor.scalar(a.number(1, "input", 0));
      return narrowed(a, sequence.searchsorted(all, right, sorter));
    }
    return narrowed(
        a,
        values instanceof Tensor t
            ? sequence.searchsorted(t, right)
            : sequence.searchsorted(a.number(1, "input", 0), right));
  }

  private static Tensor bucketize(Arguments a) {
    if (!(a.get(0, "input") instanceof Tensor values)) {
      return narrowed(
          a, a.tensor(1, "boundaries").searchsorted(a.number(0, "input", 0), is(a, "right")));
    }
    return narrowed(a, values.bucketize(a.tensor(1, "boundaries"), is(a, "right")));
  }

  /** A number among the elements, or elements for a number, count as 0-dim. */
  private static Tensor isin(Arguments a) {
    Tensor elements = zeroDim(a.get(0, "elements"));
    return elements.isin(zeroDim(a.get(1, "test_elements")), a.flag(3, "invert"));
  }

  private static Tensor zeroDim(@Nullable Object v) {
    if (v instanceof Tensor t) {
      return t;
    }
    if (!(v instanceof Number n)) {
      throw new InexpressibleException("neither a tensor nor a number: " + v);
    }
    return Tensor.scalar(n);
  }

  private static Object unique(Arguments a) {
    Tensor t = a.tensor(0, "input");
    return asked(a, a.named().get("dim") == null ? t.uniqueWithCounts() : t.unique(dim(a)));
  }

  private static Object consecutive(Arguments a) {
    Tensor t = a.tensor(0, "input");
    return asked(
        a, a.named().get("dim") == null ? t.uniqueConsecutive() : t.uniqueConsecutive(dim(a)));
  }

  private static Object asked(Arguments a, UniqueResult all) {
    List<Tensor> parts = new ArrayList<>(List.of(all.values()));
    if (is(a, "return_inverse")) {
      parts.add(all.inverse());
    }
    if (is(a, "return_counts")) {
      parts.add(all.counts());
    }
    return parts.size() == 1 ? parts.getFirst() : parts;
  }
}
