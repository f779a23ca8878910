package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.List;

/** How far vectors are from each other. */
public final class Distances {
  private Distances() {}

  /**
   * The p norm of {@code x1 - x2 + eps} along the last dimension.
   *
   * @param keepdim whether the last dimension stays, with size 1
   */
  public static Tensor pairwiseDistance(
      Tensor x1, Tensor x2, double p, double eps, boolean keepdim) {
    return x1.sub(x2).add(eps).vectorNorm(p, new int[] {-1}, keepdim);
  }

  /** The Euclidean distance of each two rows, with eps 1e-6. */
  public static Tensor pairwiseDistance(Tensor x1, Tensor x2) {
    return pairwiseDistance(x1, x2, 2, 1e-6, false);
  }

  /**
   * {@code x1·x2 / (max(|x1|, eps) max(|x2|, eps))} along a dimension of the broadcast operands.
   */
  public static Tensor cosineSimilarity(Tensor x1, Tensor x2, int dim, double eps) {
    List<Tensor> both = Tensor.broadcastTensors(List.of(x1, x2));
    Tensor a = both.get(0);
    Tensor b = both.get(1);
    int[] dims = {dim};
    Tensor na = a.div(a.vectorNorm(2, dims, true).clampMin(eps));
    Tensor nb = b.div(b.vectorNorm(2, dims, true).clampMin(eps));
    return na.mul(nb).sum(dims, false);
  }

  /** The distance of every row to every later one, in order; [n, d] gives [n (n - 1) / 2]. */
  public static Tensor pdist(Tensor input, double p) {
    if (input.dim() != 2) {
      throw new ShapeException(
          "[pdist] pdist only supports 2D tensors, got: %dD".formatted(input.dim()));
    }
    if (!(p >= 0)) {
      throw new InvalidArgumentException("[pdist] pdist only supports non-negative p values: " + p);
    }
    int n = Math.toIntExact(input.size(0));
    long[] from = new long[n * (n - 1) / 2];
    long[] to = new long[from.length];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        from[at] = i;
        to[at++] = j;
      }
    }
    Tensor a = input.indexSelect(0, Tensor.tensor(from).to(input.device()));
    Tensor b = input.indexSelect(0, Tensor.tensor(to).to(input.device()));
    return a.sub(b).vectorNorm(p, new int[] {1}, false);
  }

  /** {@code x / max(|x|, eps)} with the p norm along a dimension. */
  public static Tensor normalize(Tensor input, double p, int dim, double eps) {
    return input.div(input.vectorNorm(p, new int[] {dim}, true).clampMin(eps));
  }

  /** {@link #normalize} to Euclidean length 1 along dimension 1. */
  public static Tensor normalize(Tensor input) {
    return normalize(input, 2, 1, 1e-12);
  }
}
