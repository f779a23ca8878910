package io.gradus.backend.cpu.elementwise;

import io.gradus.tensor.dtype.DType;

/** Where the tiles of one output go. */
sealed interface TileOutput {
  /** Takes {@code n} elements from {@code start} on of output {@code j} out of its register. */
  default void store(TileFrame frame, int j, long start, int n) {}

  /** Computed straight into the array: contiguous and not narrow. */
  record Direct(Object array, int offset) implements TileOutput {}

  /** Contiguous; copied or narrowed when the tile is done. */
  record Dense(DType dtype, Object array, int offset) implements TileOutput {
    @Override
    public void store(TileFrame frame, int j, long start, int n) {
      int r = frame.code.outputs[j];
      Conversions.store(dtype, frame.array[r], frame.at[r], array, offset + (int) start, 1, n);
    }
  }

  /** Scattered row by row when the tile is done. */
  record Strided(DType dtype, Object array, StridedTiles rows) implements TileOutput {
    @Override
    public void store(TileFrame frame, int j, long start, int n) {
      int r = frame.code.outputs[j];
      rows.store(dtype, frame.array[r], frame.at[r], array, start, n);
    }
  }

  /** Stays in its tile. */
  record Kept() implements TileOutput {}
}
