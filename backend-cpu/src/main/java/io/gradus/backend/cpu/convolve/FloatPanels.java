package io.gradus.backend.cpu.convolve;

import io.gradus.backend.cpu.contract.FloatPacking;
import io.gradus.backend.cpu.contract.FloatTiles;
import io.gradus.backend.cpu.lanes.Lanes;

/** Copies windows to panels, with vectors where the JVM has them. */
final class FloatPanels {
  private static final boolean VECTOR = Lanes.isVector();
  private static final int COLUMNS = FloatTiles.COLUMNS;

  private final float[] from;
  private final int[] distances;

  /** Up to where all places can be read as whole vectors. */
  private final int end;

  /** Copies {@code from[place + distance]} for each of the distances, which are not negative. */
  FloatPanels(float[] from, int[] distances) {
    this.from = from;
    this.distances = distances;
    int farthest = 0;
    for (int d : distances) {
      farthest = Math.max(farthest, d);
    }
    this.end = from.length - farthest - FloatWindowTiles.LANES;
  }

  /**
   * {@code to[o + p COLUMNS + j] = from[place j + distances[first + p]]} for the places of a panel
   * and {@code p < k}. Other columns of it, and as many elements behind it, may be overwritten.
   */
  void pack(Pieces places, int panel, int first, int k, float[] to, int o) {
    int piece = places.first(panel);
    int last = places.first(panel + 1);
    int ld = last - piece == COLUMNS ? places.distance(piece, last) : 0;
    if (ld > 0) {
      lines(places.from(piece), ld, first, k, to, o);
    } else if (VECTOR && places.farthest(piece, last) <= end) {
      FloatVectorPanels.pack(
          from, places, panel * COLUMNS, piece, last, distances, first, k, to, o);
    } else {
      for (int i = piece; i < last; i++) {
        elements(
            places.from(i), places.length(i), first, k, to, o + places.at(i) - panel * COLUMNS);
      }
    }
  }

  private void elements(int place, int length, int first, int k, float[] to, int o) {
    for (int p = 0; p < k; p++) {
      int q = place + distances[first + p];
      for (int j = 0; j < length; j++) {
        to[o + p * COLUMNS + j] = from[q + j];
      }
    }
  }

  /**
   * Places that are {@code ld} apart: a matrix whose rows are the distances that are neighbours.
   */
  private void lines(int place, int ld, int first, int k, float[] to, int o) {
    for (int p = 0; p < k; ) {
      int n = 1;
      while (p + n < k && distances[first + p + n] == distances[first + p] + n) {
        n++;
      }
      int q = place + distances[first + p];
      FloatPacking.lines(from, q, ld, 1, COLUMNS, COLUMNS, n, to, o + p * COLUMNS);
      p += n;
    }
  }
}
