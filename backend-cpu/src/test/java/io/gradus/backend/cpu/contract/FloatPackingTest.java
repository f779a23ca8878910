package io.gradus.backend.cpu.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatPackingTest {
  private static final int BEFORE = 5;

  private static float[] numbers(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = i + 1;
    }
    return x;
  }

  /** A matrix of these sizes, row-major or column-major, with gaps between its lines. */
  private static FloatMatrix matrix(int rows, int columns, boolean rowMajor) {
    int ld = (rowMajor ? columns : rows) + 3;
    float[] all = numbers(BEFORE + ld * (rowMajor ? rows : columns));
    return new FloatMatrix(all, BEFORE, rows, columns, rowMajor ? ld : 1, rowMajor ? 1 : ld);
  }

  @ParameterizedTest
  @CsvSource({"1", "15", "16", "64", "65", "255", "256", "700"})
  @DisplayName("a panel holds the columns of each row next to each other, and zeros beyond them")
  void columns(int kc) {
    int width = FloatTiles.COLUMNS;
    for (boolean rowMajor : new boolean[] {true, false}) {
      for (int n : new int[] {1, 3, width - 1, width, width + 4}) {
        FloatMatrix b = matrix(kc + 2, n, rowMajor);
        int j0 = n > width ? 2 : 0;
        float[] to = numbers(kc * width + 2 * BEFORE);
        FloatPacking.columns(b, 2, kc, j0, to, BEFORE);
        for (int p = 0; p < kc; p++) {
          for (int j = 0; j < width; j++) {
            float expected = j0 + j < n ? b.array()[b.at(2 + p, j0 + j)] : 0;
            assertEquals(expected, to[BEFORE + p * width + j], "row " + p + ", column " + j);
          }
        }
        assertEquals(BEFORE, to[BEFORE - 1]);
        assertEquals(BEFORE + kc * width + 1, to[BEFORE + kc * width]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "15", "16", "64", "65", "255", "256", "700"})
  @DisplayName("a block holds the rows of each column next to each other, and zeros beyond them")
  void rows(int kc) {
    int height = FloatTiles.ROWS;
    for (boolean rowMajor : new boolean[] {true, false}) {
      for (int count = 1; count <= height; count++) {
        FloatMatrix a = matrix(count + 1, kc + 2, rowMajor);
        float[] to = numbers(kc * height + 2 * BEFORE);
        FloatPacking.rows(a, 1, count, 2, kc, to, BEFORE);
        for (int p = 0; p < kc; p++) {
          for (int r = 0; r < height; r++) {
            float expected = r < count ? a.array()[a.at(1 + r, 2 + p)] : 0;
            assertEquals(expected, to[BEFORE + p * height + r], "row " + r + ", column " + p);
          }
        }
        assertEquals(BEFORE, to[BEFORE - 1]);
        assertEquals(BEFORE + kc * height + 1, to[BEFORE + kc * height]);
      }
    }
  }
}
