package io.gradus.backend.cpu.reduce;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Params;

/**
 * How far the elements of a row are from each other: for each block its mean and the sum of the
 * squares of the distances from it. From these follows the sum of the squares of the distances from
 * any number, so that a row is read once.
 *
 * <p>T. F. Chan, G. H. Golub, R. J. LeVeque: Updating formulae and a pairwise algorithm for
 * computing sample variances, 1979.
 */
final class Spread {
  private final ComputeType type;
  private final int length;

  /** The mean and the sum of squares of each block. */
  private final double[] blocks;

  /** Knows nothing yet of a row of floating numbers. */
  Spread(ComputeType type, int length) {
    this.type = type;
    this.length = length;
    this.blocks = new double[Blocks.count(length) * 2];
  }

  /** Learns of {@code a[o .. o+n)}, a block; returns its sum. */
  long sum(int block, Object a, int o, int n) {
    return Params.of(
        type == ComputeType.F32
            ? FloatBlocks.spread((float[]) a, o, n, blocks, 2 * block)
            : DoubleBlocks.spread((double[]) a, o, n, blocks, 2 * block));
  }

  /**
   * The sum of the squares of the distances from a number. If it is not finite, nothing is known:
   * what overflows or is not a number shows only stage by stage as what it is.
   */
  double around(double center) {
    double total = 0;
    int left = length;
    for (int at = 0; at < blocks.length; at += 2) {
      double d = blocks[at] - center;
      total += Math.max(0, blocks[at + 1]) + Math.min(Blocks.SIZE, left) * d * d;
      left -= Blocks.SIZE;
    }
    return total;
  }
}
