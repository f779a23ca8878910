package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What nothing but the first choice of one {@code WHERE} needs: long enough, it is worth a branch
 * that most threads skip together. Recipes put what hardly any number needs there.
 */
final class RareParts {
  /** Shorter parts are computed by all. */
  private static final int LONG = 24;

  private final Map<Expr, List<Expr>> parts = new IdentityHashMap<>();
  private final Set<Expr> inside = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Looks for them.
   *
   * @param order all nodes, arguments before what uses them, the root last
   */
  RareParts(List<Expr> order) {
    Map<Expr, List<Expr>> users = users(order);
    for (int k = order.size() - 1; k >= 0; k--) {
      if (order.get(k) instanceof Expr.Apply w && w.op() == ScalarOp.WHERE && !inside.contains(w)) {
        List<Expr> part = part(order, k, w, users);
        if (part.size() >= LONG) {
          parts.put(w, part);
          inside.addAll(part);
        }
      }
    }
  }

  private static Map<Expr, List<Expr>> users(List<Expr> order) {
    Map<Expr, List<Expr>> users = new HashMap<>();
    for (Expr e : order) {
      if (e instanceof Expr.Apply x) {
        for (int j = 0; j < x.op().arity(); j++) {
          users.computeIfAbsent(x.arg(j), n -> new ArrayList<>()).add(x);
        }
      } else if (e instanceof Expr.Cast x) {
        users.computeIfAbsent(x.arg(), n -> new ArrayList<>()).add(x);
      }
    }
    return users;
  }

  private List<Expr> part(List<Expr> order, int from, Expr.Apply w, Map<Expr, List<Expr>> users) {
    Set<Expr> found = new HashSet<>();
    List<Expr> part = new ArrayList<>();
    for (int k = from - 1; k >= 0; k--) {
      Expr e = order.get(k);
      boolean computed = e instanceof Expr.Apply || e instanceof Expr.Cast;
      boolean alone = e != w.arg(0) && e != w.arg(2);
      for (Expr user : users.getOrDefault(e, List.of())) {
        alone &= user == w || found.contains(user);
      }
      if (computed && alone && !inside.contains(e)) {
        found.add(e);
        part.add(e);
      }
    }
    Collections.reverse(part);
    return part;
  }

  /** Whether a node is computed only behind a branch. */
  boolean isInside(Expr e) {
    return inside.contains(e);
  }

  /** The nodes behind the branch of a {@code WHERE}, in order; none if it has no branch. */
  List<Expr> of(Expr e) {
    return parts.getOrDefault(e, List.of());
  }
}
