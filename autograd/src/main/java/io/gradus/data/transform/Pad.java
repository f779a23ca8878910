package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.nn.Rearrangements;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;

/**
 * Puts a border around an image.
 *
 * @param left elements, as are the next three
 * @param value of the border
 */
public record Pad(int left, int top, int right, int bottom, double value) implements Transform {
  /** Refuses negative borders. */
  public Pad {
    if (left < 0 || top < 0 || right < 0 || bottom < 0) {
      throw new InvalidArgumentException(
          "[Pad] borders must not be negative: %d, %d, %d, %d; crop instead"
              .formatted(left, top, right, bottom));
    }
  }

  /** Zeros on all sides. */
  public Pad(int border) {
    this(border, border, border, border, 0);
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    Images.check("Pad", x);
    return Rearrangements.pad(x, new long[] {left, right, top, bottom}, "constant", value);
  }
}
