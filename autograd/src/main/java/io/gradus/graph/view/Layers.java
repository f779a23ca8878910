package io.gradus.graph.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Vertices in horizontal layers, operands above what is computed of them, in an order with few
 * crossings.
 *
 * <p>Edges over several layers get a point in each, which takes part in the ordering. Source of the
 * method: Sugiyama, Tagawa, Toda, "Methods for Visual Understanding of Hierarchical System
 * Structures", IEEE Transactions on Systems, Man, and Cybernetics 11 (1981), with barycentres.
 */
final class Layers {
  /** Longer edges are drawn straight, or a recurrent network would consist of bends. */
  private static final int LONGEST_BENT = 40;

  private static final int SWEEPS = 12;

  /**
   * A place in a layer.
   *
   * @param vertex -1 for the bend of an edge
   */
  static final class Place {
    final int vertex;
    final int layer;
    final List<Place> above = new ArrayList<>();
    final List<Place> below = new ArrayList<>();
    double x;

    Place(int vertex, int layer) {
      this.vertex = vertex;
      this.layer = layer;
    }
  }

  /** An edge as the places that it passes, from the operand down. */
  record Route(List<Place> places) {}

  private final List<List<Place>> layers = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();

  Layers(List<Vertex> vertices) {
    int[] layer = layersOf(vertices);
    Place[] places = new Place[vertices.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = place(i, layer[i]);
    }
    for (int i = 0; i < places.length; i++) {
      for (int operand : vertices.get(i).operands()) {
        routes.add(route(places[operand], places[i]));
      }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      sort(sweep % 2 == 0);
    }
  }

  List<List<Place>> layers() {
    return layers;
  }

  List<Route> routes() {
    return routes;
  }

  /** Each vertex below all its operands, as near as can be to the first one that needs it. */
  private static int[] layersOf(List<Vertex> vertices) {
    int[] layer = new int[vertices.size()];
    for (int i = 0; i < layer.length; i++) {
      for (int operand : vertices.get(i).operands()) {
        layer[i] = Math.max(layer[i], layer[operand] + 1);
      }
    }
    int[] first = new int[layer.length];
    Arrays.fill(first, Integer.MAX_VALUE);
    for (int i = layer.length - 1; i >= 0; i--) {
      if (first[i] != Integer.MAX_VALUE) {
        layer[i] = first[i] - 1;
      }
      for (int operand : vertices.get(i).operands()) {
        first[operand] = Math.min(first[operand], layer[i]);
      }
    }
    return layer;
  }

  private Place place(int vertex, int layer) {
    while (layers.size() <= layer) {
      layers.add(new ArrayList<>());
    }
    Place p = new Place(vertex, layer);
    p.x = layers.get(layer).size();
    layers.get(layer).add(p);
    return p;
  }

  private Route route(Place from, Place to) {
    List<Place> passed = new ArrayList<>(List.of(from));
    if (to.layer - from.layer <= LONGEST_BENT) {
      for (int l = from.layer + 1; l < to.layer; l++) {
        passed.add(place(-1, l));
      }
    }
    passed.add(to);
    for (int i = 1; i < passed.size(); i++) {
      passed.get(i - 1).below.add(passed.get(i));
      passed.get(i).above.add(passed.get(i - 1));
    }
    return new Route(passed);
  }

  /** Sorts each layer by the mean position of its neighbours in the one before. */
  private void sort(boolean down) {
    for (int k = 0; k < layers.size(); k++) {
      List<Place> layer = layers.get(down ? k : layers.size() - 1 - k);
      for (Place p : layer) {
        p.x = mean(down ? p.above : p.below, p.x);
      }
      layer.sort(Comparator.comparingDouble(p -> p.x));
      for (int i = 0; i < layer.size(); i++) {
        layer.get(i).x = i;
      }
    }
  }

  /** The mean of their positions; {@code otherwise} of none. */
  static double mean(List<Place> places, double otherwise) {
    return places.isEmpty()
        ? otherwise
        : places.stream().mapToDouble(p -> p.x).average().orElse(otherwise);
  }
}
