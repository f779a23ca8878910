package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.tensor.dtype.DType;

/**
 * How a matrix product is cut up: a block of 256 threads makes {@code rows x columns} results,
 * {@code depth} products at a time, each thread {@code own x own} of them.
 *
 * <p>Every result is summed in the order of its products whatever the shape, so that the choice
 * does not show in the bits; only tensor cores have an order of their own.
 */
enum TileShape {
  /** For small or thin matrices and long epilogues. */
  SMALL(16, 16, 16, 1),
  /** For most. */
  MEDIUM(64, 64, 16, 4),
  /** Where there are enough tiles of this size. */
  LARGE(128, 128, 8, 8),
  /** On tensor cores, for most. */
  TENSOR_MEDIUM(64, 64, 32, 0),
  /** On tensor cores, where there are enough tiles of this size. */
  TENSOR_LARGE(128, 128, 32, 0),
  /** On tensor cores, of TF32. */
  TF32_MEDIUM(64, 64, 16, 0),
  /** The same, where there are enough tiles of this size. */
  TF32_LARGE(128, 128, 16, 0);

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

  /**
   * For products of a size.
   *
   * @param tf32 whether {@code f32} may be rounded
   */
  static TileShape of(
      long m,
      long n,
      long batch,
      DType dtype,
      int epilogueSize,
      boolean tf32,
      DeviceTraits traits) {
    if (m <= 16 || n <= 16 || epilogueSize > 100) {
      return SMALL;
    }
    boolean many = epilogueSize <= 16 && LARGE.tiles(m, n) * batch >= 2L * traits.multiprocessors();
    if (TensorTileCode.servesHalves(dtype, traits.computeCapability())) {
      return many ? TENSOR_LARGE : TENSOR_MEDIUM;
    }
    if (tf32 && TensorTileCode.servesFloats(dtype, traits.computeCapability())) {
      return many ? TF32_LARGE : TF32_MEDIUM;
    }
    if (many && dtype.compute().dtype().byteSize() == 4) {
      return LARGE;
    }
    return MEDIUM.tiles(m, n) * batch >= traits.multiprocessors() ? MEDIUM : SMALL;
  }

  /** Whether {@link TensorTileCode} does it, and not {@link TileCode}. */
  boolean onTensorCores() {
    return own == 0;
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
