package io.gradus.golden.table;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry;
import io.gradus.tensor.dtype.DType;
import java.util.List;

/** Tensors from sizes and numbers, whose options come first in Java. */
final class Factories {
  private Factories() {}

  static void register(OperationRegistry r) {
    r.add("zeros", a -> Tensor.zeros(options(a), size(a, 0)));
    r.add("ones", a -> Tensor.ones(options(a), size(a, 0)));
    r.signatures("size fill_value dtype=null requires_grad=false", "full");
    r.add("full", a -> Tensor.full(options(a), size(a, 0), number(a, 1, "fill_value")));
    r.add("zeros_like", a -> Tensor.zerosLike(a.tensor(0, "input"), options(a)));
    r.add("ones_like", a -> Tensor.onesLike(a.tensor(0, "input"), options(a)));
    r.add(
        "full_like",
        a -> Tensor.fullLike(a.tensor(0, "input"), number(a, 1, "fill_value"), options(a)));
    r.signature("eye", "n m=null dtype=null requires_grad=false");
    r.add(
        "eye",
        a -> {
          int n = a.integer(0, "n", 0);
          return Tensor.eye(options(a), n, a.integer(1, "m", n));
        });
    r.add("arange", Factories::arange);
    r.signature("multinomial", "input num_samples replacement=false");
    r.add(
        "multinomial",
        a ->
            Tensor.multinomial(
                a.tensor(0, "input"), a.integer(1, "num_samples", 0), a.flag(2, "replacement")));
    r.signatures("start end steps dtype=null requires_grad=false", "linspace");
    r.add(
        "linspace",
        a ->
            Tensor.linspace(
                options(a), number(a, 0, "start"), number(a, 1, "end"), a.integer(2, "steps", -1)));
    r.signatures("start end steps base=10.0 dtype=null requires_grad=false", "logspace");
    r.add(
        "logspace",
        a ->
            Tensor.logspace(
                options(a),
                number(a, 0, "start"),
                number(a, 1, "end"),
                a.integer(2, "steps", -1),
                number(a, 3, "base").doubleValue()));
    r.add(
        "scalar_tensor", a -> Tensor.full(float32(options(a)), new long[0], number(a, 0, "value")));
    r.signatures("input size dtype=null", "new_zeros", "new_ones");
    r.add(
        "new_zeros",
        a -> typed(a) ? Tensor.zeros(options(a), size(a, 1)) : self(a).newZeros(size(a, 1)));
    r.add(
        "new_ones",
        a -> typed(a) ? Tensor.ones(options(a), size(a, 1)) : self(a).newOnes(size(a, 1)));
    r.signatures("input size fill_value dtype=null", "new_full");
    r.add(
        "new_full",
        a -> {
          Number value = number(a, 2, "fill_value");
          return typed(a)
              ? Tensor.full(options(a), size(a, 1), value)
              : self(a).newFull(size(a, 1), value);
        });
    r.signatures("row col offset=0 dtype=null", "tril_indices", "triu_indices");
    r.add("tril_indices", a -> indices(a, true));
    r.add("triu_indices", a -> indices(a, false));
    for (String window : List.of("bartlett", "blackman", "cosine", "hann", "hamming", "nuttall")) {
      r.signature("signal.windows." + window, "M sym=true dtype=null requires_grad=false");
    }
  }

  private static boolean typed(Arguments a) {
    return a.named().get("dtype") != null;
  }

  private static Tensor self(Arguments a) {
    return a.tensor(0, "input");
  }

  private static Tensor indices(Arguments a, boolean lower) {
    int rows = a.integer(0, "row", 0);
    int columns = a.integer(1, "col", 0);
    int offset = a.integer(2, "offset", 0);
    Tensor all =
        lower
            ? Tensor.trilIndices(rows, columns, offset)
            : Tensor.triuIndices(rows, columns, offset);
    return a.named().get("dtype") instanceof DType d ? all.to(d) : all;
  }

  private static Options float32(Options given) {
    return given.dtype() == null ? given.withDtype(Tensor.defaultDtype()) : given;
  }

  private static Options options(Arguments a) {
    Options options = Options.DEFAULT;
    if (a.named().get("dtype") instanceof DType dtype) {
      options = options.withDtype(dtype);
    }
    return options.requiresGrad(a.named().get("requires_grad") instanceof Boolean b && b);
  }

  private static long[] size(Arguments a, int position) {
    if (a.get(position, "size") instanceof List<?> list) {
      return list.stream().mapToLong(x -> (Long) x).toArray();
    }
    throw new UnsupportedOperationException("a size of " + a.get(position, "size"));
  }

  private static Number number(Arguments a, int position, String name) {
    Object v = a.get(position, name);
    if (v instanceof Tensor t) {
      return t.item();
    }
    if (v == null) {
      return 10.0;
    }
    return a.number(position, name, 0);
  }

  private static Tensor arange(Arguments a) {
    Options o = options(a);
    int n = a.positional().size();
    boolean end = a.named().containsKey("end");
    if (n == 1 && !end) {
      return Tensor.arange(o, number(a, 0, "end"));
    }
    Number start = n == 0 ? a.number(9, "start", 0L) : number(a, 0, "start");
    Number stop = n > 1 ? number(a, 1, "end") : number(a, 9, "end");
    return Tensor.arange(o, start, stop, a.number(2, "step", 1L));
  }
}
