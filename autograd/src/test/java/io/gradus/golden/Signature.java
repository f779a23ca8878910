package io.gradus.golden;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one of PyTorch's operations with their defaults.
 *
 * <p>Written as {@code "input dim=[] keepdim=false"}: a parameter without {@code =} must be given.
 */
record Signature(List<Parameter> parameters) {
  /** One parameter; {@code byDefault} counts only if it is optional. */
  record Parameter(String name, boolean optional, @Nullable Object byDefault) {}

  static Signature parse(String text) {
    List<Parameter> all = new ArrayList<>();
    for (String word : text.trim().split(" +")) {
      int at = word.indexOf('=');
      all.add(
          at < 0
              ? new Parameter(word, false, null)
              : new Parameter(word.substring(0, at), true, value(word.substring(at + 1))));
    }
    return new Signature(all);
  }

  private static @Nullable Object value(String text) {
    return switch (text) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      case "[]" -> List.of();
      default ->
          text.matches("-?\\d+")
              ? (Object) Long.valueOf(text)
              : text.matches("-?[\\d.]+(e-?\\d+)?") ? (Object) Double.valueOf(text) : text;
    };
  }

  /**
   * The arguments by position, from the fewest that say the same to all of them.
   *
   * @throws NoOverloadException if one has an unknown name or is missing
   */
  List<List<@Nullable Object>> spellings(String operation, Arguments given) {
    checkNames(operation, given);
    if (given.positional().size() > parameters.size()) {
      // Sizes one by one instead of as a list.
      return List.of(given.positional());
    }
    List<@Nullable Object> full = new ArrayList<>();
    int least = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      boolean there = given.has(i, p.name);
      if (!there && !p.optional) {
        throw new NoOverloadException(operation + " lacks " + p.name);
      }
      Object v = there ? given.get(i, p.name) : p.byDefault;
      full.add(v == null && p.optional ? p.byDefault : v);
      if (!p.optional || there && v != null && !Objects.equals(v, p.byDefault)) {
        least = i + 1;
      }
    }
    List<List<@Nullable Object>> all = new ArrayList<>();
    for (int n = least; n <= full.size(); n++) {
      all.add(full.subList(0, n));
    }
    return all;
  }

  /**
   * The same with the first argument converted, where PyTorch has a {@code dtype} and ours has not:
   * that is what it means. Null without one.
   */
  @Nullable Arguments converted(Arguments given) {
    if (given.named().get("dtype") instanceof DType dtype
        && !given.positional().isEmpty()
        && given.positional().get(0) instanceof Tensor t) {
      List<@Nullable Object> positional = new ArrayList<>(given.positional());
      positional.set(0, t.to(dtype));
      Map<String, @Nullable Object> named = new HashMap<>(given.named());
      named.remove("dtype");
      return new Arguments(positional, named);
    }
    return null;
  }

  /**
   * Refuses names that are not parameters.
   *
   * @throws NoOverloadException naming them
   */
  void checkNames(String operation, Arguments given) {
    Set<String> unknown = new HashSet<>(given.named().keySet());
    parameters.forEach(p -> unknown.remove(p.name));
    if (!unknown.isEmpty()) {
      throw new NoOverloadException(operation + " has no parameters " + unknown);
    }
  }

  /** The arguments with all names known, for operations that ask by name. */
  Arguments named(Arguments given) {
    Map<String, @Nullable Object> named = new HashMap<>(given.named());
    for (int i = 0; i < Math.min(given.positional().size(), parameters.size()); i++) {
      named.putIfAbsent(parameters.get(i).name, given.positional().get(i));
    }
    return new Arguments(given.positional(), named);
  }
}
