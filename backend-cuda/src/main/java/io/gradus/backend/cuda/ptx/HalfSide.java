package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.layout.Layout;

/** How a factor of a product of {@code f16} or {@code bf16} is read: its bits, as they are. */
sealed interface HalfSide extends TensorSide {
  /** Elements in 16 bytes. */
  int CHUNK = 8;

  /** What to read elements as, so that nobody widens them. */
  DType BITS = DType.I16;

  /**
   * One by one.
   *
   * @param side gives {@link #BITS}
   */
  record Elements(TileSide side, boolean alongDepth) implements HalfSide {}

  /**
   * Eight at a time, from a matrix that {@link #isInChunks}.
   *
   * @param base its address
   * @param stride from one run to the next, in elements
   */
  record Chunks(Value base, Value stride, boolean alongDepth) implements HalfSide {}

  /** Whether runs along an axis are whole chunks at multiples of 16 bytes. */
  static boolean isInChunks(Layout layout, int axis) {
    long all = layout.offset() | layout.size(axis);
    for (int d = 0; d < layout.rank(); d++) {
      all |= d == axis || layout.size(d) == 1 ? 0 : layout.stride(d);
    }
    return layout.stride(axis) == 1 && all % CHUNK == 0;
  }
}
