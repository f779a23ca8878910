package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.InexpressibleException;
import io.gradus.golden.OperationRegistry;
import io.gradus.golden.Reflection;
import io.gradus.nn.Dropouts;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reductions, scans, sorting and what is counted. */
final class Reductions {
  private Reductions() {}

  static void register(OperationRegistry r) {
    r.signatures("input dim=[] keepdim=false dtype=null", "sum", "mean", "nansum", "nanmean");
    r.signatures("input dim=null keepdim=false dtype=null", "prod");
    r.signatures("input dim=[] keepdim=false", "any", "all");
    r.signatures("input dim=[] keepdim=false", "amax", "amin");
    r.signatures("input dim=null keepdim=false", "aminmax", "argmax", "argmin");
    r.signatures("input dim=null keepdim=false", "max", "min", "median", "nanmedian");
    r.add("max", a -> extreme(r, a, "max", "maximum"));
    r.add("min", a -> extreme(r, a, "min", "minimum"));
    r.signature("mode", "input dim=-1 keepdim=false");
    r.signatures("input dim=null", "count_nonzero");
    r.signatures("input dim=[] keepdim=false", "logsumexp");
    r.signatures("input dim dtype=null", "cumsum", "cumprod");
    r.signatures("input dim", "cummax", "cummin", "logcumsumexp");
    r.signatures("input dim dtype=null", "softmax", "log_softmax", "nn.functional.softmin");
    r.rename("nn.functional.softmin", "softmin");
    r.signature("torch.ops.aten._safe_softmax.default", "input dim dtype=null");
    r.rename("torch.ops.aten._safe_softmax.default", "safeSoftmax");
    r.signature("_softmax_backward_data", "grad_output output dim input_dtype");
    r.add(
        "_softmax_backward_data",
        a -> {
          Tensor g =
              a.tensor(0, "grad_output")
                  .softmaxBackward(a.tensor(1, "output"), a.integer(2, "dim", 0));
          return a.get(3, "input_dtype") instanceof DType d ? g.to(d) : g;
        });
    r.add(
        "native_dropout_backward",
        a ->
            Dropouts.dropoutBackward(
                a.tensor(0, "grad_output"),
                a.tensor(1, "mask"),
                a.number(2, "scale", 1).doubleValue()));
    r.signatures(
        "input dim=null correction=1 keepdim=false unbiased=null",
        "var",
        "std",
        "var_mean",
        "std_mean");
    for (String name : new String[] {"var", "std", "var_mean", "std_mean"}) {
      r.add(name, Spreads.of(name));
    }
    r.signature("kthvalue", "input k dim=-1 keepdim=false");
    r.signature("msort", "input");
    r.signature("bincount", "input weights=null minlength=0");
    r.signature("histc", "input bins=100 min=0 max=0");
    Ordering.register(r);
    r.signatures("input n=1 dim=-1 prepend=null append=null", "diff");
    r.signatures("y x=null dx=1.0 dim=-1", "trapezoid", "trapz", "cumulative_trapezoid");
    r.add("trapezoid", Reductions::trapezoid);
    r.add("trapz", Reductions::trapezoid);
    r.add("cumulative_trapezoid", Reductions::running);
  }

  private static Tensor trapezoid(Arguments a) {
    int dim = a.integer(3, "dim", -1);
    Tensor y = a.tensor(0, "y");
    return a.get(1, "x") instanceof Tensor x
        ? y.trapezoid(x, dim)
        : y.trapezoid(a.number(2, "dx", 1.0).doubleValue(), dim);
  }

  private static Tensor running(Arguments a) {
    int dim = a.integer(3, "dim", -1);
    Tensor y = a.tensor(0, "y");
    return a.get(1, "x") instanceof Tensor x
        ? y.cumulativeTrapezoid(x, dim)
        : y.cumulativeTrapezoid(a.number(2, "dx", 1.0).doubleValue(), dim);
  }

  /** PyTorch's {@code max} of two tensors is {@code maximum}. */
  private static Object extreme(OperationRegistry r, Arguments a, String ofOne, String ofTwo) {
    List<@Nullable Object> given = a.positional();
    if (given.size() == 2 && given.get(1) instanceof Tensor) {
      return r.call(ofTwo, new Arguments(given, Map.of()));
    }
    List<@Nullable Object> all = new ArrayList<>();
    all.add(a.tensor(0, "input"));
    if (a.get(1, "dim") != null) {
      all.add(a.get(1, "dim"));
      all.add(a.flag(2, "keepdim"));
    } else if (given.size() > 1) {
      throw new InexpressibleException(ofOne + " of " + given);
    }
    return Reflection.call(ofOne, List.of(all));
  }
}
