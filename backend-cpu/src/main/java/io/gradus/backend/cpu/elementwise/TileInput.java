package io.gradus.backend.cpu.elementwise;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;

/** How the tiles of one input come about. */
sealed interface TileInput {
  /** The array itself: contiguous and not narrow. */
  record Direct(Object array, int offset) implements TileInput {}

  /** One element everywhere: filled in once. */
  record Single(DType dtype, Object array, int offset) implements TileInput {}

  /** Contiguous; copied or widened when a tile begins. */
  record Dense(DType dtype, Object array, int offset) implements TileInput {}

  /** Gathered row by row. */
  record Strided(DType dtype, Object array, StridedTiles rows) implements TileInput {}

  /** One element a row, whose tiles are rows or parts of them: see {@link RowCode}. */
  record PerRow(DType dtype, Object array, StridedTiles rows) implements TileInput {}

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
