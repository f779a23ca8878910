package io.gradus;

import io.gradus.graph.Node;
import io.gradus.graph.SavedTensor;
import io.gradus.tensor.error.AutogradException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one application of a {@link Function} remembers between forward and backward. */
public final class FunctionContext {
  private final boolean[] needsGrad;
  private final Map<Tensor, Boolean> dirty = new IdentityHashMap<>();
  private final Map<Tensor, Boolean> constants = new IdentityHashMap<>();
  private final Map<String, Object> values = new HashMap<>();
  private List<Tensor> toSave = List.of();
  private List<SavedTensor> saved = List.of();
  private @Nullable Node node;
  private boolean once;

  FunctionContext(List<Tensor> inputs) {
    needsGrad = new boolean[inputs.size()];
    for (int i = 0; i < needsGrad.length; i++) {
      needsGrad[i] = inputs.get(i).requiresGrad();
    }
  }

  /** Keeps inputs or results for backward, guarded against being written in between. */
  public void saveForBackward(Tensor... tensors) {
    toSave = List.of(tensors);
  }

  /**
   * Saved tensor {@code i}, in the order of {@link #saveForBackward}.
   *
   * @throws AutogradException if it was written since, or backward has freed it
   */
  public Tensor saved(int i) {
    Node owner = node;
    if (owner == null) {
      throw new AutogradException("[saved] saved tensors are there in backward only");
    }
    return saved.get(i).unpack(owner);
  }

  /** All saved tensors. */
  public List<Tensor> saved() {
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < saved.size(); i++) {
      all.add(saved(i));
    }
    return all;
  }

  /** Says which results take no gradient. */
  public void markNonDifferentiable(Tensor... results) {
    for (Tensor t : results) {
      constants.put(t, true);
    }
  }

  /** Says which inputs forward has written in place; they must be among the results. */
  public void markDirty(Tensor... inputs) {
    for (Tensor t : inputs) {
      dirty.put(t, true);
    }
  }

  /** Whether the gradient of input {@code i} is wanted; others may be left null. */
  public boolean needsInputGrad(int i) {
    return needsGrad[i];
  }

  /**
   * Runs backward without recording; differentiating its gradients again is then an error instead
   * of a wrong number.
   */
  public void onceDifferentiable() {
    once = true;
  }

  /** Remembers something that is no tensor. */
  public void put(String key, Object value) {
    values.put(key, value);
  }

  /** What {@link #put} remembered. */
  public <T> T get(String key, Class<T> type) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("nothing was put under " + key);
    }
    return type.cast(value);
  }

  boolean isOnce() {
    return once;
  }

  Set<Tensor> dirty() {
    return dirty.keySet();
  }

  boolean isConstant(Tensor result) {
    return constants.containsKey(result) || !result.dtype().isFloating();
  }

  /** Saves what was asked for, once the results have their history. */
  void keep(Node owner, Map<Tensor, Tensor> replaced) {
    node = owner;
    List<SavedTensor> kept = new ArrayList<>();
    for (Tensor t : toSave) {
      kept.add(new SavedTensor(replaced.getOrDefault(t, t)));
    }
    saved = kept;
    toSave = List.of();
  }

  void release() {
    for (SavedTensor s : saved) {
      s.clear();
    }
  }
}
