package io.gradus.graph;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.error.AutogradException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hooks that users hang on tensors. */
public final class TensorHooks {
  private static final AtomicBoolean EXPLAINED = new AtomicBoolean();

  private TensorHooks() {}

  /** See {@link Tensor#registerHook}. */
  public static HookHandle register(Tensor t, Function<Tensor, @Nullable Tensor> hook) {
    Edge edge = edge("registerHook", t);
    Node.NodeHooks hooks = edge.node().makeHooks();
    return hooks.add(hooks.tensor, new Node.NodeHooks.OnTensor(edge.index(), hook));
  }

  /** See {@link Tensor#registerPostAccumulateGradHook}. */
  public static HookHandle registerPostAccumulate(Tensor t, Consumer<Tensor> hook) {
    if (edge("registerPostAccumulateGradHook", t).node() instanceof AccumulateGrad leaf) {
      return leaf.registerPostAccumulateGradHook(hook);
    }
    throw new AutogradException(
        "[registerPostAccumulateGradHook] post accumulate grad hooks cannot be registered on"
            + " non-leaf tensors");
  }

  /** See {@link Tensor#retainGrad}. */
  public static void retainGrad(Tensor t) {
    Edge edge = edge("retainGrad", t);
    if (edge.node() instanceof AccumulateGrad || t.retainsGrad()) {
      return;
    }
    Internals.setRetainsGrad(t);
    Node.NodeHooks hooks = edge.node().makeHooks();
    hooks.add(hooks.retain, new Node.NodeHooks.Retain(edge.index(), t));
  }

  /** After an in-place operation the gradient of the new contents is kept, not of the old ones. */
  public static void moveRetained(Tensor t, Edge from, Edge to) {
    Node.NodeHooks old = from.node().hooks();
    if (old != null) {
      synchronized (old) {
        old.retain.removeIf(r -> r.tensor() == t);
      }
    }
    Node.NodeHooks hooks = to.node().makeHooks();
    hooks.add(hooks.retain, new Node.NodeHooks.Retain(to.index(), t));
  }

  private static Edge edge(String name, Tensor t) {
    Edge edge = t.requiresGrad() ? Internals.edge(t) : null;
    if (edge == null) {
      throw new AutogradException(
          "[%s] can't be used on a tensor that doesn't require grad: shape %s"
              .formatted(name, t.shape()));
    }
    return edge;
  }

  /** Says once why a tensor that is not a leaf has no gradient. */
  public static void explainMissingGrad() {
    if (EXPLAINED.compareAndSet(false, true)) {
      System.getLogger("io.gradus")
          .log(
              System.Logger.Level.WARNING,
              "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its"
                  + " .grad attribute won't be populated during backward(). If you want it for a"
                  + " non-leaf Tensor, call retainGrad() on it before backward.");
    }
  }
}
