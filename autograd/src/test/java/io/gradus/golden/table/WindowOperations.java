package io.gradus.golden.table;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.Windows;
import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry;
import io.gradus.tensor.dtype.DType;
import java.util.List;

/** Windows for signals. */
final class WindowOperations {
  /** A window without parameters of its own. */
  private interface Plain {
    Tensor of(Options options, long size, boolean sym);
  }

  private WindowOperations() {}

  static void register(OperationRegistry r) {
    plain(r, "bartlett", Windows::bartlett);
    plain(r, "blackman", Windows::blackman);
    plain(r, "cosine", Windows::cosine);
    plain(r, "hamming", Windows::hamming);
    plain(r, "hann", Windows::hann);
    plain(r, "nuttall", Windows::nuttall);
    r.add(
        "signal.windows.exponential",
        a ->
            Windows.exponential(
                options(a), size(a), number(a, "center", Double.NaN), number(a, "tau", 1), sym(a)));
    r.add(
        "signal.windows.gaussian",
        a -> Windows.gaussian(options(a), size(a), number(a, "std", 1), sym(a)));
    r.add(
        "signal.windows.kaiser",
        a -> Windows.kaiser(options(a), size(a), number(a, "beta", 12), sym(a)));
    r.add(
        "signal.windows.general_hamming",
        a -> Windows.generalHamming(options(a), size(a), number(a, "alpha", 0.54), sym(a)));
    r.add(
        "signal.windows.general_cosine",
        a ->
            Windows.generalCosine(
                options(a),
                size(a),
                ((List<?>) a.named().get("a"))
                    .stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray(),
                sym(a)));
  }

  private static void plain(OperationRegistry r, String name, Plain window) {
    r.add("signal.windows." + name, a -> window.of(options(a), size(a), sym(a)));
  }

  private static Options options(Arguments a) {
    Options o = a.named().get("dtype") instanceof DType d ? Options.dtype(d) : Options.DEFAULT;
    return o.requiresGrad(a.flag(9, "requires_grad"));
  }

  private static long size(Arguments a) {
    return a.integer(0, "M", 0);
  }

  private static boolean sym(Arguments a) {
    return !(a.named().get("sym") instanceof Boolean b) || b;
  }

  private static double number(Arguments a, String name, double otherwise) {
    return a.number(9, name, otherwise).doubleValue();
  }
}
