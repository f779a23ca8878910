package io.gradus.golden;

import io.gradus.Tensor;
import java.util.List;

/** What results that are determined up to signs or rotations have in common. */
final class FreeResults {
  private FreeResults() {}

  /** Compares what the factors make up together. */
  static void check(String operation, String what, List<Tensor> expected, List<Tensor> actual) {
    switch (operation) {
      case "qr", "linalg.qr" -> {
        if (expected.size() == 2) {
          same(
              what + "Q R",
              product(expected.get(0), expected.get(1)),
              product(actual.get(0), actual.get(1)));
        }
      }
      case "linalg.eigh" -> same(what + "V diag(w) Vt", eigen(expected), eigen(actual));
      case "svd" -> same(what + "U S Vt", svd(expected, true), svd(actual, true));
      case "linalg.svd" -> same(what + "U S Vh", svd(expected, false), svd(actual, false));
      default -> {}
    }
  }

  private static void same(String what, Tensor expected, Tensor actual) {
    GoldenComparison.same(what, expected, actual);
  }

  private static Tensor product(Tensor a, Tensor b) {
    return a.matmul(b);
  }

  private static Tensor eigen(List<Tensor> parts) {
    Tensor v = parts.get(1);
    return v.mul(parts.get(0).unsqueeze(-2)).matmul(v.transpose(-2, -1));
  }

  private static Tensor svd(List<Tensor> parts, boolean transposed) {
    Tensor s = parts.get(1);
    long k = s.size(-1);
    Tensor u = parts.get(0).narrow(-1, 0, k);
    Tensor v = transposed ? parts.get(2).transpose(-2, -1) : parts.get(2);
    return u.mul(s.unsqueeze(-2)).matmul(v.narrow(-2, 0, k));
  }
}
