package io.gradus.tck;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.layout.Layout;

/** An operand that is not yet on a device: contents and layout. */
record Part(Block block, Layout layout) {
  DType dtype() {
    return block.dtype;
  }

  /** The same contents under another layout. */
  Part with(Layout other) {
    return new Part(block, other);
  }
}
