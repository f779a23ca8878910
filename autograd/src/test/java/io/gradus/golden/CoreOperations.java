package io.gradus.golden;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import java.util.Arrays;

/** Operations whose Java form is not the camel-case method with the same arguments. */
final class CoreOperations {
  private CoreOperations() {}

  static void register(OperationRegistry r) {
    r.add("long", OperationRegistry.to(DType.I64));
    r.add("float", OperationRegistry.to(DType.F32));
    r.add("double", OperationRegistry.to(DType.F64));
    r.add("requires_grad_", a -> self(a).requiresGrad_(!a.has(1, "flag") || a.flag(1, "flag")));
    r.add("where", CoreOperations::where);
    r.add("tolist", a -> Arrays.stream(self(a).doubleArray()).boxed().toList());
    r.add("numpy", CoreOperations::numpy);
  }

  private static Object numpy(Arguments a) {
    if (self(a).requiresGrad()) {
      throw new AutogradException("Can't call numpy() on Tensor that requires grad");
    }
    return self(a).doubleArray();
  }

  /** The golden files name the value first: (self, condition, other). */
  private static Tensor where(Arguments a) {
    Tensor condition = a.tensor(1, "condition");
    Object self = a.get(0, "self");
    Object other = a.get(2, "other");
    if (self instanceof Tensor s) {
      return other instanceof Tensor o
          ? Tensor.where(condition, s, o)
          : Tensor.where(condition, s, a.number(2, "other", 0L));
    }
    Number s = a.number(0, "self", 0L);
    return other instanceof Tensor o
        ? Tensor.where(condition, s, o)
        : Tensor.where(condition, s, a.number(2, "other", 0L));
  }

  private static Tensor self(Arguments a) {
    return a.tensor(0, "self");
  }
}
