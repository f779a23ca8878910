package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.Borrowed;
import io.gradus.backend.cpu.SoftLocal;
import io.gradus.backend.cpu.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Products of matrices that are worth being copied in the order in which the register tiles read
 * them: Goto's scheme (K. Goto, R. van de Geijn, "Anatomy of High-Performance Matrix
 * Multiplication", 2008). Blocks of k continue the sums of the previous block.
 *
 * <p>A block of {@code b} is packed for all threads, then each thread packs its part of {@code a}.
 * Where {@code a} is small, only one of the two is packed, by each thread what it needs: one loop
 * instead of two, and nothing that a core has to fetch from another one's cache.
 */
final class FloatBlockedGemm {
  /**
   * So deep that few tiles have to be loaded and stored again: that costs more than what is gained
   * by panels that fit into the first-level cache. The processor fetches them from the second in
   * time; for 512-bit vectors, whose tiles take as many steps for more results, twice as many.
   */
  private static final int DEPTH = FloatTiles.ROWS == 8 ? 2048 : 1024;

  /** A block of {@code a}, 256 KB at most, stays in a core's second-level cache with a panel. */
  private static final int HEIGHT = 128 / Float.BYTES;

  /** Elements of {@code b} that stay in the cache that cores share as panels, 8 MB. */
  private static final int PANELS = (1 << 23) / Float.BYTES;

  private static final int ROWS = FloatTiles.ROWS;
  private static final int COLUMNS = FloatTiles.COLUMNS;

  /** Elements of {@code a} that stay in a core's cache, 512 KB, while {@code b} passes. */
  private static final int SHARED = (1 << 19) / Float.BYTES;

  /** Rows of {@code a} that meet a panel before another thread may take the next ones. */
  private static final int PART = 64;

  /** Multiplications that are worth another thread. */
  private static final int GRAIN = 1 << 16;

  /** Elements to be packed that are. */
  private static final int PACKING_GRAIN = 1 << 14;

  /**
   * Rows of {@code b} that are packed for all panels, which reads them to their ends, before the
   * next ones: a panel after the other was measured to take half as long again.
   */
  private static final int PACKING_ROWS = 8;

  /** Panels for all threads of no more elements, 512 KB, are kept by the thread that asked. */
  private static final int KEPT = (1 << 19) / Float.BYTES;

  private static final SoftLocal<Own> OWN = new SoftLocal<>(Own::new);

  /** What a thread has had packed for all, unless it is large. */
  private static final SoftLocal<FloatKept> FOR_ALL = new SoftLocal<>(FloatKept::new);

  private FloatBlockedGemm() {}

  static void multiply(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    boolean fewZeros = round(c.rows(), COLUMNS) - c.rows() <= ROWS; // in panels of columns of a
    if ((long) c.rows() * a.columns() > SHARED) {
      sharedColumns(a, b, c);
    } else if (b.rowStride() == 1 && c.rows() < c.columns() && fewZeros) {
      turned(a, b, c);
    } else {
      ownColumns(a, b, c);
    }
  }

  private static int round(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }

  /** Blocks of k of one size: a short last one would cost as many trips to {@code c} as others. */
  private static int depth(int k) {
    int blocks = (k + DEPTH - 1) / DEPTH;
    return (k + blocks - 1) / blocks;
  }

  /**
   * Panels of {@code b}, each packed by who needs it, times {@code a} where it lies: that is small,
   * and a copy for all threads would be one more thing to wait for.
   */
  private static void ownColumns(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    int m = c.rows();
    int k = a.columns();
    int height = Math.min(m, PART);
    int parts = (m + height - 1) / height;
    Object product = new Object();
    Workers.run(
        (long) (c.columns() + COLUMNS - 1) / COLUMNS * parts,
        Math.max(1, (int) (GRAIN / ((long) height * COLUMNS * k))),
        (from, to) -> {
          Own own = OWN.get();
          for (int q = (int) from; q < to; q++) {
            int j = q / parts * COLUMNS;
            int i = q % parts * height;
            if (own.lacks(product, j, COLUMNS * k)) {
              FloatPacking.columns(b, 0, k, j, own.array, 0);
            }
            int rows = Math.min(height, m - i);
            FloatGemm.columns(a, i, rows, own.array, 0, COLUMNS, c, j);
            c.finish(i, rows, j, Math.min(COLUMNS, c.columns() - j));
          }
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
    int along = (n + COLUMNS - 1) / COLUMNS;
    int tile = COLUMNS * k; // behind the panel
    int turned = tile + COLUMNS * COLUMNS;
    Object product = new Object();
    Workers.run(
        (long) (m + COLUMNS - 1) / COLUMNS * along,
        Math.max(1, (int) (GRAIN / ((long) COLUMNS * COLUMNS * k))),
        (from, to) -> {
          Own own = OWN.get();
          for (int q = (int) from; q < to; q++) {
            int i = q / along * COLUMNS;
            int j = q % along * COLUMNS;
            if (own.lacks(product, i, turned + COLUMNS * COLUMNS)) {
              FloatPacking.columns(columns, 0, k, i, own.array, 0);
            }
            float[] array = own.array;
            int width = Math.min(COLUMNS, n - j);
            FloatGemm.rows(rows, j, width, array, 0, COLUMNS, array, tile, COLUMNS);
            FloatMatrix t = new FloatMatrix(array, tile, COLUMNS, COLUMNS, 1, COLUMNS);
            FloatPacking.columns(t, 0, COLUMNS, 0, array, turned);
            int height = Math.min(COLUMNS, m - i);
            for (int r = 0; r < height; r++) {
              System.arraycopy(array, turned + r * COLUMNS, c.array(), c.at(i + r, j), width);
            }
            c.finish(i, height, j, width);
          }
        });
  }

  private static void sharedColumns(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    int depth = depth(a.columns());
    int width = PANELS / depth / COLUMNS * COLUMNS;
    int size = Math.min(width, round(c.columns(), COLUMNS)) * depth;
    try (Borrowed<float[]> more = Borrowed.floats(size > KEPT ? size : 0)) {
      sharedColumns(a, b, c, depth, width, size > KEPT ? more.array() : FOR_ALL.get().of(size));
    }
  }

  private static void sharedColumns(
      FloatMatrix a, FloatMatrix b, FloatMatrix c, int depth, int width, float[] panels) {
    int m = c.rows();
    int n = c.columns();
    int k = a.columns();
    for (int jc = 0; jc < n; jc += width) {
      int nc = Math.min(width, n - jc);
      for (int pc = 0; pc < k; pc += depth) {
        int kc = Math.min(depth, k - pc);
        int j0 = jc;
        int p0 = pc;
        int deep = b.stride() == 1 ? PACKING_ROWS : kc;
        int along = (nc + COLUMNS - 1) / COLUMNS;
        Workers.run(
            (long) (kc + deep - 1) / deep * along,
            Math.max(1, PACKING_GRAIN / (COLUMNS * deep)),
            (from, to) -> {
              for (int q = (int) from; q < to; q++) {
                int p = q / along * deep;
                int j = q % along * COLUMNS;
                int count = Math.min(deep, kc - p);
                FloatPacking.columns(b, p0 + p, count, j0 + j, panels, j * kc + p * COLUMNS);
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
    float[] block = OWN.get().of(HEIGHT * DEPTH);
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

  /** What one thread has packed for itself. */
  private static final class Own {
    private float[] array = new float[0];
    private @Nullable Object product;
    private int panel;

    /** Memory for whatever. */
    float[] of(int size) {
      if (array.length < size) {
        array = new float[size];
      }
      product = null;
      return array;
    }

    /** Whether a panel of a product is still to be packed, into an array of that size. */
    boolean lacks(Object of, int which, int size) {
      if (product == of && panel == which) {
        return false;
      }
      of(size);
      product = of;
      panel = which;
      return true;
    }
  }
}
