package io.gradus.backend.cpu.elementwise;

import io.gradus.tensor.dtype.DType;

/** Where the tiles of one output go. */
sealed interface TileOutput {
  /** Computed straight into the array: contiguous and not narrow. */
  record Direct(Object array, int offset) implements TileOutput {}

  /** Contiguous; copied or narrowed when the tile is done. */
  record Dense(DType dtype, Object array, int offset) implements TileOutput {}

  /** Scattered row by row when the tile is done. */
  record Strided(DType dtype, Object array, StridedTiles rows) implements TileOutput {}

  /** Stays in its tile. */
  record Kept() implements TileOutput {}
}
