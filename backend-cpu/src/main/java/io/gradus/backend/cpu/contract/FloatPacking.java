package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.backend.cpu.lanes.Trial;

/** Copies parts of matrices in the order in which the register tiles of a product read them. */
public final class FloatPacking {
  private static final boolean VECTOR = Lanes.isVector();
  private static final int ROWS = FloatTiles.ROWS;
  private static final int COLUMNS = FloatTiles.COLUMNS;

  /** A trial takes so many elements of each line ... */
  private static final int FEW = 64;

  /** ... and so many nanoseconds at most, once its loop is compiled. */
  private static final long LIMIT = 3_000;

  private static final Trial LINES = new Trial();

  private FloatPacking() {}

  /**
   * {@link FloatTiles#COLUMNS} columns from {@code j0} on, row after row, for {@code kc} rows from
   * {@code p0} on; zeros where there are no more columns.
   */
  static void columns(FloatMatrix b, int p0, int kc, int j0, float[] to, int o) {
    int width = Math.min(COLUMNS, b.columns() - j0);
    int from = b.at(p0, j0);
    if (width == COLUMNS && b.stride() == 1) {
      // As fast as a loop on vectors within 1 % of a product, and needs no compiling.
      for (int p = 0; p < kc; p++) {
        System.arraycopy(b.array(), from + p * b.rowStride(), to, o + p * COLUMNS, COLUMNS);
      }
    } else {
      lines(b.array(), from, b.stride(), b.rowStride(), width, COLUMNS, kc, to, o);
    }
  }

  /**
   * {@link FloatTiles#ROWS} rows from {@code i0} on, column after column, for {@code kc} columns
   * from {@code p0} on; zeros where there are no more rows than {@code height}.
   */
  static void rows(FloatMatrix a, int i0, int height, int p0, int kc, float[] to, int o) {
    lines(a.array(), a.at(i0, p0), a.rowStride(), a.stride(), height, ROWS, kc, to, o);
  }

  /** Element p of line j to {@code to[o + p width + j]}; lines beyond {@code count} are zeros. */
  public static void lines(
      float[] a, int from, int ld, int step, int count, int width, int n, float[] to, int o) {
    int done = 0;
    if (VECTOR && step == 1 && count == width) {
      done = interleaved(a, from, ld, width, n, to, o);
    }
    int q = from + done * step;
    int r = o + done * width;
    int rest = n - done;
    int j = 0;
    for (; rest > 0 && j + 4 <= count; j += 4) {
      four(a, q + j * ld, ld, step, rest, to, r + j, width);
    }
    for (; rest > 0 && j < width; j++) {
      for (int p = 0; p < rest; p++) {
        to[r + p * width + j] = j < count ? a[q + j * ld + p * step] : 0;
      }
    }
  }

  /** As many elements as vectors can do, or as it is time to try them on. */
  private static int interleaved(float[] a, int from, int ld, int lines, int n, float[] to, int o) {
    if (LINES.isOver()) {
      return FloatVectorLines.interleave(a, from, ld, lines, n, to, o);
    }
    if (!LINES.begin()) {
      return 0;
    }
    int tried = FloatVectorLines.interleave(a, from, ld, lines, Math.min(n, FEW), to, o);
    LINES.end(LIMIT);
    return tried;
  }

  private static void four(
      float[] a, int q, int ld, int step, int n, float[] to, int o, int width) {
    int q1 = q + ld;
    int q2 = q1 + ld;
    int q3 = q2 + ld;
    int r = o;
    if (step == 1) { // indices that the compiler checks once for the whole loop
      for (int p = 0; p < n; p++, r += width) {
        to[r] = a[q + p];
        to[r + 1] = a[q1 + p];
        to[r + 2] = a[q2 + p];
        to[r + 3] = a[q3 + p];
      }
      return;
    }
    for (int p = 0; p < n; p++, r += width) {
      to[r] = a[q + p * step];
      to[r + 1] = a[q1 + p * step];
      to[r + 2] = a[q2 + p * step];
      to[r + 3] = a[q3 + p * step];
    }
  }
}
