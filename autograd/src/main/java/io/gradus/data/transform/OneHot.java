package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.nn.Lookups;
import io.gradus.random.Generator;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;

/**
 * Makes of each class number a row of zeros with a one at its place.
 *
 * @param classes how many there are; the result has a last dimension of this size
 * @param dtype of the result
 */
public record OneHot(int classes, DType dtype) implements Transform {
  /** Refuses less than one class. */
  public OneHot {
    if (classes < 1) {
      throw new InvalidArgumentException(
          "[OneHot] the number of classes must be positive: " + classes);
    }
  }

  /** As {@code f32}, for a model to read. */
  public OneHot(int classes) {
    this(classes, DType.F32);
  }

  /**
   * See {@link OneHot}.
   *
   * @param x {@code i64} of any shape, from 0 to below the number of classes
   */
  @Override
  public Tensor apply(Tensor x, Generator random) {
    return Lookups.oneHot(x, classes).to(dtype);
  }
}
