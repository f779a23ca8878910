package io.gradus.nn;

import io.gradus.Parameter;
import io.gradus.tensor.error.TensorIndexException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Parameters by name, in the order in which they were put in. */
public final class ParameterDict extends Module {
  private final Map<String, Parameter> members = new LinkedHashMap<>();

  /** Without parameters so far. */
  public ParameterDict() {}

  /** The parameters in the order of the map. */
  public ParameterDict(Map<String, Parameter> members) {
    members.forEach(this::put);
  }

  /** Adds a parameter, and returns this; a name is used once. */
  public ParameterDict put(String name, Parameter parameter) {
    members.put(name, register(name, parameter));
    return this;
  }

  /** The parameter of a name. */
  public Parameter get(String name) {
    Parameter p = members.get(name);
    if (p == null) {
      throw new TensorIndexException(
          "[ParameterDict] no parameter '%s'; there are %s".formatted(name, members.keySet()));
    }
    return p;
  }

  /** The names in order. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(members.keySet());
  }

  /** The number of parameters. */
  public int size() {
    return members.size();
  }
}
