package io.gradus.graph;

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

  static void before(Node node, Node.NodeHooks hooks, @Nullable Tensor[] gradients) {
    for (Node.NodeHooks.OnTensor h : hooks.snapshot(hooks.tensor)) {
      Tensor g = gradients[h.index()];
      if (g != null) {
        Tensor replaced = h.hook().apply(g);
        if (replaced != null) {
          if (!replaced.shape().equals(g.shape())) {
            throw new ShapeException(
                "[hook] a hook of %s has changed the size of the gradient: %s instead of %s"
                    .formatted(node.name(), replaced.shape(), g.shape()));
          }
          gradients[h.index()] = replaced;
        }
      }
    }
    for (var h : hooks.snapshot(hooks.pre)) {
      List<@Nullable Tensor> replaced = h.apply(view(gradients));
      if (replaced != null) {
        for (int i = 0; i < gradients.length; i++) {
          gradients[i] = replaced.get(i);
        }
      }
    }
    for (Node.NodeHooks.Retain h : hooks.snapshot(hooks.retain)) {
      Tensor g = gradients[h.index()];
      if (g != null) {
        h.keep().accept(g);
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
    return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(tensors)));
  }

  static void refuseNaN(Node node, @Nullable Tensor[] results) {
    for (int i = 0; i < results.length; i++) {
      Tensor r = results[i];
      if (r != null && r.isnan().any().item().doubleValue() != 0) {
        AutogradException e =
            new AutogradException(
                "[anomaly] Function '%s' returned nan values in its %dth output; the forward operation ran at the place named as the cause"
                    .formatted(node.name(), i));
        Throwable origin = node.origin();
        if (origin != null) {
          e.initCause(origin);
        }
        throw e;
      }
    }
  }
}
