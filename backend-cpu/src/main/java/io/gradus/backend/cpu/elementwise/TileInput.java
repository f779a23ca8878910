package io.gradus.backend.cpu.elementwise;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;

/** How the tiles of one input come about. */
sealed interface TileInput {
  /** Brings elements {@code [start, start + n)} of input {@code i} into its register. */
  default void load(TileFrame frame, int i, long start, int n) {}

  /** The array itself: contiguous and not narrow. */
  record Direct(Object array, int offset) implements TileInput {
    @Override
    public void load(TileFrame frame, int i, long start, int n) {
      frame.at[i] = offset + (int) start;
    }
  }

  /** One element everywhere: filled in once. */
  record Single(DType dtype, Object array, int offset) implements TileInput {}

  /** Contiguous; copied or widened when a tile begins. */
  record Dense(DType dtype, Object array, int offset) implements TileInput {
    @Override
    public void load(TileFrame frame, int i, long start, int n) {
      Conversions.load(dtype, array, offset + (int) start, 1, frame.array[i], 0, n);
    }
  }

  /** Gathered row by row. */
  record Strided(DType dtype, Object array, StridedTiles rows) implements TileInput {
    @Override
    public void load(TileFrame frame, int i, long start, int n) {
      int straight = dtype.isNarrow() ? -1 : rows.straight(start, n);
      if (straight >= 0) {
        frame.array[i] = array;
        frame.at[i] = straight;
      } else {
        frame.array[i] = frame.own[i];
        frame.at[i] = 0;
        rows.load(dtype, array, start, n, frame.own[i], 0);
      }
    }
  }

  /** One element a row, whose tiles are rows or parts of them: see {@link RowCode}. */
  record PerRow(DType dtype, Object array, StridedTiles rows) implements TileInput {
    @Override
    public void load(TileFrame frame, int i, long start, int n) {
      rows.load(dtype, array, start, 1, frame.array[i], 0);
    }
  }

  /** Filled in from outside. */
  record Given() implements TileInput {}

  static TileInput of(Operand operand) {
    Layout layout = operand.layout();
    DType dtype = operand.dtype();
    Object array = CpuStorage.array(operand);
    int offset = Math.toIntExact(layout.offset());
    if (layout.isContiguous()) {
      return dtype.isNarrow() ? new Dense(dtype, array, offset) : new Direct(array, offset);
    }
    return layout.isSingleElement()
        ? new Single(dtype, array, offset)
        : new Strided(dtype, array, StridedTiles.of(layout));
  }
}
