package io.gradus;

import io.gradus.exec.Joining;
import io.gradus.tensor.error.ShapeException;
import java.util.List;

/** The static methods of {@link Tensor} that put several tensors together; all copy. */
public abstract sealed class JoiningFactories permits DataFactories {
  JoiningFactories() {}

  /** The tensors behind each other along dimension 0. */
  public static Tensor cat(List<Tensor> tensors) {
    return Joining.cat(tensors, 0);
  }

  /**
   * The tensors behind each other along a dimension; dtypes are promoted.
   *
   * @throws ShapeException if sizes differ in any other dimension
   */
  public static Tensor cat(List<Tensor> tensors, int dim) {
    return Joining.cat(tensors, dim);
  }

  /** The tensors along a new dimension 0. */
  public static Tensor stack(List<Tensor> tensors) {
    return Joining.stack(tensors, 0);
  }

  /**
   * The tensors along a new dimension; dtypes are promoted.
   *
   * @throws ShapeException if shapes differ
   */
  public static Tensor stack(List<Tensor> tensors, int dim) {
    return Joining.stack(tensors, dim);
  }
}
