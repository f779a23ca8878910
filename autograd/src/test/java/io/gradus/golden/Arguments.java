package io.gradus.golden;

import io.gradus.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, by position and by PyTorch's names. */
public final class Arguments {
  private final List<@Nullable Object> positional;
  private final Map<String, @Nullable Object> named;

  /** Arguments as a golden file gives them. */
  public Arguments(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
    this.positional = new ArrayList<>(positional);
    this.named = new HashMap<>(named);
  }

  /** Those without a name. */
  public List<@Nullable Object> positional() {
    return positional;
  }

  /** Those with a name. */
  public Map<String, @Nullable Object> named() {
    return named;
  }

  /** The argument at a position, or else with a name; null where it was left out. */
  public @Nullable Object get(int position, String name) {
    return position < positional.size() ? positional.get(position) : named.get(name);
  }

  /** Whether the argument was given. */
  public boolean has(int position, String name) {
    return position < positional.size() || named.containsKey(name);
  }

  /** A tensor. */
  public Tensor tensor(int position, String name) {
    if (get(position, name) instanceof Tensor t) {
      return t;
    }
    throw new InexpressibleException("no tensor " + name + " among " + positional);
  }

  /** A number. */
  public Number number(int position, String name, Number ifMissing) {
    Object v = get(position, name);
    return v instanceof Number n ? n : v instanceof Boolean b ? (b ? 1L : 0L) : ifMissing;
  }

  /** A whole number. */
  public int integer(int position, String name, int ifMissing) {
    return get(position, name) instanceof Long n ? Math.toIntExact(n) : ifMissing;
  }

  /** A flag. */
  public boolean flag(int position, String name) {
    return get(position, name) instanceof Boolean b && b;
  }

  /** Dimensions: one, several, or none. */
  public int[] dims(int position, String name) {
    Object v = get(position, name);
    if (v instanceof Long d) {
      return new int[] {Math.toIntExact(d)};
    }
    if (v instanceof List<?> list) {
      return list.stream().mapToInt(x -> Math.toIntExact((Long) x)).toArray();
    }
    return new int[0];
  }

  /** The named arguments put behind the positional ones, in the order of a signature. */
  Arguments ordered(List<String> signature) {
    List<@Nullable Object> all = new ArrayList<>(positional);
    Map<String, @Nullable Object> rest = new HashMap<>(named);
    int last = all.size();
    for (int i = all.size(); i < signature.size(); i++) {
      if (rest.containsKey(signature.get(i))) {
        last = i + 1;
      }
    }
    for (int i = all.size(); i < last; i++) {
      all.add(rest.remove(signature.get(i)));
    }
    return new Arguments(all, rest);
  }
}
