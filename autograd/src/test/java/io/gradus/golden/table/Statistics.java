package io.gradus.golden.table;

import io.gradus.Histogram;
import io.gradus.Tensor;
import io.gradus.exec.Sorting.Interpolation;
import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Quantiles, covariances, histograms and slopes. */
final class Statistics {
  private Statistics() {}

  static void register(OperationRegistry r) {
    r.signatures("input q dim=null keepdim=false interpolation=linear", "quantile", "nanquantile");
    r.add("quantile", a -> quantile(a, false));
    r.add("nanquantile", a -> quantile(a, true));
    r.signature("cov", "input correction=1 fweights=null aweights=null");
    r.add(
        "cov",
        a ->
            a.tensor(0, "input")
                .cov(
                    a.integer(1, "correction", 1),
                    optional(a, 2, "fweights"),
                    optional(a, 3, "aweights")));
    r.signature("gradient", "input spacing=1 dim=null edge_order=1");
    r.add("gradient", Statistics::gradient);
    r.signature("histogram", "input bins range=null weight=null density=false");
    r.add("histogram", Statistics::histogram);
    r.signature("histogramdd", "input bins range=null weight=null density=false");
    r.add("histogramdd", Statistics::grid);
  }

  private static @Nullable Tensor optional(Arguments a, int position, String name) {
    return a.get(position, name) instanceof Tensor t ? t : null;
  }

  private static Tensor quantile(Arguments a, boolean ignoreNan) {
    Tensor t = a.tensor(0, "input");
    Integer dim = a.get(2, "dim") instanceof Long d ? Integer.valueOf(Math.toIntExact(d)) : null;
    boolean keep = a.flag(3, "keepdim");
    Interpolation how =
        a.get(4, "interpolation") instanceof String s
            ? Interpolation.valueOf(s.toUpperCase(Locale.ROOT))
            : Interpolation.LINEAR;
    if (a.get(1, "q") instanceof Tensor q) {
      return ignoreNan ? t.nanquantile(q, dim, keep, how) : t.quantile(q, dim, keep, how);
    }
    double q = a.number(1, "q", 0).doubleValue();
    return ignoreNan ? t.nanquantile(q, dim, keep, how) : t.quantile(q, dim, keep, how);
  }

  private static List<Tensor> gradient(Arguments a) {
    Tensor t = a.tensor(0, "input");
    int[] dims = a.dims(2, "dim");
    int order = a.integer(3, "edge_order", 1);
    Object spacing = a.get(1, "spacing");
    if (spacing instanceof List<?> all && !all.isEmpty() && all.get(0) instanceof Tensor) {
      return t.gradient(all.stream().map(x -> (Tensor) x).toList(), dims, order);
    }
    if (spacing instanceof List<?> all) {
      double[] steps = all.stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray();
      return t.gradient(steps, dims, order);
    }
    double step = spacing instanceof Number n ? n.doubleValue() : 1;
    return t.gradient(step, dims, order);
  }

  private static double @Nullable [] numbers(@Nullable Object list) {
    return list instanceof List<?> all
        ? all.stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray()
        : null;
  }

  private static Object histogram(Arguments a) {
    Tensor t = a.tensor(0, "input");
    Tensor weight = optional(a, 3, "weight");
    boolean density = a.flag(4, "density");
    Histogram h =
        a.get(1, "bins") instanceof Tensor edges
            ? t.histogram(edges, weight, density)
            : t.histogram(a.integer(1, "bins", 0), numbers(a.get(2, "range")), weight, density);
    return List.of(h.hist(), h.edges().get(0));
  }

  private static Object grid(Arguments a) {
    Tensor t = a.tensor(0, "input");
    Tensor weight = optional(a, 3, "weight");
    boolean density = a.flag(4, "density");
    List<?> bins = new ArrayList<>((List<?>) a.get(1, "bins"));
    Histogram h =
        !bins.isEmpty() && bins.get(0) instanceof Tensor
            ? t.histogramdd(bins.stream().map(x -> (Tensor) x).toList(), weight, density)
            : t.histogramdd(
                bins.stream().mapToLong(x -> (Long) x).toArray(),
                numbers(a.get(2, "range")),
                weight,
                density);
    return List.of(h.hist(), h.edges());
  }
}
