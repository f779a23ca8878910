package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.ComputeType;

/**
 * How a matrix product is cut up: a block of 256 threads makes {@code rows x columns} results,
 * {@code depth} products at a time, each thread {@code own x own} of them.
 *
 * <p>Every result is summed in the order of its products whatever the shape, so that the choice
 * does not show in the bits.
 */
enum TileShape {
  /** For small or thin matrices and long epilogues. */
  SMALL(16, 16, 16, 1),
  /** For most. */
  MEDIUM(64, 64, 16, 4),
  /** Where there are enough tiles of this size. */
  LARGE(128, 128, 8, 8);

  static final int THREADS = 256;

  final int rows;
  final int columns;
  final int depth;
  final int own;

  TileShape(int rows, int columns, int depth, int own) {
    this.rows = rows;
    this.columns = columns;
    this.depth = depth;
    this.own = own;
  }

  static TileShape of(
      long m, long n, long batch, ComputeType type, int epilogueSize, int multiprocessors) {
    if (m <= 16 || n <= 16 || epilogueSize > 100) {
      return SMALL;
    }
    if (type.dtype().byteSize() == 4
        && epilogueSize <= 16
        && LARGE.tiles(m, n) * batch >= 2L * multiprocessors) {
      return LARGE;
    }
    return MEDIUM.tiles(m, n) * batch >= multiprocessors ? MEDIUM : SMALL;
  }

  long tiles(long m, long n) {
    return Math.ceilDiv(m, rows) * Math.ceilDiv(n, columns);
  }

  /** How many results beside each other a thread has before the next ones are further off. */
  int run() {
    return Math.min(4, own);
  }

  /** The distance between a thread's runs. */
  int spread() {
    return rows / (own / run());
  }
}
