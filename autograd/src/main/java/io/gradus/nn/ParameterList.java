package io.gradus.nn;

import io.gradus.Parameter;
import io.gradus.tensor.error.TensorIndexException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Parameters with the names 0, 1, 2, …. */
public final class ParameterList extends Module implements Iterable<Parameter> {
  private final List<Parameter> members = new ArrayList<>();

  /** The parameters in order. */
  public ParameterList(Parameter... members) {
    for (Parameter p : members) {
      add(p);
    }
  }

  /** Adds a parameter at the end, and returns this. */
  public ParameterList add(Parameter parameter) {
    members.add(register(String.valueOf(members.size()), parameter));
    return this;
  }

  /** Parameter {@code i}; negative counts from the end. */
  public Parameter get(int i) {
    int at = i < 0 ? i + members.size() : i;
    if (at < 0 || at >= members.size()) {
      throw new TensorIndexException(
          "[ParameterList] index %d is out of range: there are %d parameters"
              .formatted(i, members.size()));
    }
    return members.get(at);
  }

  /** The number of parameters. */
  public int size() {
    return members.size();
  }

  @Override
  public Iterator<Parameter> iterator() {
    return Collections.unmodifiableList(members).iterator();
  }
}
