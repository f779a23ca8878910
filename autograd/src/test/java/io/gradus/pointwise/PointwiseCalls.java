package io.gradus.pointwise;

import io.gradus.RoundingMode;
import io.gradus.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes recorded calls: most are the method of the same name, in camel case. */
public final class PointwiseCalls {
  private PointwiseCalls() {}

  /** The result of {@code op(args, kwargs)}; null where there is no such form here. */
  public static @Nullable Object call(String op, List<Object> args, Map<String, Object> kwargs) {
    return call(op, args, kwargs, "");
  }

  /**
   * As {@link #call(String, List, Map)}, in place where the suffix is an underscore.
   *
   * @param suffix empty or an underscore
   */
  public static @Nullable Object call(
      String op, List<Object> args, Map<String, Object> kwargs, String suffix) {
    String name = camel(op.replace("nn.functional.", "").replace("special.", ""));
    List<Object> all = new ArrayList<>(args);
    switch (name) {
      case "add", "sub", "rsub" -> append(all, kwargs, 2, "alpha", null);
      case "addcmul", "addcdiv" -> append(all, kwargs, 3, "value", 1L);
      case "div" -> append(all, kwargs, 2, "rounding_mode", null);
      case "clamp", "clip" -> {
        append(all, kwargs, 1, "min", GoldenValue.NONE);
        append(all, kwargs, 2, "max", GoldenValue.NONE);
      }
      case "nanToNum" -> {
        append(all, kwargs, 1, "nan", 0.0);
        append(all, kwargs, 2, "posinf", GoldenValue.NONE);
        append(all, kwargs, 3, "neginf", GoldenValue.NONE);
      }
      case "isclose", "allclose" -> {
        append(all, kwargs, 2, "rtol", 1e-5);
        append(all, kwargs, 3, "atol", 1e-8);
        append(all, kwargs, 4, "equal_nan", false);
      }
      case "logit" -> append(all, kwargs, 1, "eps", null);
      case "round" -> append(all, kwargs, 1, "decimals", null);
      case "leakyRelu" -> append(all, kwargs, 1, "negative_slope", 0.01);
      case "elu", "celu" -> append(all, kwargs, 1, "alpha", 1.0);
      case "gelu" -> append(all, kwargs, 1, "approximate", "none");
      case "softplus" -> {
        append(all, kwargs, 1, "beta", 1.0);
        append(all, kwargs, 2, "threshold", 20.0);
      }
      case "softshrink", "hardshrink" -> append(all, kwargs, 1, "lambd", 0.5);
      case "hardtanh" -> {
        append(all, kwargs, 1, "min_val", -1.0);
        append(all, kwargs, 2, "max_val", 1.0);
      }
      case "threshold" -> {
        append(all, kwargs, 1, "threshold", null);
        append(all, kwargs, 2, "value", null);
      }
      case "lerp" -> append(all, kwargs, 2, "weight", null);
      case "mvlgamma" -> append(all, kwargs, 1, "p", null);
      case "trueDivide" -> name = "div";
      case "clampMin" -> append(all, kwargs, 1, "min", null);
      case "clampMax" -> append(all, kwargs, 1, "max", null);
      default -> {}
    }
    all.removeIf(a -> a.equals("unused"));
    kwargs.remove("inplace");
    if (!kwargs.isEmpty()) {
      return null;
    }
    return invoke(name + suffix, all);
  }

  private static void append(
      List<Object> all, Map<String, Object> kwargs, int at, String key, @Nullable Object missing) {
    Object given = kwargs.remove(key);
    if (all.size() == at) {
      Object value = given == null ? missing : given;
      if (value != null) {
        all.add(value);
      }
    }
  }

  private static String camel(String name) {
    StringBuilder out = new StringBuilder();
    for (String part : name.split("_")) {
      out.append(
          out.isEmpty() || part.isEmpty()
              ? part
              : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return out.toString();
  }

  private static @Nullable Object invoke(String name, List<Object> args) {
    boolean reversed = !(args.getFirst() instanceof Tensor);
    if (reversed) {
      String other = Map.of("pow", "rpow", "sub", "rsub", "div", "rdiv").get(name);
      if (other == null || args.size() != 2 || !(args.get(1) instanceof Tensor)) {
        return null;
      }
      return invoke(other, List.of(args.get(1), args.getFirst()));
    }
    for (Method m : Tensor.class.getMethods()) {
      Class<?>[] types = m.getParameterTypes();
      if (!m.getName().equals(name)
          || types.length != args.size() - 1
          || java.lang.reflect.Modifier.isStatic(m.getModifiers())) {
        continue;
      }
      @Nullable Object[] values = new Object[types.length];
      boolean fits = true;
      for (int i = 0; i < types.length && fits; i++) {
        values[i] = convert(args.get(i + 1), types[i]);
        fits = values[i] != null || args.get(i + 1) == GoldenValue.NONE && !types[i].isPrimitive();
      }
      if (fits) {
        try {
          return m.invoke(args.getFirst(), values);
        } catch (InvocationTargetException e) {
          throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return null;
  }

  private static @Nullable Object convert(Object a, Class<?> type) {
    if (type == Tensor.class) {
      return a instanceof Tensor ? a : null;
    }
    if (type == String.class) {
      return a instanceof String ? a : null;
    }
    if (type == RoundingMode.class) {
      return a == GoldenValue.NONE
          ? RoundingMode.NONE
          : a instanceof String s
              ? RoundingMode.valueOf(s.toUpperCase(java.util.Locale.ROOT))
              : null;
    }
    if (type == boolean.class) {
      return a instanceof Boolean ? a : null;
    }
    if (a instanceof Number n) {
      return type == Number.class
          ? n
          : type == double.class || type == Double.class
              ? (Object) n.doubleValue()
              : type == int.class && !(n instanceof Double) ? (Object) n.intValue() : null;
    }
    return null;
  }
}
