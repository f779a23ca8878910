package io.gradus;

import io.gradus.graph.GradMode;
import io.gradus.graph.SavedTensorHooks;
import io.gradus.random.Draws;
import io.gradus.tensor.error.AutogradException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Saves nothing in forward; runs the function once more, with the same random numbers, when
 * backward asks for the first value.
 */
final class Checkpoint<T> implements SavedTensorHooks {
  private final Supplier<T> function;
  private final Draws draws = new Draws();
  private List<@Nullable Tensor> again = new ArrayList<>();
  private int packed;

  private Checkpoint(Supplier<T> function) {
    this.function = function;
  }

  static <T> T run(Supplier<T> function) {
    if (!GradMode.isEnabled()) {
      return function.get();
    }
    Checkpoint<T> checkpoint = new Checkpoint<>(function);
    try (SavedTensorHooks.Scope _ = SavedTensorHooks.use(checkpoint)) {
      return checkpoint.draws.record(function);
    }
  }

  @Override
  public Object pack(Tensor tensor) {
    return packed++;
  }

  @Override
  public synchronized Tensor unpack(Object key) {
    int i = (Integer) key;
    Tensor t = i < again.size() ? again.get(i) : null;
    if (t == null) {
      recompute();
      t = again.get(i);
    }
    again.set(i, null);
    if (t == null) {
      throw new AutogradException("[checkpoint] nothing was saved as value " + i);
    }
    return t;
  }

  private void recompute() {
    List<@Nullable Tensor> values = new ArrayList<>();
    try (GradMode.Scope _ = GradMode.enableGrad();
        SavedTensorHooks.Scope _ = SavedTensorHooks.use(new Recording(values))) {
      T unused = draws.again(function);
    }
    if (values.size() != packed) {
      throw new AutogradException(
          "[checkpoint] A different number of tensors was saved during the original forward and"
              + " recomputation: %d and %d; the function must do the same whenever it runs"
                  .formatted(packed, values.size()));
    }
    again = values;
  }

  private record Recording(List<@Nullable Tensor> values) implements SavedTensorHooks {
    @Override
    public Object pack(Tensor tensor) {
      values.add(tensor);
      return values.size() - 1;
    }

    @Override
    public Tensor unpack(Object key) {
      Tensor t = values.get((Integer) key);
      if (t == null) {
        throw new AutogradException("[checkpoint] value " + key + " was used already");
      }
      return t;
    }
  }
}
