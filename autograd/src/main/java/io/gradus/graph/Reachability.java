package io.gradus.graph;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which nodes lie on a path from the roots to some targets. */
final class Reachability {
  private Reachability() {}

  static Map<Node, Boolean> ofAny(List<Edge> roots, Set<Node> targets) {
    Map<Node, Boolean> seen = new IdentityHashMap<>();
    Map<Node, Boolean> reaching = new IdentityHashMap<>();
    ArrayDeque<Node> stack = new ArrayDeque<>();
    for (Edge root : roots) {
      stack.push(root.node());
    }
    while (!stack.isEmpty()) {
      Node n = stack.peek();
      if (seen.put(n, true) == null) {
        for (Edge e : n.next()) {
          if (e != null && !seen.containsKey(e.node())) {
            stack.push(e.node());
          }
        }
      } else {
        stack.pop();
        boolean reaches = targets.contains(n);
        for (Edge e : n.next()) {
          reaches |= e != null && reaching.containsKey(e.node());
        }
        if (reaches) {
          reaching.put(n, true);
        }
      }
    }
    return reaching;
  }
}
