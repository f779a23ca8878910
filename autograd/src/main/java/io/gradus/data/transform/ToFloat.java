package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;

/** Makes bytes from 0 to 255 {@code f32} from 0 to 1; floating images stay as they are. */
public record ToFloat() implements Transform {
  private static final float BRIGHTEST = 255;

  /** See {@link ToFloat}. */
  @Override
  public Tensor apply(Tensor x, Generator random) {
    if (x.dtype().isFloating()) {
      return x;
    }
    if (x.dtype() != DType.U8) {
      throw new DTypeException(
          "[ToFloat] expected u8 or a floating dtype, but got "
              + x.dtype()
              + "; what is 1 in it? divide by that yourself");
    }
    return x.to(DType.F32).div(BRIGHTEST);
  }
}
