package io.gradus.graph.view;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Gives the places in layers their distance from the left, near to their neighbours. */
final class Coordinates {
  private static final int ROUNDS = 24;

  private final List<List<Layers.Place>> layers;
  private final ToDoubleFunction<Layers.Place> width;
  private final double gap;

  /**
   * Of layers whose order is final.
   *
   * @param width of a place
   * @param gap between two places of a layer
   */
  Coordinates(List<List<Layers.Place>> layers, ToDoubleFunction<Layers.Place> width, double gap) {
    this.layers = layers;
    this.width = width;
    this.gap = gap;
  }

  /** Sets the middle of every place; gives the width of all. */
  double set() {
    layers.forEach(layer -> pack(layer, 0));
    for (int round = 0; round < ROUNDS; round++) {
      boolean down = round % 2 == 0;
      for (int k = 0; k < layers.size(); k++) {
        approach(layers.get(down ? k : layers.size() - 1 - k), down);
      }
    }
    double left = Double.POSITIVE_INFINITY;
    double right = 0;
    for (List<Layers.Place> layer : layers) {
      for (Layers.Place p : layer) {
        left = Math.min(left, p.x - width.applyAsDouble(p) / 2);
      }
    }
    for (List<Layers.Place> layer : layers) {
      for (Layers.Place p : layer) {
        p.x -= left;
        right = Math.max(right, p.x + width.applyAsDouble(p) / 2);
      }
    }
    return right;
  }

  /** Side by side from the left on, in their order. */
  private void pack(List<Layers.Place> layer, double from) {
    double x = from;
    for (Layers.Place p : layer) {
      double w = width.applyAsDouble(p);
      p.x = x + w / 2;
      x += w + gap;
    }
  }

  /**
   * Moves places to the mean of their neighbours as far as the order allows: those that collide
   * stand side by side around the mean of where they wanted to be.
   */
  private void approach(List<Layers.Place> layer, boolean down) {
    int n = layer.size();
    double[] wanted = new double[n];
    for (int i = 0; i < n; i++) {
      Layers.Place p = layer.get(i);
      wanted[i] = Layers.mean(down ? p.above : p.below, p.x);
    }
    // Blocks of places that touch: where the block begins, and how many it has.
    double[] begin = new double[n];
    double[] size = new double[n];
    int[] first = new int[n];
    int blocks = 0;
    for (int i = 0; i < n; i++) {
      double w = width.applyAsDouble(layer.get(i));
      first[blocks] = i;
      begin[blocks] = wanted[i] - w / 2;
      size[blocks] = w + gap;
      blocks++;
      while (blocks > 1 && begin[blocks - 2] + size[blocks - 2] > begin[blocks - 1]) {
        blocks--;
        merge(layer, wanted, first, begin, size, blocks, i);
      }
    }
    for (int b = 0; b < blocks; b++) {
      int end = b + 1 < blocks ? first[b + 1] : n;
      pack(layer.subList(first[b], end), begin[b]);
    }
  }

  /** Makes block {@code b} of the one before it and itself, which ends with place {@code last}. */
  private void merge(
      List<Layers.Place> layer,
      double[] wanted,
      int[] first,
      double[] begin,
      double[] size,
      int b,
      int last) {
    size[b - 1] += size[b];
    double inside = 0;
    double sum = 0;
    for (int i = first[b - 1]; i <= last; i++) {
      double w = width.applyAsDouble(layer.get(i));
      sum += wanted[i] - inside - w / 2;
      inside += w + gap;
    }
    begin[b - 1] = sum / (last - first[b - 1] + 1);
  }
}
