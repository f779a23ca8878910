package io.gradus.metrics;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;

/**
 * Classes that were predicted beside those that are right.
 *
 * @param predicted classes
 * @param actual classes, as many
 */
record Labels(long[] predicted, long[] actual) {
  /**
   * From scores [n, classes, …] (the largest wins) or classes, and targets [n, …] of whole numbers.
   */
  static Labels of(String metric, Tensor predictions, Tensor targets) {
    checkWhole(metric, targets);
    try (GradMode.Scope _ = GradMode.noGrad()) {
      Tensor p = predictions.detach();
      if (p.dim() == targets.dim() + 1 && p.dim() > 1) {
        p = p.argmax(1);
      } else if (p.dtype().isFloating()) {
        throw new DTypeException(
            ("[%s] predictions must be scores [n, classes, ...] or whole classes, but are %s of"
                    + " shape %s for targets of shape %s; compare probabilities with a threshold"
                    + " first")
                .formatted(metric, p.dtype(), p.shape(), targets.shape()));
      }
      if (!p.shape().equals(targets.shape())) {
        throw mismatch(metric, predictions, targets);
      }
      return new Labels(longs(p), longs(targets));
    }
  }

  static void checkWhole(String metric, Tensor targets) {
    if (targets.dtype().isFloating()) {
      throw new DTypeException(
          "[%s] targets must be classes in a whole dtype, but are %s"
              .formatted(metric, targets.dtype()));
    }
  }

  static ShapeException mismatch(String metric, Tensor predictions, Tensor targets) {
    return new ShapeException(
        "[%s] predictions of shape %s do not fit targets of shape %s"
            .formatted(metric, predictions.shape(), targets.shape()));
  }

  static void checkSame(String metric, Tensor predictions, Tensor targets) {
    if (!predictions.shape().equals(targets.shape())) {
      throw mismatch(metric, predictions, targets);
    }
  }

  /** Refuses a class that is not in [0, classes). */
  static void checkRange(String metric, String what, long[] labels, long classes) {
    for (long label : labels) {
      if (label < 0 || label >= classes) {
        throw new TensorIndexException(
            "[%s] %s %d is out of bounds for %d classes".formatted(metric, what, label, classes));
      }
    }
  }

  static long[] longs(Tensor t) {
    return t.detach().to(DType.I64).longArray();
  }

  static double[] doubles(Tensor t) {
    return t.detach().to(DType.F64).doubleArray();
  }

  int size() {
    return actual.length;
  }
}
