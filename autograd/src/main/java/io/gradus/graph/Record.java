package io.gradus.graph;

import io.gradus.Internals;
import io.gradus.Tensor;
import org.jspecify.annotations.Nullable;

/** Attaches history to fresh results. */
public final class Record {
  private static final Tensor[] NOTHING = {};

  private Record() {}

  /** Whether history is to be recorded for an operation of this operand. */
  public static boolean wanted(Tensor a) {
    return a.requiresGrad() && GradMode.isEnabled();
  }

  /** Whether history is to be recorded for an operation of these operands. */
  public static boolean wanted(Tensor... operands) {
    for (Tensor t : operands) {
      if (t.requiresGrad()) {
        return GradMode.isEnabled();
      }
    }
    return false;
  }

  /** The edges to the operands; null where one takes no gradient. */
  public static @Nullable Edge[] edges(Tensor... operands) {
    @Nullable Edge[] edges = new Edge[operands.length];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = Internals.edge(operands[i]);
    }
    return edges;
  }

  /**
   * Records a single result if any operand requires grad, and returns it.
   *
   * @param name of the node, such as {@code MmBackward0}
   * @param saved operands or the result itself
   */
  public static Tensor rule(
      String name, Tensor result, Tensor[] operands, Tensor[] saved, RuleNode.Rule rule) {
    if (!wanted(operands) || !result.dtype().isFloating()) {
      return result;
    }
    SavedTensor[] kept = new SavedTensor[saved.length];
    Internals.setHistory(result, node(name, operands, kept, rule), 0);
    for (int i = 0; i < kept.length; i++) {
      kept[i] = new SavedTensor(saved[i]);
    }
    return result;
  }

  /** The node of an operation that writes in place: saves first, the caller sets the history. */
  public static RuleNode node(String name, Tensor[] operands, Tensor[] saved, RuleNode.Rule rule) {
    SavedTensor[] kept = new SavedTensor[saved.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = new SavedTensor(saved[i]);
    }
    return node(name, operands, kept, rule);
  }

  private static RuleNode node(
      String name, Tensor[] operands, SavedTensor[] kept, RuleNode.Rule rule) {
    return new RuleNode(
        name,
        edges(operands),
        1,
        kept,
        (g, s, needs) -> {
          Tensor gradient = g[0];
          return gradient == null ? new Tensor[needs.length] : rule.apply(gradient, s, needs);
        });
  }

  /** As {@link #rule} with nothing saved. */
  public static Tensor rule(String name, Tensor result, Tensor operand, RuleNode.Rule rule) {
    return wanted(operand) ? rule(name, result, new Tensor[] {operand}, NOTHING, rule) : result;
  }

  /** As {@link #rule} for several results; integer results take no gradient. */
  public static void rules(
      String name, Tensor[] results, Tensor[] operands, Tensor[] saved, RuleNode.MultiRule rule) {
    if (!wanted(operands)) {
      return;
    }
    SavedTensor[] kept = new SavedTensor[saved.length];
    RuleNode node = new RuleNode(name, edges(operands), results.length, kept, rule);
    for (int i = 0; i < results.length; i++) {
      if (results[i].dtype().isFloating()) {
        Internals.setHistory(results[i], node, i);
      }
    }
    for (int i = 0; i < kept.length; i++) {
      kept[i] = new SavedTensor(saved[i]);
    }
  }
}
