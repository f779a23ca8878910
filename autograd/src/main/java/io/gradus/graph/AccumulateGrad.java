package io.gradus.graph;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.exec.Executor;
import io.gradus.fusion.Fusion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of the graph at a leaf: adds what arrives to the leaf's {@code grad}. */
public final class AccumulateGrad extends Node {
  private static final @Nullable Tensor[] NOTHING = {};

  private final Tensor leaf;
  private final List<Consumer<Tensor>> postHooks = new ArrayList<>();

  /** The end of the graph at this leaf. */
  public AccumulateGrad(Tensor leaf) {
    this.leaf = leaf;
  }

  @Override
  public String name() {
    return "AccumulateGrad";
  }

  /** The leaf. */
  public Tensor leaf() {
    return leaf;
  }

  @Override
  protected synchronized @Nullable Tensor[] backward(@Nullable Tensor[] gradients, boolean keep) {
    Tensor g = gradients[0];
    if (g == null) {
      return NOTHING;
    }
    Tensor old = Internals.grad(leaf);
    if (old == null) {
      // A gradient that was only passed through (by add, or by a view) has other holders: without a
      // copy, u.grad and v.grad of u + v would share memory.
      Internals.setGrad(
          leaf,
          GradMode.isEnabled()
              ? Executor.full(g.shape(), g.dtype(), g.device(), 0L).copy_(g)
              : Internals.owned(g));
    } else if (GradMode.isEnabled()) {
      Internals.setGrad(leaf, old.add(g));
    } else {
      old.add_(g);
    }
    Tensor sum = Internals.grad(leaf);
    if (sum != null) {
      Fusion.compute(sum);
    }
    for (Consumer<Tensor> hook : List.copyOf(postHooks)) {
      hook.accept(leaf);
    }
    return NOTHING;
  }

  /** Calls a function with the leaf after each accumulation. */
  public synchronized HookHandle registerPostAccumulateGradHook(Consumer<Tensor> hook) {
    postHooks.add(hook);
    boolean[] removed = {false};
    return () -> {
      synchronized (this) {
        if (!removed[0]) {
          removed[0] = true;
          postHooks.remove(hook);
        }
      }
    };
  }
}
