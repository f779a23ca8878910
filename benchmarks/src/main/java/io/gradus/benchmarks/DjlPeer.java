package io.gradus.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** libtorch through DJL's PyTorch engine, with as many threads as Gradus uses. */
final class DjlPeer {
  private final NDManager manager = NDManager.newBaseManager();

  DjlPeer() {
    Engine engine = Engine.getInstance();
    if (!engine.getEngineName().equals("PyTorch")) {
      throw new IllegalStateException("expected the PyTorch engine, found " + engine);
    }
  }

  NDManager manager() {
    return manager;
  }

  NDArray vector(float[] values) {
    return manager.create(values);
  }

  NDArray matrix(float[] values, int rows, int columns) {
    return manager.create(values, new Shape(rows, columns));
  }
}
