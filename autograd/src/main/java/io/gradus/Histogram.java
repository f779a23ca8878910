package io.gradus;

import java.util.List;

/**
 * Counts of values by bins.
 *
 * @param hist the counts, a dimension for each coordinate of the values
 * @param edges for each dimension the borders of its bins, one more than there are bins
 */
public record Histogram(Tensor hist, List<Tensor> edges) {
  /** A histogram with its borders. */
  public Histogram {
    edges = List.copyOf(edges);
  }
}
