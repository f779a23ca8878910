package io.gradus.graph;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.fusion.Fusion;
import io.gradus.profile.Region;
import io.gradus.tensor.error.AutogradException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Walks the graph from results to operands, the deepest node first: iterative, each node once.
 *
 * <p>Separate walks share nothing but the leaves they accumulate into, which lock themselves.
 */
public final class BackwardEngine {
  private static final class Slot implements Comparable<Slot> {
    final Node node;
    final @Nullable Tensor[] gradients;

    Slot(Node node) {
      this.node = node;
      this.gradients = new Tensor[node.outputs()];
    }

    @Override
    public int compareTo(Slot other) {
      return Integer.compare(other.node.depth(), node.depth());
    }
  }

  /** A gradient for a tensor that is not a leaf. */
  record Retained(Tensor tensor, Tensor gradient) {}

  private final List<Retained> retained = new ArrayList<>();
  private final boolean keep;
  private final Map<Node, Slot> slots = new IdentityHashMap<>();
  private final PriorityQueue<Slot> ready = new PriorityQueue<>();
  private final @Nullable Map<Node, @Nullable Tensor[]> captured;
  private final @Nullable Map<Node, Boolean> needed;
  private final boolean accumulate;

  private BackwardEngine(
      boolean keep, List<Edge> roots, @Nullable List<Edge> inputs, boolean accumulate) {
    this.keep = keep;
    this.accumulate = accumulate;
    if (inputs == null) {
      captured = null;
      needed = null;
    } else {
      captured = new IdentityHashMap<>();
      for (Edge e : inputs) {
        captured.put(e.node(), new Tensor[e.node().outputs()]);
      }
      needed = Reachability.ofAny(roots, captured.keySet());
    }
  }

  /**
   * Adds the gradients of all leaves that the roots depend on to their {@code grad}.
   *
   * @param inputs if not null, only these take part (leaves or not)
   */
  public static void backward(
      List<Edge> roots,
      List<Tensor> gradients,
      boolean retainGraph,
      boolean createGraph,
      @Nullable List<Edge> inputs) {
    new BackwardEngine(retainGraph, roots, inputs, true).run(roots, gradients, createGraph);
  }

  /** The gradients that arrive at the inputs, null where none does; no {@code grad} changes. */
  public static @Nullable Tensor[] grad(
      List<Edge> roots,
      List<Tensor> gradients,
      boolean retainGraph,
      boolean createGraph,
      List<Edge> inputs) {
    BackwardEngine engine = new BackwardEngine(retainGraph, roots, inputs, false);
    engine.run(roots, gradients, createGraph);
    @Nullable Tensor[] out = new Tensor[inputs.size()];
    for (int i = 0; i < out.length; i++) {
      Edge e = inputs.get(i);
      out[i] = engine.capturedAt(e.node())[e.index()];
    }
    return out;
  }

  private @Nullable Tensor[] capturedAt(Node node) {
    @Nullable Tensor[] at = captured == null ? null : captured.get(node);
    if (at == null) {
      throw new IllegalStateException("not an input of this walk: " + node);
    }
    return at;
  }

  private void run(List<Edge> roots, List<Tensor> gradients, boolean createGraph) {
    try (GradMode.Scope _ = GradMode.set(createGraph)) {
      for (int i = 0; i < roots.size(); i++) {
        deliver(roots.get(i), Internals.shared(gradients.get(i)));
      }
      boolean isEnd = false;
      for (Slot s = ready.poll(); s != null; s = ready.poll()) {
        slots.remove(s.node);
        if (s.node.depth() == 0) {
          keepRetained();
          if (!isEnd) {
            computeLast(s);
            isEnd = true;
          }
        }
        visit(s);
      }
      keepRetained();
      computeCaptured();
    }
  }

  /**
   * Computes the gradients of the leaves, which all have arrived, in few passes; what they still
   * owe would keep alive what the forward pass saved.
   */
  private void computeLast(Slot first) {
    List<Tensor> last = new ArrayList<>();
    addFresh(first, last);
    for (Slot s : ready) {
      addFresh(s, last);
    }
    Fusion.compute(last.toArray(new Tensor[0]));
  }

  private static void addFresh(Slot s, List<Tensor> to) {
    Tensor g = s.gradients.length == 0 ? null : s.gradients[0];
    // What is added to an older gradient is better computed while it is added.
    if (g != null && s.node instanceof AccumulateGrad end && Internals.grad(end.leaf()) == null) {
      to.add(g);
    }
  }

  private void computeCaptured() {
    if (captured == null) {
      return;
    }
    List<Tensor> all = new ArrayList<>();
    for (@Nullable Tensor[] gradients : captured.values()) {
      for (Tensor g : gradients) {
        if (g != null) {
          all.add(g);
        }
      }
    }
    Fusion.compute(all.toArray(new Tensor[0]));
  }

  /** Only after nothing but leaves is left: a walk that fails before changes no gradient. */
  private void keepRetained() {
    for (Retained r : retained) {
      Tensor old = Internals.grad(r.tensor);
      Tensor sum = old == null ? r.gradient.clone() : old.add(r.gradient);
      Fusion.compute(sum);
      Internals.setGrad(r.tensor, sum);
    }
    retained.clear();
  }

  private void visit(Slot slot) {
    Node node = slot.node;
    @Nullable Tensor[] gradients = slot.gradients;
    if (needed != null && !needed.containsKey(node)) {
      return;
    }
    Node.NodeHooks hooks = node.hooks();
    boolean isInput = captured != null && captured.containsKey(node);
    boolean goesOn = needed == null || leadsOn(node);
    if (isInput && goesOn) {
      // As PyTorch: what is asked for on the way is the gradient before the tensor's hooks.
      System.arraycopy(gradients, 0, capturedAt(node), 0, gradients.length);
    }
    if (hooks != null) {
      HookCalls.before(node, hooks, gradients, retained);
    }
    if (isInput && !goesOn) {
      System.arraycopy(gradients, 0, capturedAt(node), 0, gradients.length);
    }
    if (!goesOn && !(accumulate && node instanceof AccumulateGrad)) {
      return;
    }
    if (hooks != null) {
      HookCalls.beforeNode(node, hooks, gradients);
    }
    @Nullable Tensor[] results;
    try (Region _ = Region.open(node.name(), Region.Kind.BACKWARD)) {
      results = node.backward(gradients, keep);
    }
    if (!keep) {
      node.release();
    }
    @Nullable Edge[] next = node.next();
    if (results.length != next.length) {
      throw new AutogradException(
          "[backward] %s returned %d gradients, expected %d"
              .formatted(node.name(), results.length, next.length));
    }
    if (AnomalyMode.isEnabled()) {
      HookCalls.refuseNaN(node, results);
    }
    if (hooks != null) {
      HookCalls.after(hooks, results, gradients);
    }
    markShared(results, gradients);
    for (int i = 0; i < next.length; i++) {
      Edge e = next[i];
      Tensor r = results[i];
      if (e != null && r != null && (needed == null || needed.containsKey(e.node()))) {
        deliver(e, r);
      }
    }
  }

  /** What was passed through, or goes to several operands, has more than one holder. */
  private static void markShared(@Nullable Tensor[] results, @Nullable Tensor[] gradients) {
    for (int i = 0; i < results.length; i++) {
      Tensor r = results[i];
      if (r == null) {
        continue;
      }
      for (Tensor g : gradients) {
        if (g == r) {
          Internals.shared(r);
        }
      }
      for (int j = 0; j < i; j++) {
        if (results[j] == r) {
          Internals.shared(r);
        }
      }
    }
  }

  private boolean leadsOn(Node node) {
    for (Edge e : node.next()) {
      if (e != null && needed != null && needed.containsKey(e.node())) {
        return true;
      }
    }
    return false;
  }

  private void deliver(Edge edge, Tensor gradient) {
    Slot slot = slots.get(edge.node());
    if (slot == null) {
      slot = new Slot(edge.node());
      slots.put(edge.node(), slot);
      ready.add(slot);
    }
    Tensor have = slot.gradients[edge.index()];
    slot.gradients[edge.index()] = have == null ? gradient : have.add(gradient);
  }

  @Override
  public String toString() {
    return "backward walk at " + Arrays.toString(ready.toArray());
  }
}
