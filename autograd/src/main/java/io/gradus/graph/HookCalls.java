package io.gradus.graph;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the hooks around one node of a backward walk. */
final class HookCalls {
  private HookCalls() {}

  static void before(
      Node node,
      Node.NodeHooks hooks,
      @Nullable Tensor[] gradients,
      List<BackwardEngine.Retained> retained) {
    for (Node.NodeHooks.OnTensor h : hooks.snapshot(hooks.tensor)) {
      Tensor g = gradients[h.index()];
      if (g != null) {
        // The hook may keep what it sees: nobody may write into that later.
        Tensor replaced = h.hook().apply(Internals.shared(g));
        if (replaced != null) {
          if (!replaced.shape().equals(g.shape())) {
            throw new ShapeException(
                "[hook] a hook of %s has changed the size of the gradient: %s instead of %s"
                    .formatted(node.name(), replaced.shape(), g.shape()));
          }
          gradients[h.index()] = Internals.shared(replaced);
        }
      }
    }
    for (Node.NodeHooks.Retain h : hooks.snapshot(hooks.retain)) {
      Tensor g = gradients[h.index()];
      if (g != null) {
        retained.add(new BackwardEngine.Retained(h.tensor(), Internals.shared(g)));
      }
    }
  }

  /** The hooks of the node itself; they do not see the gradients that {@code grad} returns. */
  static void beforeNode(Node node, Node.NodeHooks hooks, @Nullable Tensor[] gradients) {
    for (var h : hooks.snapshot(hooks.pre)) {
      List<@Nullable Tensor> replaced = h.apply(view(gradients));
      if (replaced != null) {
        if (replaced.size() != gradients.length) {
          throw new AutogradException(
              "[hook] a pre-hook of %s returned %d gradients, expected %d"
                  .formatted(node.name(), replaced.size(), gradients.length));
        }
        for (int i = 0; i < gradients.length; i++) {
          Tensor r = replaced.get(i);
          gradients[i] = r == null ? null : Internals.shared(r);
        }
      }
    }
  }

  static void after(
      Node.NodeHooks hooks, @Nullable Tensor[] results, @Nullable Tensor[] gradients) {
    for (var h : hooks.snapshot(hooks.post)) {
      h.accept(view(results), view(gradients));
    }
  }

  private static List<@Nullable Tensor> view(@Nullable Tensor[] tensors) {
    for (Tensor t : tensors) {
      if (t != null) {
        Internals.shared(t);
      }
    }
    return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(tensors)));
  }

  static void refuseNaN(Node node, @Nullable Tensor[] results) {
    for (int i = 0; i < results.length; i++) {
      Tensor r = results[i];
      if (r != null && r.isnan().any().item().doubleValue() != 0) {
        AutogradException e =
            new AutogradException(
                "[anomaly] Function '%s' returned nan values in its %dth output.%s"
                    .formatted(node.name(), i, AnomalyMode.place(node.origin())));
        Throwable origin = node.origin();
        if (origin != null) {
          e.initCause(origin);
        }
        throw e;
      }
    }
  }
}
