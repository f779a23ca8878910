package io.gradus.golden.table;

import io.gradus.Autograd;
import io.gradus.GradOptions;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry;
import io.gradus.graph.GradMode;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pools, whose options are a record here and whose indices always come along. */
final class Pools {
  private static final String F = "nn.functional.";

  private Pools() {}

  static void register(OperationRegistry r) {
    for (int d = 1; d <= 3; d++) {
      int n = d;
      r.add(F + "max_pool" + n + "d", a -> max(a, n));
      r.add(
          F + "avg_pool" + n + "d",
          a ->
              Pooling.avgPool(
                  a.tensor(0, "input"),
                  n,
                  options(a)
                      .ceilMode(a.flag(4, "ceil_mode"))
                      .countIncludePad(
                          !a.has(5, "count_include_pad") || a.flag(5, "count_include_pad"))
                      .divisorOverride(a.get(6, "divisor_override") instanceof Long v ? v : null)));
      r.add(
          F + "adaptive_avg_pool" + n + "d",
          a -> Pooling.adaptiveAvgPool(a.tensor(0, "input"), n, sizes(a)));
      r.add(
          F + "adaptive_max_pool" + n + "d",
          a -> {
            ValuesIndices found = Pooling.adaptiveMaxPool(a.tensor(0, "input"), n, sizes(a));
            return a.flag(2, "return_indices") ? found : found.values();
          });
      r.add(F + "max_unpool" + n + "d", a -> unpool(a, n));
    }
    r.add("max_pool2d_with_indices_backward", Pools::spread);
  }

  private static Object max(Arguments a, int n) {
    PoolOptions o =
        options(a).dilation(Convolving.longs(a, 4, "dilation", 1)).ceilMode(a.flag(5, "ceil_mode"));
    ValuesIndices found = Pooling.maxPool(a.tensor(0, "input"), n, o);
    return a.flag(6, "return_indices") ? found : found.values();
  }

  /** The sample of this name is the gradient of the sum of what the pool picks. */
  private static Tensor spread(Arguments a) {
    Tensor given = a.tensor(0, "input");
    Tensor x = given.detach().requiresGrad_();
    try (GradMode.Scope _ = GradMode.enableGrad()) {
      Map<String, Object> named = new HashMap<>(a.named());
      named.put("return_indices", false);
      Tensor y = (Tensor) max(new Arguments(List.of(x), named), 2);
      return Autograd.grad(
              List.of(y),
              List.of(x),
              GradOptions.DEFAULT.gradOutputs(List.of(Tensor.onesLike(y.detach()))))
          .get(0);
    }
  }

  private static PoolOptions options(Arguments a) {
    PoolOptions o =
        PoolOptions.of(Convolving.longs(a, 1, "kernel_size", 1))
            .padding(Convolving.longs(a, 3, "padding", 0));
    Object stride = a.get(2, "stride");
    return stride == null || stride instanceof List<?> l && l.isEmpty()
        ? o
        : o.stride(Convolving.longs(a, 2, "stride", 1));
  }

  private static long[] sizes(Arguments a) {
    Object v = a.get(1, "output_size");
    return v instanceof List<?> list
        ? list.stream().mapToLong(x -> x == null ? Pooling.KEEP : (Long) x).toArray()
        : new long[] {v instanceof Long s ? s : Pooling.KEEP};
  }

  private static Tensor unpool(Arguments a, int n) {
    Tensor x = a.tensor(0, "input");
    long[] size = Convolving.longs(a, 5, "output_size", 1);
    return Pooling.maxUnpool(
        x,
        a.tensor(1, "indices"),
        n,
        Arrays.copyOfRange(size, Math.max(0, size.length - n), size.length));
  }
}
