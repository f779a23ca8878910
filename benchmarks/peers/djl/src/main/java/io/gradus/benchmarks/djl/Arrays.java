package io.gradus.benchmarks.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import java.util.function.Supplier;

/** Operands of DJL, and what to do with results. */
final class Arrays {
  private static final NDManager MANAGER = NDManager.newBaseManager();

  private Arrays() {}

  static NDManager manager() {
    return MANAGER;
  }

  static NDArray normal(long seed, long... shape) {
    Shape s = new Shape(shape);
    return MANAGER.create(Inputs.normal((int) s.size(), seed), s);
  }

  static NDArray leaf(NDArray x) {
    x.setRequiresGradient(true);
    return x;
  }

  /** A row whose result is given back at once: native work is never optimised away. */
  static Work freed(Supplier<NDArray> operation) {
    return () -> {
      operation.get().close();
      return null;
    };
  }

  /**
   * A recorded result and the gradients of all leaves, which are then given back. Opening a
   * collector clears the gradients of the step before; results follow the manager of {@code x},
   * which is lent to one that closes with the step.
   */
  static Work differentiated(NDArray x, Supplier<NDArray> operation, NDArray... leaves) {
    return () -> {
      try (NDManager step = MANAGER.newSubManager()) {
        step.tempAttachAll(x);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          collector.backward(operation.get());
        }
        for (NDArray leaf : leaves) {
          leaf.getGradient().close();
        }
      }
      return null;
    };
  }
}
