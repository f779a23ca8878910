package io.gradus;

import io.gradus.exec.Views;
import io.gradus.fusion.Fusion;
import io.gradus.fusion.Pending;
import io.gradus.graph.AccumulateGrad;
import io.gradus.graph.Edge;
import io.gradus.graph.GradMode;
import io.gradus.graph.Node;
import io.gradus.graph.TensorHooks;
import io.gradus.graph.VersionCounter;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.kernel.Operand;
import org.jspecify.annotations.Nullable;

/**
 * The state of tensors for the packages of this module; not for users, and free to change.
 *
 * <p>Java has no visibility between a package and the world; this one class is the door, so that
 * {@link Tensor} shows none of it.
 */
public final class Internals {
  private Internals() {}

  /** A fresh tensor without history. */
  public static Tensor fresh(Operand data) {
    Tensor t = new Tensor(data, new VersionCounter());
    TensorScope.note(t);
    return t;
  }

  /** A tensor that shares another one's memory and version counter, without history. */
  public static Tensor alias(Tensor of, Operand data) {
    Tensor t = new Tensor(data, of.version);
    t.shared = true;
    return t;
  }

  /**
   * A view as the only holder of its memory: what it was made from was nobody else's and is given
   * up. Left as it is where it has history.
   */
  public static Tensor alone(Tensor view) {
    return view.edge == null ? new Tensor(view.data, view.version) : view;
  }

  /** Whether others may hold the memory as well. */
  public static boolean isShared(Tensor t) {
    return t.shared;
  }

  /** What a node saved, as a tensor again. */
  public static Tensor unpacked(Operand data, @Nullable Edge edge, VersionCounter version) {
    Tensor t = new Tensor(data, version);
    t.shared = true;
    if (edge != null) {
      t.requiresGrad = true;
      t.edge = edge;
    }
    return t;
  }

  /** The memory; what is still to be computed is computed now. */
  public static Operand operand(Tensor t) {
    Operand data = t.data;
    if (data.storage() instanceof Pending) {
      t.data = data = Pending.resolved(data);
    }
    return data;
  }

  /** The memory, or what is to be computed when it is read: see {@link Pending}. */
  public static Operand late(Tensor t) {
    Operand data = t.data;
    if (data.storage() instanceof Pending) {
      t.data = data = Pending.known(data);
    }
    return data;
  }

  /** Says that a tensor will be read more than once, so that it is not computed more than once. */
  public static void keep(Tensor t) {
    if (t.data.storage() instanceof Pending p) {
      p.keep();
    }
  }

  /** The memory, ready to be overwritten: nobody will read its old contents after this. */
  public static Operand writable(Tensor t) {
    Operand data = operand(t);
    Fusion.beforeWrite(data.storage());
    return data;
  }

  /** Replaces the memory or its layout. */
  public static void setOperand(Tensor t, Operand data) {
    t.data = data;
  }

  /** The counter of in-place writes. */
  public static VersionCounter version(Tensor t) {
    return t.version;
  }

  /** Gives a tensor another counter. */
  public static void setVersion(Tensor t, VersionCounter version) {
    t.version = version;
  }

  /** Where the gradient of this tensor flows; null if it takes none. */
  public static @Nullable Edge edge(Tensor t) {
    if (t.view != null) {
      Views.refreshHistory(t);
    }
    if (t.edge == null && t.requiresGrad) {
      synchronized (t) {
        if (t.edge == null) {
          t.edge = new Edge(new AccumulateGrad(t), 0);
        }
      }
    }
    return t.requiresGrad ? t.edge : null;
  }

  /** The recorded edge as it is, without looking at the base of a view. */
  public static @Nullable Edge rawEdge(Tensor t) {
    return t.edge;
  }

  /** Makes a tensor result {@code index} of a node. */
  public static void setHistory(Tensor t, Node node, int index) {
    Edge before = t.edge;
    Edge edge = new Edge(node, index);
    node.resultShape(index, t.shape());
    t.requiresGrad = true;
    t.edge = edge;
    if (t.retainsGrad && before != null) {
      TensorHooks.moveRetained(t, before, edge);
    }
  }

  /** Makes a tensor a leaf without history. */
  public static void clearHistory(Tensor t) {
    t.requiresGrad = false;
    t.edge = null;
    t.view = null;
    t.retainsGrad = false;
  }

  /** Notes that a tensor that is not a leaf keeps its gradient. */
  public static void setRetainsGrad(Tensor t) {
    t.retainsGrad = true;
  }

  /** The gradient, without the explanation that {@link Tensor#grad} logs. */
  public static @Nullable Tensor grad(Tensor t) {
    return t.grad;
  }

  /** Sets or clears the gradient. */
  public static void setGrad(Tensor t, @Nullable Tensor grad) {
    t.grad = grad == null ? null : lasting(grad);
  }

  /** Keeps a tensor's memory beyond all {@link TensorScope}s, and returns the tensor. */
  public static <T extends Tensor> T lasting(T t) {
    TensorScope.last(t);
    return t;
  }

  /** Removes the gradient; its memory is free at once if nobody but the graph has seen it. */
  public static void dropGrad(Tensor t) {
    Tensor g = t.grad;
    t.grad = null;
    if (g == null || g.shared || g.requiresGrad || g.view != null) {
      return;
    }
    Storage storage = g.data.storage();
    if (!(storage instanceof Pending)) {
      Fusion.beforeWrite(storage);
      storage.release();
    }
  }

  /** What a view knows of its base; null for a tensor that is no differentiable view. */
  public static @Nullable ViewInfo view(Tensor t) {
    return t.view;
  }

  /** Makes a tensor a differentiable view. */
  public static void setView(Tensor t, @Nullable ViewInfo view) {
    t.view = view;
  }

  /** Whether the tensor was made in inference mode. */
  public static boolean isInference(Tensor t) {
    return t.inference;
  }

  /** Marks memory that has other holders, and returns the tensor. */
  public static Tensor shared(Tensor t) {
    t.shared = true;
    return t;
  }

  /** The tensor itself if nobody else holds its memory, else a copy; never with history. */
  public static Tensor owned(Tensor t) {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      return t.shared || !t.isContiguous() ? t.clone() : t.edge == null ? t : t.detach();
    }
  }
}
