package io.gradus;

import io.gradus.tensor.layout.Slice;
import java.util.Arrays;

/** How an operand of a given shape comes from a contiguous leaf. */
enum LayoutForm {
  /** The leaf itself. */
  CONTIGUOUS,
  /** The first and the last dimension are exchanged. */
  TRANSPOSED,
  /** Every second element of the last dimension, from an offset. */
  SLICED,
  /** Stride 0 in the first dimension. */
  EXPANDED,
  /** Without its first dimension, for operations that broadcast. */
  BROADCAST,
  /** A single number without dimensions. */
  ZERO_DIM,
  /** Size 0 in the first dimension. */
  EMPTY;

  /** Whether the operand that a view gives has the shape that was asked for. */
  boolean keepsShape() {
    return switch (this) {
      case CONTIGUOUS, TRANSPOSED, SLICED, EXPANDED -> true;
      case BROADCAST, ZERO_DIM, EMPTY -> false;
    };
  }

  /** Whether an operand of this rank can have this form, other than by being contiguous. */
  boolean fits(int rank) {
    return switch (this) {
      case CONTIGUOUS -> true;
      case TRANSPOSED -> rank > 1;
      case SLICED, EXPANDED, BROADCAST, ZERO_DIM, EMPTY -> rank > 0;
    };
  }

  /** The shape of the leaf for an operand of a shape that this form fits. */
  long[] leaf(long[] shape) {
    long[] leaf = shape.clone();
    int last = shape.length - 1;
    switch (this) {
      case CONTIGUOUS -> {}
      case TRANSPOSED -> {
        leaf[0] = shape[last];
        leaf[last] = shape[0];
      }
      case SLICED -> leaf[last] = 2 * shape[last];
      case EXPANDED -> leaf[0] = 1;
      case BROADCAST -> leaf = Arrays.copyOfRange(shape, 1, shape.length);
      case ZERO_DIM -> leaf = new long[0];
      case EMPTY -> leaf[0] = 0;
    }
    return leaf;
  }

  /** The operand, as a view of its leaf. */
  Tensor view(Tensor leaf, long[] shape) {
    return switch (this) {
      case CONTIGUOUS, BROADCAST, ZERO_DIM, EMPTY -> leaf;
      case TRANSPOSED -> leaf.transpose(0, -1);
      case SLICED -> leaf.slice(-1, Slice.from(1).step(2));
      case EXPANDED -> leaf.expand(shape);
    };
  }
}
