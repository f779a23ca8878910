package io.gradus.golden;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.layout.Shape;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the method of a tensor that PyTorch's name and arguments mean. */
final class ReflectiveCalls {
  private record Fit(Method method, @Nullable Object[] arguments, int cost) {}

  private static final Object UNFIT = new Object();
  private static final Map<String, List<String>> ROOMS =
      Map.of(
          "nn.functional.",
              List.of(
                  "io.gradus.nn.Functional",
                  "io.gradus.nn.ElementLosses",
                  "io.gradus.nn.MarginLosses",
                  "io.gradus.nn.Distances",
                  "io.gradus.nn.Normalizations",
                  "io.gradus.nn.Rearrangements",
                  "io.gradus.nn.Lookups",
                  "io.gradus.nn.Gates",
                  "io.gradus.nn.Attention",
                  "io.gradus.nn.Dropouts"),
          "linalg.", List.of("io.gradus.linalg.Linalg"),
          "special.", List.of("io.gradus.Special"),
          "fft.", List.of("io.gradus.Fft", "io.gradus.fft.Fft"),
          "masked.", List.of("io.gradus.Masked"),
          "signal.windows.", List.of("io.gradus.Windows"));

  /** Java makes new objects of all methods whenever it is asked. */
  private static final ClassValue<Map<String, List<Method>>> METHODS =
      new ClassValue<>() {
        @Override
        protected Map<String, List<Method>> computeValue(Class<?> type) {
          return Arrays.stream(type.getMethods())
              .filter(m -> !m.isBridge())
              .collect(Collectors.groupingBy(Method::getName));
        }
      };

  private ReflectiveCalls() {}

  /** {@code index_select} becomes {@code indexSelect}; a trailing underscore stays. */
  static String camelCase(String name) {
    StringBuilder out = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' && i > 0 && i < name.length() - 1) {
        upper = true;
      } else {
        out.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return out.toString();
  }

  /** All our methods for one of PyTorch's names. */
  static List<Method> named(String name, String ours) {
    String prefix = name.substring(0, name.lastIndexOf('.') + 1);
    List<Method> all = new ArrayList<>();
    for (String room : ROOMS.getOrDefault(prefix, List.of())) {
      try {
        all.addAll(methods(Class.forName(room), ours));
      } catch (ClassNotFoundException e) {
        continue;
      }
    }
    // What unfold means for a tensor is another thing.
    boolean same = !name.equals("nn.functional.unfold");
    if (prefix.isEmpty()
        || prefix.startsWith("torch.ops.")
        || prefix.equals("nn.functional.") && same
        || prefix.equals("special.")) {
      all.addAll(methods(Tensor.class, ours));
    }
    return all;
  }

  /** The methods of a class with a name. */
  static List<Method> methods(Class<?> type, String name) {
    return METHODS.get(type).getOrDefault(name, List.of());
  }

  /** Calls a method of an object, chosen as in {@link #call}. */
  static @Nullable Object on(Object receiver, String name, List<List<@Nullable Object>> spellings) {
    for (List<@Nullable Object> arguments : spellings) {
      Fit best = null;
      for (Method m : methods(receiver.getClass(), name)) {
        Fit fit = fit(m, arguments);
        if (fit != null && (best == null || fit.cost < best.cost)) {
          best = fit;
        }
      }
      if (best != null) {
        return invoke(best, receiver);
      }
    }
    throw new NoOverloadException("no form of " + name + " for " + kinds(spellings.getLast()));
  }

  /** Calls the best match of the first spelling of the arguments that has one. */
  static @Nullable Object call(String name, String ours, List<List<@Nullable Object>> spellings) {
    List<Method> methods = named(name, ours);
    for (List<@Nullable Object> arguments : spellings) {
      Fit best = null;
      for (Method m : methods) {
        boolean fixed = Modifier.isStatic(m.getModifiers());
        if (!fixed && (arguments.isEmpty() || !(arguments.get(0) instanceof Tensor))) {
          continue;
        }
        List<@Nullable Object> rest = fixed ? arguments : arguments.subList(1, arguments.size());
        Fit fit = fit(m, rest);
        if (fit != null && (best == null || fit.cost < best.cost)) {
          best = fit;
        }
      }
      if (best != null) {
        return invoke(
            best, Modifier.isStatic(best.method.getModifiers()) ? null : arguments.get(0));
      }
    }
    throw new NoOverloadException("no form of " + name + " for " + kinds(spellings.getLast()));
  }

  private static @Nullable Object invoke(Fit fit, @Nullable Object receiver) {
    try {
      return normal(fit.method.invoke(receiver, fit.arguments));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Arrays and records of tensors as lists. */
  static @Nullable Object normal(@Nullable Object result) {
    if (result instanceof Tensor[] all) {
      return Arrays.asList(all);
    }
    if (result instanceof Record) {
      List<@Nullable Object> parts = new ArrayList<>();
      for (RecordComponent c : result.getClass().getRecordComponents()) {
        try {
          parts.add(c.getAccessor().invoke(result));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
      return parts;
    }
    return result instanceof Float f ? Double.valueOf(f) : result;
  }

  private static @Nullable Fit fit(Method m, List<@Nullable Object> given) {
    Class<?>[] types = m.getParameterTypes();
    if (types.length == given.size()) {
      Fit plain = fit(m, types, given, 0);
      if (plain != null) {
        return plain;
      }
    }
    if (m.isVarArgs() && given.size() >= types.length - 1) {
      List<@Nullable Object> packed = new ArrayList<>(given.subList(0, types.length - 1));
      packed.add(new ArrayList<>(given.subList(types.length - 1, given.size())));
      return fit(m, types, packed, 10);
    }
    return null;
  }

  private static @Nullable Fit fit(
      Method m, Class<?>[] types, List<@Nullable Object> given, int base) {
    @Nullable Object[] out = new Object[types.length];
    int cost = base;
    for (int i = 0; i < types.length; i++) {
      Object v = convert(types[i], given.get(i));
      if (v == UNFIT) {
        return null;
      }
      out[i] = v;
      cost += given.get(i) instanceof Long && types[i] == double.class ? 1 : 0;
      cost += types[i].isArray() && given.get(i) instanceof Long ? 2 : 0;
    }
    return new Fit(m, out, cost);
  }

  private static @Nullable Object convert(Class<?> type, @Nullable Object v) {
    if (v == null) {
      return type.isPrimitive() || type.isArray() ? UNFIT : null;
    }
    if (type.isInstance(v)) {
      return v;
    }
    if (v instanceof String text && type.isEnum()) {
      return constant(type, text);
    }
    if (v instanceof List<?> list && type == Shape.class) {
      return Shape.of(list.stream().mapToLong(x -> (Long) x).toArray());
    }
    if (v instanceof Long n) {
      return type == int.class || type == Integer.class
          ? (Object) Math.toIntExact(n)
          : type == long.class
              ? n
              : type == double.class || type == Double.class
                  ? (Object) (double) n
                  : array(type, List.of(n));
    }
    if (v instanceof Double n) {
      return type == double.class ? n : UNFIT;
    }
    if (v instanceof Boolean b) {
      return type == boolean.class ? b : type == Number.class ? (Object) (b ? 1L : 0L) : UNFIT;
    }
    if (v instanceof List<?> list) {
      return array(type, list);
    }
    return UNFIT;
  }

  private static Object constant(Class<?> type, String text) {
    for (Object c : type.getEnumConstants()) {
      if (c.toString().replace("_", "").equalsIgnoreCase(text.replaceAll("[-_]", ""))) {
        return c;
      }
    }
    throw new InexpressibleException(type.getSimpleName() + " has no " + text);
  }

  private static @Nullable Object array(Class<?> type, List<?> list) {
    if (!type.isArray()) {
      return UNFIT;
    }
    Class<?> part = type.getComponentType();
    Object out = Array.newInstance(part, list.size());
    for (int i = 0; i < list.size(); i++) {
      Object v = convert(part, list.get(i));
      if (v == UNFIT || v instanceof DType) {
        return UNFIT;
      }
      Array.set(out, i, v);
    }
    return out;
  }

  private static String kinds(List<@Nullable Object> arguments) {
    return arguments.stream()
        .map(a -> a instanceof Tensor t ? t.dtype() + "" + t.shape() : String.valueOf(a))
        .toList()
        .toString();
  }
}
