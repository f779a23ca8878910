package io.gradus.graph.view;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.graph.AccumulateGrad;
import io.gradus.graph.Edge;
import io.gradus.graph.Node;
import io.gradus.io.AtomicFile;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.layout.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The graph that gradients flow through, from some results back to the leaves, to look at.
 *
 * <pre>{@code
 * GraphView view = GraphView.of(loss).names(model.namedParameters());
 * view.write(Path.of("graph.svg")); // or graph.dot
 * }</pre>
 *
 * <p>What takes no gradient is not in the graph, so it is not in the picture either.
 */
public final class GraphView {
  private static final Pattern SUFFIX = Pattern.compile("Backward\\d*$");

  private final List<Tensor> results;
  private final Map<Tensor, String> names;
  private final List<Vertex> vertices;

  private GraphView(List<Tensor> results, Map<Tensor, String> names) {
    this.results = results;
    this.names = names;
    this.vertices = List.copyOf(new Walk(names).of(results));
  }

  /**
   * The graph of some results.
   *
   * @throws AutogradException if a result takes no gradient
   */
  public static GraphView of(Tensor... results) {
    if (results.length == 0) {
      throw new InvalidArgumentException("[GraphView] no result was given; pass at least one");
    }
    for (Tensor t : results) {
      if (!t.requiresGrad()) {
        throw new AutogradException(
            "[GraphView] the tensor of shape %s does not require grad and does not have a grad_fn: there is no graph; compute it of a tensor that requires grad"
                .formatted(t.shape()));
      }
    }
    return new GraphView(List.of(results), new IdentityHashMap<>());
  }

  /**
   * The same graph with names for leaves and results, as {@code model.namedParameters()} gives
   * them.
   */
  public GraphView names(Map<String, ? extends Tensor> named) {
    Map<Tensor, String> all = new IdentityHashMap<>(names);
    named.forEach((name, tensor) -> all.put(tensor, name));
    return new GraphView(results, all);
  }

  /** The boxes, each after all that it was computed of. */
  public List<Vertex> vertices() {
    return vertices;
  }

  /** The graph in the language of Graphviz. */
  public String dot() {
    return DotText.of(vertices);
  }

  /** The graph as a picture, with what it is computed of above each box. */
  public String svg() {
    return SvgDrawing.of(vertices);
  }

  /**
   * Writes the picture; replaces the file when all is written.
   *
   * @param path ending in {@code .svg} or {@code .dot}
   */
  public void write(Path path) {
    String name = String.valueOf(path.getFileName());
    String text;
    if (name.endsWith(".svg")) {
      text = svg();
    } else if (name.endsWith(".dot") || name.endsWith(".gv")) {
      text = dot();
    } else {
      throw new InvalidArgumentException(
          "[GraphView] cannot tell the format from '%s'; end the name in .svg or .dot"
              .formatted(name));
    }
    AtomicFile.write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String toString() {
    return dot();
  }

  /** Finds all nodes, without recursion: graphs are deep. */
  private static final class Walk {
    private final Map<Tensor, String> names;
    private final Map<Node, Integer> places = new IdentityHashMap<>();
    private final List<Vertex> found = new ArrayList<>();

    Walk(Map<Tensor, String> names) {
      this.names = names;
    }

    List<Vertex> of(List<Tensor> results) {
      Map<Tensor, Edge> edges = new LinkedHashMap<>();
      for (Tensor t : results) {
        Edge edge = Internals.edge(t);
        if (edge != null) {
          edges.put(t, edge);
          collect(edge.node());
        }
      }
      edges.forEach(
          (t, edge) -> {
            if (!(edge.node() instanceof AccumulateGrad)) {
              String name = names.getOrDefault(t, "result");
              List<Integer> operand = List.of(place(edge.node()));
              found.add(new Vertex(Vertex.Kind.RESULT, name, "", t.shape(), operand));
            }
          });
      return found;
    }

    private void collect(Node root) {
      ArrayDeque<Node> stack = new ArrayDeque<>();
      stack.push(root);
      while (!stack.isEmpty()) {
        Node node = stack.peek();
        boolean isReady = true;
        @Nullable Edge[] next = node.next();
        for (int i = next.length - 1; i >= 0; i--) {
          Edge e = next[i];
          if (e != null && !places.containsKey(e.node())) {
            stack.push(e.node());
            isReady = false;
          }
        }
        if (isReady) {
          stack.pop();
          add(node);
        }
      }
    }

    private void add(Node node) {
      if (places.putIfAbsent(node, found.size()) != null) {
        return;
      }
      List<Integer> operands = new ArrayList<>();
      for (Edge e : node.next()) {
        if (e != null) {
          operands.add(place(e.node()));
        }
      }
      Vertex vertex;
      if (node instanceof AccumulateGrad end) {
        Tensor leaf = end.leaf();
        String name = names.getOrDefault(leaf, "leaf");
        vertex = new Vertex(Vertex.Kind.LEAF, name, node.name(), leaf.shape(), operands);
      } else {
        String label = SUFFIX.matcher(node.name()).replaceFirst("");
        Shape shape = node.resultShape(0);
        vertex = new Vertex(Vertex.Kind.OPERATION, label, node.name(), shape, operands);
      }
      found.add(vertex);
    }

    private int place(Node node) {
      Integer at = places.get(node);
      if (at == null) {
        throw new IllegalStateException("not visited: " + node);
      }
      return at;
    }
  }
}
