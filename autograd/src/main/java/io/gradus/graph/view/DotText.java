package io.gradus.graph.view;

import java.util.List;

/** The graph in the language of Graphviz. */
final class DotText {
  private DotText() {}

  static String of(List<Vertex> vertices) {
    StringBuilder text = new StringBuilder("digraph autograd {\n");
    text.append("  node [fontname=\"sans-serif\", fontsize=11, style=filled];\n");
    for (int i = 0; i < vertices.size(); i++) {
      Vertex v = vertices.get(i);
      String label = v.shape() == null ? v.label() : v.label() + "\n" + v.shapeText();
      text.append(
          "  v%d [label=%s, tooltip=%s, shape=%s, fillcolor=\"%s\"];\n"
              .formatted(i, quoted(label), quoted(v.node()), form(v), Palette.fill(v.kind())));
    }
    for (int i = 0; i < vertices.size(); i++) {
      for (int operand : vertices.get(i).operands()) {
        text.append("  v%d -> v%d;\n".formatted(operand, i));
      }
    }
    return text.append("}\n").toString();
  }

  private static String form(Vertex v) {
    return switch (v.kind()) {
      case LEAF, RESULT -> "box";
      case OPERATION -> "ellipse";
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
