package io.gradus.tensor.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Walks over expression graphs; iterative, since fused chains are deep. */
public final class ExprGraph {
  private ExprGraph() {}

  /** Every node reachable from the roots once, arguments before what uses them. */
  public static List<Expr> postOrder(List<Expr> roots) {
    Set<Expr> done = new LinkedHashSet<>();
    ArrayDeque<Expr> stack = new ArrayDeque<>();
    for (Expr root : roots) {
      stack.push(root);
      while (!stack.isEmpty()) {
        Expr e = stack.peek();
        boolean ready = true;
        if (!done.contains(e)) {
          for (int k = e.arguments() - 1; k >= 0; k--) {
            if (!done.contains(e.argument(k))) {
              stack.push(e.argument(k));
              ready = false;
            }
          }
        }
        if (ready) {
          done.add(e);
          stack.pop();
        }
      }
    }
    return new ArrayList<>(done);
  }

  /**
   * Rebuilds expressions with some nodes replaced.
   *
   * @param leaf gives the replacement of a node, or null to keep it (and look into its arguments)
   */
  public static List<Expr> substitute(List<Expr> roots, Function<Expr, @Nullable Expr> leaf) {
    Map<Expr, Expr> to = new HashMap<>();
    for (Expr e : postOrder(roots)) {
      Expr replaced = leaf.apply(e);
      to.put(e, replaced != null ? replaced : rebuild(e, to));
    }
    List<Expr> out = new ArrayList<>(roots.size());
    for (Expr root : roots) {
      out.add(get(to, root));
    }
    return out;
  }

  /** Rebuilds expressions, passing every node through a function once its arguments have been. */
  public static List<Expr> rewrite(List<Expr> roots, UnaryOperator<Expr> step) {
    Map<Expr, Expr> to = new HashMap<>();
    for (Expr e : postOrder(roots)) {
      to.put(e, step.apply(rebuild(e, to)));
    }
    List<Expr> out = new ArrayList<>(roots.size());
    for (Expr root : roots) {
      out.add(get(to, root));
    }
    return out;
  }

  private static Expr rebuild(Expr e, Map<Expr, Expr> to) {
    if (e instanceof Expr.Cast x) {
      return Expr.cast(x.to(), get(to, x.arg()));
    }
    if (!(e instanceof Expr.Apply x)) {
      return e;
    }
    return switch (x.op().arity()) {
      case 1 -> Expr.of(x.op(), get(to, x.arg(0)));
      case 2 -> Expr.of(x.op(), get(to, x.arg(0)), get(to, x.arg(1)));
      default -> Expr.of(x.op(), get(to, x.arg(0)), get(to, x.arg(1)), get(to, x.arg(2)));
    };
  }

  private static Expr get(Map<Expr, Expr> map, Expr key) {
    Expr value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("no value yet for " + key);
    }
    return value;
  }
}
