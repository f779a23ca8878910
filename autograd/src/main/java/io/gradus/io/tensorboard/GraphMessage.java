package io.gradus.io.tensorboard;

import io.gradus.graph.view.Vertex;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph as the message {@code GraphDef}, which TensorBoard draws.
 *
 * <p>Dots in names become slashes: what belongs to one module is drawn as one box. Formats: {@code
 * graph.proto}, {@code node_def.proto}, {@code attr_value.proto}, {@code tensor_shape.proto} and
 * {@code versions.proto} of TensorFlow.
 */
final class GraphMessage {
  private static final int PRODUCER = 22;

  private final List<Vertex> vertices;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> taken = new HashMap<>();

  private GraphMessage(List<Vertex> vertices) {
    this.vertices = vertices;
  }

  static Message of(List<Vertex> vertices) {
    return new GraphMessage(vertices).message();
  }

  private Message message() {
    for (Vertex v : vertices) {
      names.add(unique(v.label()));
    }
    Message graph = new Message();
    for (int i = 0; i < vertices.size(); i++) {
      graph.message(1, node(names.get(i), vertices.get(i)));
    }
    return graph.message(4, new Message().whole(1, PRODUCER));
  }

  private Message node(String name, Vertex v) {
    Message node = new Message().text(1, name).text(2, operation(v));
    for (int operand : v.operands()) {
      node.text(3, names.get(operand));
    }
    if (v.shape() != null) {
      Message list = new Message().message(7, shape(v.shape()));
      Message entry =
          new Message().text(1, "_output_shapes").message(2, new Message().message(1, list));
      node.message(5, entry);
    }
    return node;
  }

  private static String operation(Vertex v) {
    return switch (v.kind()) {
      case LEAF -> "Parameter";
      case OPERATION -> v.label();
      case RESULT -> "Result";
    };
  }

  private static Message shape(Shape shape) {
    Message message = new Message();
    for (long size : shape.toArray()) {
      message.message(2, new Message().whole(1, size));
    }
    return message;
  }

  /** The name with what TensorFlow allows in it, and a number if it is taken. */
  private String unique(String label) {
    String name = label.replace('.', '/').replaceAll("[^A-Za-z0-9_./\\\\-]", "_");
    if (name.isEmpty() || !Character.isLetterOrDigit(name.charAt(0))) {
      name = "x" + name;
    }
    int before = taken.merge(name, 1, Integer::sum) - 1;
    return before == 0 ? name : unique(name + "_" + before);
  }
}
