package io.gradus.backend.cuda.emulator;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of a pair of braces, and of those around it. */
final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, Object> names = new HashMap<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<String, Family> families = new HashMap<>();

  /** A register; its identity tells it from others of the same name. */
  record Register(String name, PtxType type, Scope scope) {}

  /** Registers {@code %r0} to {@code %r(count-1)}, declared as {@code %r<count>}. */
  private record Family(PtxType type, int count) {}

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  void declare(String name, PtxType type) {
    names.put(name, new Register(name, type, this));
  }

  void declareFamily(String prefix, PtxType type, int count) {
    families.put(prefix, new Family(type, count));
  }

  void declare(Variable variable) {
    names.put(variable.name(), variable);
  }

  void label(String name, int statement) {
    if (labels.put(name, statement) != null) {
      throw new PtxException("label " + name + " twice");
    }
  }

  /** The statement after that label. */
  int target(String label) {
    Integer found = labels.get(label);
    if (found != null) {
      return found;
    }
    if (outer == null) {
      throw new PtxException("no label " + label);
    }
    return outer.target(label);
  }

  /** The register or variable of that name, or null. */
  @Nullable Object find(String name) {
    Object found = names.get(name);
    if (found == null) {
      found = fromFamily(name);
    }
    return found != null || outer == null ? found : outer.find(name);
  }

  private @Nullable Object fromFamily(String name) {
    int digits = name.length();
    while (digits > 0 && Character.isDigit(name.charAt(digits - 1))) {
      digits--;
    }
    if (digits == name.length()) {
      return null;
    }
    Family family = families.get(name.substring(0, digits));
    if (family == null || Integer.parseInt(name.substring(digits)) >= family.count) {
      return null;
    }
    Register register = new Register(name, family.type, this);
    names.put(name, register);
    return register;
  }
}
