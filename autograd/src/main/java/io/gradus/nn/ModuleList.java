package io.gradus.nn;

import io.gradus.tensor.error.TensorIndexException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Modules with the names 0, 1, 2, …; it computes nothing itself. */
public final class ModuleList<M extends Module> extends Module implements Iterable<M> {
  private final List<M> members = new ArrayList<>();

  /** The modules in order. */
  @SafeVarargs
  public ModuleList(M... members) {
    for (M m : members) {
      add(m);
    }
  }

  /** The modules in order. */
  public ModuleList(Iterable<? extends M> members) {
    members.forEach(this::add);
  }

  /** Adds a module at the end, and returns this. */
  public ModuleList<M> add(M module) {
    members.add(register(String.valueOf(members.size()), module));
    return this;
  }

  /** Module {@code i}; negative counts from the end. */
  public M get(int i) {
    int at = i < 0 ? i + members.size() : i;
    if (at < 0 || at >= members.size()) {
      throw new TensorIndexException(
          "[ModuleList] index %d is out of range: there are %d modules"
              .formatted(i, members.size()));
    }
    return members.get(at);
  }

  /** The number of modules. */
  public int size() {
    return members.size();
  }

  @Override
  public Iterator<M> iterator() {
    return Collections.unmodifiableList(members).iterator();
  }
}
