package io.gradus.graph.view;

import java.util.List;
import java.util.Locale;

/** The graph as a picture, drawn here so that nothing need be installed. */
final class SvgDrawing {
  private static final double MARGIN = 12;
  private static final double HEIGHT = 34;
  private static final double BETWEEN = 30;
  private static final double GAP = 14;
  private static final double CHARACTER = 6.6;
  private static final double PADDING = 16;
  private static final double NARROWEST = 44;
  private static final double BEND = 4;
  private static final int ROUND = 14;
  private static final int SQUARE = 3;

  private final List<Vertex> vertices;
  private final StringBuilder svg = new StringBuilder();

  private SvgDrawing(List<Vertex> vertices) {
    this.vertices = vertices;
  }

  static String of(List<Vertex> vertices) {
    return new SvgDrawing(vertices).draw();
  }

  private String draw() {
    Layers layers = new Layers(vertices);
    double width = new Coordinates(layers.layers(), this::width, GAP).set() + 2 * MARGIN;
    double height = top(layers.layers().size()) - BETWEEN + MARGIN;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0"
            + " %.0f %.0f\" font-family=\"sans-serif\" font-size=\"11\" text-anchor=\"middle\">%n",
        width, height, width, height);
    add("<defs><marker id=\"to\" markerWidth=\"7\" markerHeight=\"7\" refX=\"6\" refY=\"3\"");
    add(" orient=\"auto\"><path d=\"M0,0 L6,3 L0,6 z\" fill=\"#777\"/></marker></defs>%n");
    add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n");
    layers.routes().forEach(this::edge);
    for (List<Layers.Place> layer : layers.layers()) {
      for (Layers.Place p : layer) {
        if (p.vertex >= 0) {
          box(p, vertices.get(p.vertex));
        }
      }
    }
    add("</svg>%n");
    return svg.toString();
  }

  private double width(Layers.Place p) {
    if (p.vertex < 0) {
      return BEND;
    }
    Vertex v = vertices.get(p.vertex);
    int characters = Math.max(v.label().length(), v.shapeText().length());
    return Math.max(NARROWEST, characters * CHARACTER + PADDING);
  }

  private static double top(int layer) {
    return MARGIN + layer * (HEIGHT + BETWEEN);
  }

  private void edge(Layers.Route route) {
    List<Layers.Place> places = route.places();
    Layers.Place from = places.getFirst();
    double x = from.x + MARGIN;
    double y = top(from.layer) + HEIGHT;
    add("<path fill=\"none\" stroke=\"#777\" marker-end=\"url(#to)\" d=\"M%.1f,%.1f", x, y);
    for (Layers.Place p : places.subList(1, places.size())) {
      double toX = p.x + MARGIN;
      double toY = top(p.layer);
      double middle = (y + toY) / 2;
      add(" C%.1f,%.1f %.1f,%.1f %.1f,%.1f", x, middle, toX, middle, toX, toY);
      x = toX;
      y = toY;
      if (p.vertex < 0) {
        y += HEIGHT;
        add(" L%.1f,%.1f", x, y);
      }
    }
    add("\"/>%n");
  }

  private void box(Layers.Place p, Vertex v) {
    double w = width(p);
    double middle = p.x + MARGIN;
    double y = top(p.layer);
    int corner =
        switch (v.kind()) {
          case LEAF, RESULT -> SQUARE;
          case OPERATION -> ROUND;
        };
    add("<g>");
    if (!v.node().isEmpty()) {
      add("<title>%s</title>", escaped(v.node()));
    }
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\" rx=\"%d\" fill=\"%s\""
            + " stroke=\"%s\"/>",
        middle - w / 2, y, w, HEIGHT, corner, Palette.fill(v.kind()), Palette.line(v.kind()));
    if (v.shape() == null) {
      text(middle, y + HEIGHT / 2 + BEND, "#000", v.label());
    } else {
      text(middle, y + HEIGHT / 2 - 2, "#000", v.label());
      text(middle, y + HEIGHT - BEND - 2, "#555", v.shapeText());
    }
    add("</g>%n");
  }

  private void text(double x, double y, String colour, String text) {
    add("<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>", x, y, colour, escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
  }
}
