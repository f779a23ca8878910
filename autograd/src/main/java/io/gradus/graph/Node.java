package io.gradus.graph;

import io.gradus.Tensor;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One recorded operation: takes the gradients of its results, gives those of its operands.
 *
 * <p>A node is deeper than everything that it passes gradients on to, so visiting the deepest first
 * meets each node once, after all that it receives has arrived.
 */
public abstract class Node {
  private static final @Nullable Edge[] NO_EDGES = {};

  private final @Nullable Edge[] next;
  private final int depth;
  private @Nullable NodeHooks hooks;
  private @Nullable Throwable origin;

  /** The shape of result 0, or an array with those of several results; for pictures. */
  private @Nullable Object shapes;

  /**
   * A node that passes gradients on.
   *
   * @param next one an operand; null where that operand takes no gradient
   */
  protected Node(@Nullable Edge[] next) {
    this.next = next;
    int deepest = -1;
    for (Edge e : next) {
      if (e != null) {
        deepest = Math.max(deepest, e.node().depth);
      }
    }
    this.depth = deepest + 1;
    if (AnomalyMode.isEnabled()) {
      this.origin = AnomalyMode.origin();
    }
  }

  /** A node at the end of the graph. */
  protected Node() {
    this(NO_EDGES);
  }

  /** PyTorch's name of the node, such as {@code MulBackward0}. */
  public abstract String name();

  /** The number of forward results, each of which may bring a gradient. */
  public int outputs() {
    return 1;
  }

  /**
   * Gradients of the operands, one an edge; null for none.
   *
   * @param gradients one a forward result; null where none arrived
   * @param keep whether the saved values will be needed again
   */
  protected abstract @Nullable Tensor[] backward(@Nullable Tensor[] gradients, boolean keep);

  /** Lets go of what was saved for backward. */
  protected void release() {}

  /** Where the gradients go. */
  public final @Nullable Edge[] next() {
    return next;
  }

  /** The length of the longest path from here to an end of the graph. */
  public final int depth() {
    return depth;
  }

  /** Where in the user's code the operation ran; recorded in anomaly mode only. */
  public final @Nullable Throwable origin() {
    return origin;
  }

  /** Notes the shape of a result. */
  public final void resultShape(int index, Shape shape) {
    Object known = shapes;
    if (index == 0 && !(known instanceof @Nullable Shape[])) {
      shapes = shape;
      return;
    }
    @Nullable Shape[] all = known instanceof @Nullable Shape[] array ? array : new Shape[outputs()];
    if (known instanceof Shape first) {
      all[0] = first;
    }
    all[index] = shape;
    shapes = all;
  }

  /** The shape of a forward result; null where none was noted. */
  public final @Nullable Shape resultShape(int index) {
    Object known = shapes;
    if (known instanceof @Nullable Shape[] all) {
      return all[index];
    }
    return index == 0 && known instanceof Shape shape ? shape : null;
  }

  /** The hooks, null if there never were any. */
  final @Nullable NodeHooks hooks() {
    return hooks;
  }

  final synchronized NodeHooks makeHooks() {
    NodeHooks h = hooks;
    if (h == null) {
      hooks = h = new NodeHooks();
    }
    return h;
  }

  /**
   * Calls a function with the incoming gradients before the node runs; it may return replacements.
   */
  public final HookHandle registerPreHook(
      java.util.function.Function<List<@Nullable Tensor>, @Nullable List<@Nullable Tensor>> hook) {
    return makeHooks().add(makeHooks().pre, hook);
  }

  /** Calls a function with (gradients of operands, incoming gradients) after the node has run. */
  public final HookHandle registerHook(
      BiConsumer<List<@Nullable Tensor>, List<@Nullable Tensor>> hook) {
    return makeHooks().add(makeHooks().post, hook);
  }

  @Override
  public String toString() {
    return "<" + name() + ">";
  }

  /** The lists behind the hook methods of tensors and nodes. */
  static final class NodeHooks {
    /** A tensor's hook: sees and may replace the gradient of one forward result. */
    record OnTensor(int index, java.util.function.Function<Tensor, @Nullable Tensor> hook) {}

    /** Keeps the gradient of a non-leaf tensor, after the hooks of tensors. */
    record Retain(int index, Tensor tensor) {}

    final List<OnTensor> tensor = new ArrayList<>();
    final List<Retain> retain = new ArrayList<>();
    final List<
            java.util.function.Function<List<@Nullable Tensor>, @Nullable List<@Nullable Tensor>>>
        pre = new ArrayList<>();
    final List<BiConsumer<List<@Nullable Tensor>, List<@Nullable Tensor>>> post = new ArrayList<>();

    synchronized <T> HookHandle add(List<T> list, T hook) {
      list.add(hook);
      boolean[] removed = {false};
      return () -> {
        synchronized (this) {
          if (!removed[0]) {
            removed[0] = true;
            list.remove(hook);
          }
        }
      };
    }

    synchronized <T> List<T> snapshot(List<T> list) {
      return list.isEmpty() ? List.of() : new ArrayList<>(list);
    }
  }
}
