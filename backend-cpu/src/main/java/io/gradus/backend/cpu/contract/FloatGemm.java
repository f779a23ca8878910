package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.SoftLocal;

/**
 * Matrix product of f32 arrays, {@code c = a b}, with any strides of {@code a} and {@code b}.
 *
 * <p>Each element of a proper matrix product is one chain of fma over k, whatever the blocking, the
 * lanes and the number of threads. Here small products, which are not worth copying {@code a} for.
 */
final class FloatGemm {
  private static final int ROWS = FloatTiles.ROWS;
  private static final int COLUMNS = FloatTiles.COLUMNS;

  /** Up to here {@code a} is read where it lies: a copy costs more than it brings. */
  private static final long SMALL = 1L << 18;

  private static final SoftLocal<FloatKept> PANELS = new SoftLocal<>(FloatKept::new);

  private FloatGemm() {}

  /** Writes the product into {@code c}, of which neighbours in a row or in a column must touch. */
  static void multiply(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    if (c.stride() != 1 && c.columns() > 1) {
      multiply(b.transposed(), a.transposed(), c.transposed());
      return;
    }
    int k = a.columns();
    long work = (long) c.rows() * c.columns() * k;
    if (c.rows() == 0 || c.columns() == 0) {
      return;
    }
    if (k == 0) {
      for (int i = 0; i < c.rows(); i++) {
        java.util.Arrays.fill(c.array(), c.at(i, 0), c.at(i, 0) + c.columns(), 0f);
      }
      c.finish(0, c.rows(), 0, c.columns());
    } else if (c.columns() == 1 && c.rows() > 1 && FloatGemv.fits(a, c.rowStride())) {
      FloatGemv.multiply(
          a, b.array(), b.offset(), b.rowStride(), c.array(), c.offset(), c.rowStride());
      c.finish(0, c.rows(), 0, 1);
    } else if (c.rows() == 1 && FloatGemv.fits(b.transposed(), 1)) {
      FloatGemv.multiply(
          b.transposed(), a.array(), a.offset(), a.stride(), c.array(), c.offset(), 1);
      c.finish(0, 1, 0, c.columns());
    } else if (work <= SMALL) {
      small(a, b, c);
      c.finish(0, c.rows(), 0, c.columns());
    } else {
      FloatBlockedGemm.multiply(a, b, c);
    }
  }

  private static void small(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    int k = a.columns();
    int n = c.columns();
    int whole = b.stride() == 1 ? n - n % COLUMNS : 0;
    float[] packed = PANELS.get().of((n - whole + COLUMNS - 1) / COLUMNS * COLUMNS * k);
    for (int j = 0; j < n; j += COLUMNS) {
      if (j < whole) {
        columns(a, 0, c.rows(), b.array(), b.at(0, j), b.rowStride(), c, j);
      } else {
        int o = (j - whole) * k;
        FloatPacking.columns(b, 0, k, j, packed, o);
        columns(a, 0, c.rows(), packed, o, COLUMNS, c, j);
      }
    }
  }

  /**
   * Computes one panel of {@code c}: rows {@code from} to {@code from + count}, and of the columns
   * {@code COLUMNS} from {@code j} on, or as many as there are.
   *
   * <p>The panel of {@code b} starts at {@code ib}, with {@code ldb} elements from one row to the
   * next. It is always read at its full width, so where {@code c} ends earlier the tiles go to an
   * array of their own, from which only what belongs to {@code c} is copied.
   */
  static void columns(
      FloatMatrix a, int from, int count, float[] b, int ib, int ldb, FloatMatrix c, int j) {
    int width = Math.min(COLUMNS, c.columns() - j);
    if (width == COLUMNS) {
      rows(a, from, count, b, ib, ldb, c.array(), c.at(from, j), c.rowStride());
      return;
    }
    float[] edge = new float[ROWS * COLUMNS];
    for (int i = from; i < from + count; i += ROWS) {
      int height = Math.min(ROWS, from + count - i);
      rows(a, i, height, b, ib, ldb, edge, 0, COLUMNS);
      for (int r = 0; r < height; r++) {
        System.arraycopy(edge, r * COLUMNS, c.array(), c.at(i + r, j), width);
      }
    }
  }

  /** So many rows of the product of {@code a} and a panel of columns. */
  static void rows(
      FloatMatrix a, int i, int rows, float[] b, int ib, int ldb, float[] c, int ic, int ldc) {
    int k = a.columns();
    FloatTiles.direct(
        rows, a.array(), a.at(i, 0), a.rowStride(), a.stride(), b, ib, ldb, k, c, ic, ldc);
  }
}
