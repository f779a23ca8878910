package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.HookHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Calls functions with the gradients of a layer: input and output are views of their own, on which
 * hooks see the gradients that flow through this call alone.
 */
final class BackwardHooks {
  private final Layer layer;
  private final List<Layer.BackwardPreHook> preHooks = new CopyOnWriteArrayList<>();
  private final List<Layer.BackwardHook> hooks = new CopyOnWriteArrayList<>();

  BackwardHooks(Layer layer) {
    this.layer = layer;
  }

  boolean isEmpty() {
    return preHooks.isEmpty() && hooks.isEmpty();
  }

  HookHandle add(Layer.BackwardPreHook hook) {
    preHooks.add(hook);
    return () -> preHooks.remove(hook);
  }

  HookHandle add(Layer.BackwardHook hook) {
    hooks.add(hook);
    return () -> hooks.remove(hook);
  }

  Call begin(Tensor input) {
    return new Call(input);
  }

  /** One call of the layer. */
  final class Call {
    private final Tensor input;
    private @Nullable Tensor gradOutput;

    private Call(Tensor given) {
      if (given.requiresGrad() && GradMode.isEnabled()) {
        input = given.viewAs(given);
        input.registerHook(this::ofInput);
      } else {
        input = given;
      }
    }

    Tensor input() {
      return input;
    }

    Tensor end(Tensor given) {
      if (!given.requiresGrad()) {
        return given;
      }
      Tensor output = given.viewAs(given);
      output.registerHook(this::ofOutput);
      return output;
    }

    private @Nullable Tensor ofOutput(Tensor given) {
      Tensor g = given;
      for (Layer.BackwardPreHook hook : preHooks) {
        Tensor replaced = hook.apply(layer, g);
        g = replaced == null ? g : replaced;
      }
      gradOutput = g;
      if (!input.requiresGrad()) {
        for (Layer.BackwardHook hook : hooks) {
          hook.apply(layer, null, g);
        }
      }
      return g == given ? null : g;
    }

    private @Nullable Tensor ofInput(Tensor given) {
      Tensor ofOutput = gradOutput;
      if (ofOutput == null) {
        return null;
      }
      Tensor g = given;
      for (Layer.BackwardHook hook : hooks) {
        Tensor replaced = hook.apply(layer, g, ofOutput);
        g = replaced == null ? g : replaced;
      }
      return g == given ? null : g;
    }
  }
}
