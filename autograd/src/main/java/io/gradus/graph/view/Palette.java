package io.gradus.graph.view;

/** The colours of the boxes; light, so that black text is readable on all of them. */
final class Palette {
  private Palette() {}

  static String fill(Vertex.Kind kind) {
    return switch (kind) {
      case LEAF -> "#cfe3f7";
      case OPERATION -> "#f1f1f1";
      case RESULT -> "#d3efd0";
    };
  }

  static String line(Vertex.Kind kind) {
    return switch (kind) {
      case LEAF -> "#3b78b5";
      case OPERATION -> "#8a8a8a";
      case RESULT -> "#4c9a46";
    };
  }
}
