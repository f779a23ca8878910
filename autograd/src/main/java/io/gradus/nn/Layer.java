package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.graph.HookHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A module from one tensor to one tensor. */
public abstract class Layer extends Module {
  /** Sees the input before a layer runs; a result that is not null replaces it. */
  @FunctionalInterface
  public interface PreHook {
    /** The replacement, or null. */
    @Nullable Tensor apply(Layer layer, Tensor input);
  }

  /** Sees input and output after a layer has run; a result that is not null replaces the output. */
  @FunctionalInterface
  public interface Hook {
    /** The replacement, or null. */
    @Nullable Tensor apply(Layer layer, Tensor input, Tensor output);
  }

  private final List<PreHook> preHooks = new CopyOnWriteArrayList<>();
  private final List<Hook> hooks = new CopyOnWriteArrayList<>();

  /** A layer. */
  protected Layer() {}

  /** What the layer computes. To use a layer, {@link #call} it: that runs the hooks as well. */
  public abstract Tensor forward(Tensor x);

  /** {@link #forward} with the hooks around it. */
  public final Tensor call(Tensor x) {
    Tensor input = x;
    for (PreHook hook : preHooks) {
      Tensor replaced = hook.apply(this, input);
      input = replaced == null ? input : replaced;
    }
    Tensor output = forward(input);
    ran(input, output);
    for (Hook hook : hooks) {
      Tensor replaced = hook.apply(this, input, output);
      output = replaced == null ? output : replaced;
    }
    return output;
  }

  /** Calls a function before every {@link #call}. */
  public final HookHandle registerForwardPreHook(PreHook hook) {
    preHooks.add(hook);
    return () -> preHooks.remove(hook);
  }

  /** Calls a function after every {@link #call}. */
  public final HookHandle registerForwardHook(Hook hook) {
    hooks.add(hook);
    return () -> hooks.remove(hook);
  }

  /**
   * Output shapes, parameters and multiply-adds for an input of a shape, which is filled with
   * zeros; {@link Summary#of} takes other inputs.
   */
  public final Summary summary(long... inputShape) {
    return Summary.of(this, () -> call(Summary.sample(this, inputShape)));
  }
}
