package io.gradus.nn;

import io.gradus.tensor.error.TensorIndexException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Modules by name, in the order in which they were put in; it computes nothing itself. */
public final class ModuleDict<M extends Module> extends Module {
  private final Map<String, M> members = new LinkedHashMap<>();

  /** Without modules so far. */
  public ModuleDict() {}

  /** The modules in the order of the map. */
  public ModuleDict(Map<String, ? extends M> members) {
    members.forEach(this::put);
  }

  /** Adds a module, and returns this; a name is used once. */
  public ModuleDict<M> put(String name, M module) {
    members.put(name, register(name, module));
    return this;
  }

  /** The module of a name. */
  public M get(String name) {
    M m = members.get(name);
    if (m == null) {
      throw new TensorIndexException(
          "[ModuleDict] no module '%s'; there are %s".formatted(name, members.keySet()));
    }
    return m;
  }

  /** The names in order. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(members.keySet());
  }

  /** The number of modules. */
  public int size() {
    return members.size();
  }
}
