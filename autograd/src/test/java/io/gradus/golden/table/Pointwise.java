package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.InexpressibleException;
import io.gradus.golden.OperationRegistry;
import io.gradus.golden.OperationRegistry.Operation;
import io.gradus.tensor.dtype.DType;

/** Arithmetic, comparisons, bounds, conversions. */
final class Pointwise {
  private Pointwise() {}

  static void register(OperationRegistry r) {
    r.signatures("input other alpha=1", "add", "sub", "rsub");
    r.signatures("input tensor1 tensor2 value=1", "addcmul", "addcdiv");
    r.signatures("input min=null max=null", "clamp", "clip");
    r.signatures("input other rounding_mode=null", "div");
    r.signature("true_divide", "input other");
    r.signatures("input other rtol=1e-5 atol=1e-8 equal_nan=false", "isclose", "allclose");
    r.signature("nan_to_num", "input nan=0.0 posinf=null neginf=null");
    r.signature("round", "input decimals=0");
    r.signature("logit", "input eps=null");
    r.signature("fill", "input value");
    r.signature("mvlgamma", "input p");
    r.signatures("input n", "polygamma", "special.polygamma");
    r.signature("where", "input condition other");
    r.numbers("bitwise_and", "bitwise_or", "bitwise_xor", "true_divide");
    r.numbers("bitwise_left_shift", "bitwise_right_shift");
    r.numbers("add", "sub", "mul", "div", "remainder", "pow", "float_power", "floor_divide");
    r.numbers("xlogy", "special.xlog1py", "special.zeta");
    for (String kind : new String[] {"chebyshev", "shifted_chebyshev"}) {
      for (String letter : new String[] {"t", "u", "v", "w"}) {
        r.numbers("special." + kind + "_polynomial_" + letter);
      }
    }
    r.numbers("special.hermite_polynomial_h", "special.hermite_polynomial_he");
    r.numbers("special.laguerre_polynomial_l", "special.legendre_polynomial_p");
    reversed(r);
    conversions(r);
    r.rename("special.xlog1py", "xlog1py");
    r.rename("special.polygamma", "polygamma");
  }

  private static void reversed(OperationRegistry r) {
    r.add("__radd__", swapped(r, "add"));
    r.add("__rmul__", swapped(r, "mul"));
    r.add("__rsub__", swapped(r, "sub"));
    r.add("__rdiv__", swapped(r, "div"));
    r.add("__rmod__", swapped(r, "remainder"));
    r.add("__rpow__", swapped(r, "pow"));
    r.add("__rand__", swapped(r, "bitwise_and"));
    r.add("__ror__", swapped(r, "bitwise_or"));
    r.add("__rxor__", swapped(r, "bitwise_xor"));
    r.add("__rmatmul__", swapped(r, "matmul"));
  }

  /** The number or tensor on the left is the second argument. */
  private static Operation swapped(OperationRegistry r, String operation) {
    return a -> {
      java.util.List<Object> operands = new java.util.ArrayList<>(a.positional());
      if (!(operands.get(0) instanceof Tensor)) {
        throw new InexpressibleException(operation + " of a number");
      }
      java.util.Collections.swap(operands, 0, 1);
      return r.call(operation, new Arguments(operands, java.util.Map.of()));
    };
  }

  private static void conversions(OperationRegistry r) {
    r.add("half", OperationRegistry.to(DType.F16));
    r.add("bfloat16", OperationRegistry.to(DType.BF16));
    r.add("float", OperationRegistry.to(DType.F32));
    r.add("double", OperationRegistry.to(DType.F64));
    r.add("byte", OperationRegistry.to(DType.U8));
    r.add("char", OperationRegistry.to(DType.I8));
    r.add("short", OperationRegistry.to(DType.I16));
    r.add("int", OperationRegistry.to(DType.I32));
    r.add("long", OperationRegistry.to(DType.I64));
    r.add("bool", OperationRegistry.to(DType.BOOL));
    r.add("to", Pointwise::to);
    r.add("item", Pointwise::item);
  }

  private static Tensor to(Arguments a) {
    Tensor t = a.tensor(0, "input");
    for (Object part : a.positional().subList(1, a.positional().size())) {
      if (part instanceof DType dtype) {
        return again(a, t.to(dtype));
      }
      if (part instanceof Tensor like) {
        return again(a, t.to(like.device()).to(like.dtype()));
      }
    }
    throw new UnsupportedOperationException("conversion without a dtype");
  }

  /** The last of the flags asks for a copy even where nothing changes. */
  private static Tensor again(Arguments a, Tensor converted) {
    boolean copy = a.positional().getLast() instanceof Boolean b && b;
    return copy && converted == a.tensor(0, "input") ? converted.clone() : converted;
  }

  /** PyTorch gives a Python bool where ours is a number. */
  private static Object item(Arguments a) {
    Tensor t = a.tensor(0, "input");
    Number n = t.item();
    return t.dtype() == DType.BOOL ? (Object) (n.longValue() != 0) : n;
  }
}
