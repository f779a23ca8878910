package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.Workers;

/**
 * Products of matrices that are worth being copied in the order in which the register tiles read
 * them: Goto's scheme (K. Goto, R. van de Geijn, "Anatomy of High-Performance Matrix
 * Multiplication", 2008). Blocks of k continue the sums of the previous block.
 *
 * <p>What all threads read is packed first, then each thread packs its part of the other matrix:
 * the whole of {@code a} is shared where it is small and {@code b} is not, else a block of {@code
 * b} at a time.
 */
final class FloatBlockedGemm {
  /**
   * So deep that few tiles have to be loaded and stored again: that costs more than what is gained
   * by panels that fit into the first-level cache. The processor fetches them from the second in
   * time.
   */
  private static final int DEPTH = 1024;

  /** A block of {@code a}, 256 KB, stays in a core's second-level cache with a panel. */
  private static final int HEIGHT = 256 / Float.BYTES;

  /** Panels of {@code b}, 4 MB, stay in the cache that cores share. */
  private static final int WIDTH = 4096 / Float.BYTES;

  private static final int ROWS = FloatTiles.ROWS;
  private static final int COLUMNS = FloatTiles.COLUMNS;

  /** Elements of {@code a} that stay in a core's cache, 512 KB, while {@code b} passes. */
  private static final int SHARED = (1 << 19) / Float.BYTES;

  /** Multiplications that are worth another thread. */
  private static final int GRAIN = 1 << 16;

  /** Elements to be packed that are. */
  private static final int PACKING_GRAIN = 1 << 14;

  /** What one thread has packed for itself. */
  private static final ThreadLocal<float[]> OWN =
      ThreadLocal.withInitial(() -> new float[Math.max(HEIGHT, COLUMNS) * DEPTH]);

  /** What a thread has had packed for all. */
  private static final ThreadLocal<float[]> FOR_ALL = ThreadLocal.withInitial(() -> new float[0]);

  private FloatBlockedGemm() {}

  static void multiply(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    if (c.rows() >= c.columns() || (long) c.rows() * a.columns() > SHARED) {
      sharedColumns(a, b, c);
    } else if (b.rowStride() == 1 && round(c.rows(), COLUMNS) - c.rows() <= ROWS) {
      turned(a, b, c); // with few columns of zeros in its panels
    } else {
      sharedRows(a, b, c);
    }
  }

  private static float[] forAll(int size) {
    float[] array = FOR_ALL.get();
    if (array.length < size) {
      array = new float[size];
      FOR_ALL.set(array);
    }
    return array;
  }

  private static int round(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }

  /** Blocks of k of one size: a short last one would cost as many trips to {@code c} as others. */
  private static int depth(int k) {
    int blocks = (k + DEPTH - 1) / DEPTH;
    return (k + blocks - 1) / blocks;
  }

  private static void sharedRows(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    int m = round(c.rows(), ROWS);
    int k = a.columns();
    int depth = depth(k);
    float[] rows = forAll(m * k);
    Workers.run(
        m / ROWS,
        Math.max(1, PACKING_GRAIN / (ROWS * k)),
        (from, to) -> {
          for (int i = (int) from * ROWS; i < to * ROWS; i += ROWS) {
            for (int p = 0; p < k; p += depth) {
              int kc = Math.min(depth, k - p);
              FloatPacking.rows(a, i, Math.min(ROWS, c.rows() - i), p, kc, rows, p * m + i * kc);
            }
          }
        });
    Workers.run(
        (c.columns() + COLUMNS - 1) / COLUMNS,
        Math.max(1, (int) (GRAIN / ((long) m * COLUMNS * k))),
        (from, to) -> {
          float[] panel = OWN.get();
          float[] edge = new float[ROWS * COLUMNS];
          for (int j = (int) from * COLUMNS; j < to * COLUMNS; j += COLUMNS) {
            for (int p = 0; p < k; p += depth) {
              int kc = Math.min(depth, k - p);
              FloatPacking.columns(b, p, kc, j, panel, 0);
              for (int i = 0; i < m; i += ROWS) {
                tile(rows, p * m + i * kc, panel, 0, kc, c, i, j, p > 0, edge);
              }
            }
          }
          finishColumns(c, (int) from * COLUMNS, (int) to * COLUMNS);
        });
  }

  /**
   * The transposed product, whose first matrix is read where it lies, along k: there is much more
   * of it than of what is packed here, and less to be multiplied with each of its elements than
   * would pay for a copy. Tiles are turned on their way to {@code c}.
   */
  private static void turned(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    int m = c.rows();
    int n = c.columns();
    int k = a.columns();
    FloatMatrix columns = a.transposed();
    FloatMatrix rows = b.transposed();
    float[] panels = forAll(round(m, COLUMNS) * k);
    Workers.run(
        (m + COLUMNS - 1) / COLUMNS,
        Math.max(1, PACKING_GRAIN / (COLUMNS * k)),
        (from, to) -> {
          for (int i = (int) from * COLUMNS; i < to * COLUMNS; i += COLUMNS) {
            FloatPacking.columns(columns, 0, k, i, panels, i * k);
          }
        });
    Workers.run(
        (n + COLUMNS - 1) / COLUMNS,
        Math.max(1, (int) (GRAIN / ((long) m * COLUMNS * k))),
        (from, to) -> {
          float[] tile = OWN.get();
          FloatMatrix transposed = new FloatMatrix(tile, 0, COLUMNS, COLUMNS, 1, COLUMNS);
          int turned = COLUMNS * COLUMNS; // behind it
          for (int j = (int) from * COLUMNS; j < to * COLUMNS; j += COLUMNS) {
            int width = Math.min(COLUMNS, n - j);
            for (int i = 0; i < m; i += COLUMNS) {
              FloatGemm.rows(rows, j, width, panels, i * k, COLUMNS, tile, 0, COLUMNS);
              FloatPacking.columns(transposed, 0, COLUMNS, 0, tile, turned);
              for (int r = 0; r < Math.min(COLUMNS, m - i); r++) {
                System.arraycopy(tile, turned + r * COLUMNS, c.array(), c.at(i + r, j), width);
              }
            }
          }
          finishColumns(c, (int) from * COLUMNS, (int) to * COLUMNS);
        });
  }

  private static void finishColumns(FloatMatrix c, int from, int to) {
    c.finish(0, c.rows(), from, Math.min(to, c.columns()) - from);
  }

  private static void sharedColumns(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    int m = c.rows();
    int n = c.columns();
    int k = a.columns();
    int depth = depth(k);
    float[] panels = forAll(Math.min(WIDTH, round(n, COLUMNS)) * depth);
    for (int jc = 0; jc < n; jc += WIDTH) {
      int nc = Math.min(WIDTH, n - jc);
      for (int pc = 0; pc < k; pc += depth) {
        int kc = Math.min(depth, k - pc);
        int j0 = jc;
        int p0 = pc;
        Workers.run(
            (nc + COLUMNS - 1) / COLUMNS,
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
                int rows = Math.min(height, m - i);
                block(a, i, rows, p0, kc, panels, c, j0, nc);
                if (p0 + kc == k) {
                  c.finish(i, rows, j0, nc);
                }
              }
            });
      }
    }
  }

  /** Lower blocks where there would be too few of them to share out. */
  private static int height(int m, int nc, int kc) {
    int height = HEIGHT;
    while (height > 2 * ROWS && (m + height - 1) / height < 4 && (long) height * nc * kc > GRAIN) {
      height = round(height / 2, ROWS);
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
    float[] block = OWN.get();
    for (int i = 0; i < mc; i += ROWS) {
      FloatPacking.rows(a, i0 + i, Math.min(ROWS, mc - i), p0, kc, block, i * kc);
    }
    float[] edge = new float[ROWS * COLUMNS];
    for (int j = 0; j < nc; j += COLUMNS) {
      for (int i = 0; i < mc; i += ROWS) {
        tile(block, i * kc, panels, j * kc, kc, c, i0 + i, j0 + j, p0 > 0, edge);
      }
    }
  }

  /** One tile of {@code c}, at its edges by way of an array that has room for a whole one. */
  private static void tile(
      float[] rows,
      int ia,
      float[] panel,
      int ib,
      int kc,
      FloatMatrix c,
      int i,
      int j,
      boolean add,
      float[] edge) {
    int height = Math.min(ROWS, c.rows() - i);
    int width = Math.min(COLUMNS, c.columns() - j);
    int to = c.at(i, j);
    if (width == COLUMNS && height == ROWS) {
      FloatTiles.packed(rows, ia, panel, ib, kc, c.array(), to, c.rowStride(), add);
      return;
    }
    for (int r = 0; add && r < height; r++) {
      System.arraycopy(c.array(), to + r * c.rowStride(), edge, r * COLUMNS, width);
    }
    FloatTiles.packed(rows, ia, panel, ib, kc, edge, 0, COLUMNS, add);
    for (int r = 0; r < height; r++) {
      System.arraycopy(edge, r * COLUMNS, c.array(), to + r * c.rowStride(), width);
    }
  }
}
