package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.InexpressibleException;
import io.gradus.golden.OperationRegistry;
import io.gradus.golden.Reflection;
import io.gradus.golden.Subscripts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Subscripts, gathering and scattering. */
final class Picking {
  private Picking() {}

  static void register(OperationRegistry r) {
    r.signatures("input dim index", "gather", "index_select");
    r.signatures("input dim index src reduce=null", "scatter");
    r.add("scatter", a -> scatter(a, ""));
    r.add("scatter_", a -> scatter(a, "_"));
    r.signatures("input dim index src", "scatter_add");
    r.signatures("input dim index src reduce include_self=true", "scatter_reduce");
    r.signatures("input dim index source reduce include_self=true", "index_reduce");
    r.signatures("input dim index source alpha=1", "index_add");
    r.signatures("input dim index source", "index_copy");
    r.signatures("input dim index value", "index_fill");
    r.signatures("input indices values accumulate=false", "index_put");
    r.signatures("input index source accumulate=false", "put");
    r.signatures("input index", "take");
    r.signatures("input indices dim=null", "take_along_dim");
    r.signatures("input mask value", "masked_fill");
    r.signatures("input mask source", "masked_scatter");
    r.signatures("input mask", "masked_select");
    r.signatures("input as_tuple=false", "nonzero");
    r.signatures("input size fill_value=-1", "nonzero_static");
    r.signature("unravel_index", "indices shape");
    r.add("__getitem__", a -> Subscripts.get(a.tensor(0, "input"), parts(a.get(1, "index"))));
    r.add("index_put", a -> put(a, false));
    r.add(
        "_unsafe_masked_index",
        a ->
            a.tensor(0, "input")
                .maskedIndex(
                    a.tensor(1, "mask"), indices(a.get(2, "indices")), a.number(3, "fill", 0)));
    r.add(
        "_unsafe_masked_index_put_accumulate",
        a ->
            a.tensor(0, "input")
                .maskedIndexPut(
                    a.tensor(1, "mask"), indices(a.get(2, "indices")), a.tensor(3, "values")));
    r.add("index_put_", a -> put(a, true));
    r.add("nonzero", Picking::nonzero);
  }

  private static List<@Nullable Object> parts(@Nullable Object index) {
    if (index instanceof List<?> list) {
      boolean positions = !list.isEmpty() && list.stream().allMatch(x -> x instanceof Long);
      return positions ? List.of(list) : new ArrayList<>(list);
    }
    List<@Nullable Object> one = new ArrayList<>();
    one.add(index);
    return one;
  }

  /** {@code reduce} is a reduction of its own here. */
  private static @Nullable Object scatter(Arguments a, String ending) {
    List<@Nullable Object> all = new ArrayList<>(a.positional().subList(0, 1));
    all.add(a.get(1, "dim"));
    all.add(a.get(2, "index"));
    all.add(a.get(3, "src") == null ? a.named().get("value") : a.get(3, "src"));
    Object reduce = a.get(4, "reduce");
    if (reduce == null) {
      return Reflection.call("scatter" + ending, List.of(all));
    }
    all.add(reduce.equals("add") ? "sum" : "prod");
    return Reflection.call("scatter" + ending, List.of(all));
  }

  private static List<@Nullable Tensor> indices(@Nullable Object list) {
    if (!(list instanceof List<?> parts)) {
      throw new InexpressibleException("no list of index tensors: " + list);
    }
    List<@Nullable Tensor> indices = new ArrayList<>();
    for (Object part : parts) {
      indices.add((Tensor) part);
    }
    return indices;
  }

  private static Tensor put(Arguments a, boolean inPlace) {
    List<@Nullable Tensor> indices = indices(a.get(1, "indices"));
    Tensor self = a.tensor(0, "input");
    Tensor values = a.tensor(2, "values");
    boolean accumulate = a.flag(3, "accumulate");
    return inPlace
        ? self.indexPut_(indices, values, accumulate)
        : self.indexPut(indices, values, accumulate);
  }

  /** As a tuple: one column each. */
  private static Object nonzero(Arguments a) {
    Tensor rows = a.tensor(0, "input").nonzero();
    if (!a.flag(1, "as_tuple")) {
      return rows;
    }
    if (a.tensor(0, "input").dim() == 0) {
      return List.of(rows.sum(1).add(0));
    }
    List<Tensor> columns = new ArrayList<>();
    for (int d = 0; d < rows.size(1); d++) {
      columns.add(rows.select(1, d));
    }
    return columns;
  }
}
