package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.Workers;

/**
 * Matrix product of f32 arrays, {@code c = a b}, with any strides of {@code a} and {@code b}.
 *
 * <p>Goto's scheme: panels of {@code b} and blocks of {@code a} are copied in the order in which
 * the register tiles read them (K. Goto, R. van de Geijn, "Anatomy of High-Performance Matrix
 * Multiplication", 2008). Blocks of k continue the sums of the previous block, so each element of a
 * proper matrix product is one chain of fma over k whatever the blocking, the lanes and the number
 * of threads.
 */
final class FloatGemm {
  private static final int DEPTH = 256;
  private static final int HEIGHT = 64;
  private static final int WIDTH = 1024;
  private static final int ROWS = FloatTiles.ROWS;
  private static final int DIRECT = FloatTiles.DIRECT_ROWS;
  private static final int COLUMNS = FloatTiles.COLUMNS;

  /** Up to here {@code a} is read where it lies: a copy costs more than it brings. */
  private static final long SMALL = 1L << 18;

  /** Multiplications that are worth another thread. */
  private static final int GRAIN = 1 << 16;

  /** Elements to be packed that are. */
  private static final int PACKING_GRAIN = 1 << 14;

  private static final ThreadLocal<float[]> BLOCK =
      ThreadLocal.withInitial(() -> new float[HEIGHT * DEPTH]);
  private static final ThreadLocal<float[]> PANELS = ThreadLocal.withInitial(() -> new float[0]);

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
    } else if (c.columns() == 1 && c.rows() > 1 && FloatGemv.fits(a, c.rowStride())) {
      FloatGemv.multiply(
          a, b.array(), b.offset(), b.rowStride(), c.array(), c.offset(), c.rowStride());
    } else if (c.rows() == 1 && FloatGemv.fits(b.transposed(), 1)) {
      FloatGemv.multiply(
          b.transposed(), a.array(), a.offset(), a.stride(), c.array(), c.offset(), 1);
    } else if (work <= SMALL) {
      small(a, b, c);
    } else {
      blocked(a, b, c);
    }
  }

  private static float[] panels(int size) {
    float[] p = PANELS.get();
    if (p.length < size) {
      p = new float[size];
      PANELS.set(p);
    }
    return p;
  }

  private static void small(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    int k = a.columns();
    int n = c.columns();
    int whole = b.stride() == 1 ? n - n % COLUMNS : 0;
    float[] packed = panels((n - whole + COLUMNS - 1) / COLUMNS * COLUMNS * k);
    for (int j = 0; j < n; j += COLUMNS) {
      if (j < whole) {
        smallColumns(a, b.array(), b.at(0, j), b.rowStride(), c, j);
      } else {
        int o = (j - whole) * k;
        FloatPacking.columns(b, 0, k, j, packed, o);
        smallColumns(a, packed, o, COLUMNS, c, j);
      }
    }
  }

  private static void smallColumns(
      FloatMatrix a, float[] b, int ib, int ldb, FloatMatrix c, int j) {
    int k = a.columns();
    int m = c.rows();
    int width = Math.min(COLUMNS, c.columns() - j);
    float[] edge = width < COLUMNS ? new float[DIRECT * COLUMNS] : c.array();
    int i = 0;
    for (; i + DIRECT <= m; i += DIRECT) {
      if (width == COLUMNS) {
        FloatTiles.direct(
            a.array(),
            a.at(i, 0),
            a.rowStride(),
            a.stride(),
            b,
            ib,
            ldb,
            k,
            c.array(),
            c.at(i, j),
            c.rowStride());
      } else {
        FloatTiles.direct(
            a.array(), a.at(i, 0), a.rowStride(), a.stride(), b, ib, ldb, k, edge, 0, COLUMNS);
        for (int r = 0; r < DIRECT; r++) {
          System.arraycopy(edge, r * COLUMNS, c.array(), c.at(i + r, j), width);
        }
      }
    }
    for (; i < m; i++) {
      if (width == COLUMNS) {
        FloatTiles.row(a.array(), a.at(i, 0), a.stride(), b, ib, ldb, k, c.array(), c.at(i, j));
      } else {
        FloatTiles.row(a.array(), a.at(i, 0), a.stride(), b, ib, ldb, k, edge, 0);
        System.arraycopy(edge, 0, c.array(), c.at(i, j), width);
      }
    }
  }

  private static void blocked(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    int m = c.rows();
    int n = c.columns();
    int k = a.columns();
    float[] panels = panels(Math.min(WIDTH, round(n)) * Math.min(DEPTH, k));
    for (int jc = 0; jc < n; jc += WIDTH) {
      int nc = Math.min(WIDTH, n - jc);
      for (int pc = 0; pc < k; pc += DEPTH) {
        int kc = Math.min(DEPTH, k - pc);
        int j0 = jc;
        int p0 = pc;
        int count = (nc + COLUMNS - 1) / COLUMNS;
        Workers.run(
            count,
            Math.max(1, PACKING_GRAIN / (COLUMNS * kc)),
            (from, to) -> {
              for (int q = (int) from; q < to; q++) {
                FloatPacking.columns(b, p0, kc, j0 + q * COLUMNS, panels, q * COLUMNS * kc);
              }
            });
        int height = height(m, nc, kc);
        Workers.run(
            (m + height - 1) / height,
            Math.max(1, (int) (GRAIN / ((long) height * nc * kc))),
            (from, to) -> {
              for (int q = (int) from; q < to; q++) {
                int i = q * height;
                block(a, i, Math.min(height, m - i), p0, kc, panels, c, j0, nc);
              }
            });
      }
    }
  }

  private static int round(int n) {
    return (n + COLUMNS - 1) / COLUMNS * COLUMNS;
  }

  /** Lower blocks where there would be too few of them to share out. */
  private static int height(int m, int nc, int kc) {
    int height = HEIGHT;
    while (height > 2 * ROWS && (m + height - 1) / height < 4 && (long) height * nc * kc > GRAIN) {
      height = (height / 2 + ROWS - 1) / ROWS * ROWS;
    }
    return height;
  }

  private static void block(
      FloatMatrix a,
      int i0,
      int mc,
      int p0,
      int kc,
      float[] panels,
      FloatMatrix c,
      int j0,
      int nc) {
    float[] block = BLOCK.get();
    for (int i = 0; i < mc; i += ROWS) {
      FloatPacking.rows(a, i0 + i, Math.min(ROWS, mc - i), p0, kc, block, i * kc);
    }
    boolean add = p0 > 0;
    float[] edge = new float[ROWS * COLUMNS];
    for (int j = 0; j < nc; j += COLUMNS) {
      int width = Math.min(COLUMNS, nc - j);
      for (int i = 0; i < mc; i += ROWS) {
        int height = Math.min(ROWS, mc - i);
        int to = c.at(i0 + i, j0 + j);
        if (width == COLUMNS && height == ROWS) {
          FloatTiles.packed(block, i * kc, panels, j * kc, kc, c.array(), to, c.rowStride(), add);
        } else {
          for (int r = 0; add && r < height; r++) {
            System.arraycopy(c.array(), to + r * c.rowStride(), edge, r * COLUMNS, width);
          }
          FloatTiles.packed(block, i * kc, panels, j * kc, kc, edge, 0, COLUMNS, add);
          for (int r = 0; r < height; r++) {
            System.arraycopy(edge, r * COLUMNS, c.array(), to + r * c.rowStride(), width);
          }
        }
      }
    }
  }
}
