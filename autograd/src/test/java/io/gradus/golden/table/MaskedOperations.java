package io.gradus.golden.table;

import io.gradus.Masked;
import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry;
import org.jspecify.annotations.Nullable;

/** Reductions that leave out masked elements. */
final class MaskedOperations {
  /** A reduction over dimensions. */
  private interface Reduction {
    Tensor of(Tensor input, @Nullable Tensor mask, int[] dims, boolean keepdim);
  }

  /** An operation along one dimension. */
  private interface Along {
    Tensor of(Tensor input, int dim, @Nullable Tensor mask);
  }

  private MaskedOperations() {}

  static void register(OperationRegistry r) {
    reduction(r, "sum", Masked::sum);
    reduction(r, "prod", Masked::prod);
    reduction(r, "amax", Masked::amax);
    reduction(r, "amin", Masked::amin);
    reduction(r, "mean", Masked::mean);
    reduction(r, "logsumexp", Masked::logsumexp);
    r.add("masked.var", a -> spread(a, false));
    r.add("masked.std", a -> spread(a, true));
    r.add(
        "masked.argmax",
        a ->
            a.get(1, "dim") instanceof Long
                ? Masked.argmax(
                    self(a), mask(a, "mask"), a.integer(1, "dim", 0), a.flag(9, "keepdim"))
                : Masked.argmax(self(a), mask(a, "mask")));
    r.add(
        "masked.argmin",
        a ->
            a.get(1, "dim") instanceof Long
                ? Masked.argmin(
                    self(a), mask(a, "mask"), a.integer(1, "dim", 0), a.flag(9, "keepdim"))
                : Masked.argmin(self(a), mask(a, "mask")));
    r.add(
        "masked.median",
        a -> Masked.median(self(a), mask(a, "mask"), a.integer(1, "dim", 0), a.flag(9, "keepdim")));
    along(r, "cumsum", Masked::cumsum);
    along(r, "cumprod", Masked::cumprod);
    along(r, "softmax", Masked::softmax);
    along(r, "log_softmax", Masked::logSoftmax);
    along(r, "softmin", Masked::softmin);
    r.add(
        "masked.norm",
        a ->
            Masked.norm(
                self(a),
                a.number(1, "ord", 2.0).doubleValue(),
                mask(a, "mask"),
                a.dims(2, "dim"),
                a.flag(9, "keepdim")));
    r.add(
        "masked.normalize",
        a ->
            Masked.normalize(
                self(a),
                a.number(1, "ord", 2.0).doubleValue(),
                a.integer(2, "dim", 0),
                a.number(9, "eps", 1e-12).doubleValue(),
                mask(a, "mask")));
    r.add(
        "masked.logaddexp",
        a ->
            Masked.logaddexp(
                self(a), a.tensor(1, "other"), mask(a, "input_mask"), mask(a, "other_mask")));
  }

  private static void reduction(OperationRegistry r, String name, Reduction what) {
    r.add(
        "masked." + name,
        a -> what.of(self(a), mask(a, "mask"), a.dims(1, "dim"), a.flag(9, "keepdim")));
  }

  private static void along(OperationRegistry r, String name, Along what) {
    r.add("masked." + name, a -> what.of(self(a), a.integer(1, "dim", 0), mask(a, "mask")));
  }

  private static Tensor spread(Arguments a, boolean root) {
    Object unbiased = a.named().get("unbiased");
    double correction =
        unbiased instanceof Boolean b ? (b ? 1 : 0) : a.number(9, "correction", 1L).doubleValue();
    int[] dims = a.dims(1, "dim");
    boolean keepdim = a.flag(9, "keepdim");
    return root
        ? Masked.std(self(a), mask(a, "mask"), dims, correction, keepdim)
        : Masked.var(self(a), mask(a, "mask"), dims, correction, keepdim);
  }

  private static Tensor self(Arguments a) {
    return a.tensor(0, "input");
  }

  private static @Nullable Tensor mask(Arguments a, String name) {
    return (Tensor) a.named().get(name);
  }
}
