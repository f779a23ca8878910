package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;

/** The middle of an image, filled up with zeros where the image is smaller. */
public record CenterCrop(int height, int width) implements Transform {
  /** Refuses sizes below 1. */
  public CenterCrop {
    Images.checkSize("CenterCrop", height, width);
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    Images.check("CenterCrop", x);
    int moreRows = Math.max(height - Images.height(x), 0);
    int moreColumns = Math.max(width - Images.width(x), 0);
    Tensor padded = x;
    if (moreRows > 0 || moreColumns > 0) {
      int left = moreColumns / 2;
      int top = moreRows / 2;
      padded = new Pad(left, top, moreColumns - left, moreRows - top, 0).apply(x, random);
    }
    // Halves are rounded to even, as Python's round does.
    long top = (long) Math.rint((padded.size(-2) - height) / 2.0);
    long left = (long) Math.rint((padded.size(-1) - width) / 2.0);
    return Images.crop(padded, top, left, height, width);
  }
}
