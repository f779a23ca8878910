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

  /** Sees the gradient of a layer's output; a result that is not null replaces it. */
  @FunctionalInterface
  public interface BackwardPreHook {
    /** The replacement, or null. */
    @Nullable Tensor apply(Layer layer, Tensor gradOutput);
  }

  /** Sees the gradients of a layer; a result that is not null replaces that of the input. */
  @FunctionalInterface
  public interface BackwardHook {
    /**
     * The replacement, or null.
     *
     * @param gradInput null if the input needs none; then there is nothing to replace
     */
    @Nullable Tensor apply(Layer layer, @Nullable Tensor gradInput, Tensor gradOutput);
  }

  private final BackwardHooks backward = new BackwardHooks(this);
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
    BackwardHooks.@Nullable Call hooked = backward.isEmpty() ? null : backward.begin(input);
    Tensor seen = hooked == null ? input : hooked.input();
    Tensor output = forward(seen);
    ran(input, output);
    for (Hook hook : hooks) {
      Tensor replaced = hook.apply(this, input, output);
      output = replaced == null ? output : replaced;
    }
    return hooked == null ? output : hooked.end(output);
  }

  @Override
  public final Layer train() {
    return train(true);
  }

  @Override
  public final Layer eval() {
    return train(false);
  }

  @Override
  public final Layer train(boolean mode) {
    super.train(mode);
    return this;
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
   * Calls a function in every backward through this layer, when the gradient of its output is
   * known; it may replace that gradient.
   */
  public final HookHandle registerFullBackwardPreHook(BackwardPreHook hook) {
    return backward.add(hook);
  }

  /**
   * Calls a function in every backward through this layer, when the gradients of its input and
   * output are known; it may replace that of the input.
   */
  public final HookHandle registerFullBackwardHook(BackwardHook hook) {
    return backward.add(hook);
  }

  /**
   * Output shapes, parameters and multiply-adds for an input of a shape, which is filled with
   * zeros; {@link Summary#of} takes other inputs.
   */
  public final Summary summary(long... inputShape) {
    return Summary.of(this, () -> call(Summary.sample(this, inputShape)));
  }
}
