package io.gradus.backend.cpu.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradus.backend.cpu.lanes.Lanes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatVectorLinesTest {
  private static final int BEFORE = 3;

  /** Two and four lines go by way of memory on every processor, the others where it is faster. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16, 32})
  void elementsOfLinesBecomeNeighboursAndNothingElseIsWritten(int lines) {
    assumeTrue(Lanes.isVector());
    for (int n : new int[] {1, 16, 37, 300, 1100}) {
      int ld = n + 5;
      float[] a = new float[BEFORE + lines * ld];
      double[] x = new double[a.length];
      for (int i = 0; i < a.length; i++) {
        a[i] = i + 1;
        x[i] = i + 1;
      }
      float[] to = new float[2 * BEFORE + n * lines];
      double[] wide = new double[to.length];
      int done = FloatVectorLines.interleave(a, BEFORE, ld, lines, n, to, BEFORE);
      int wideDone = DoubleVectorLines.interleave(x, BEFORE, ld, lines, n, wide, BEFORE);
      assertTrue(done <= n && n - done < 16 && wideDone <= n && n - wideDone < 16);
      for (int i = 0; i < to.length; i++) {
        int p = Math.floorDiv(i - BEFORE, lines);
        int j = Math.floorMod(i - BEFORE, lines);
        double element = BEFORE + j * ld + p + 1;
        assertEquals(p >= 0 && p < done ? element : 0, to[i], lines + " lines of " + n);
        assertEquals(p >= 0 && p < wideDone ? element : 0, wide[i], lines + " lines of " + n);
      }
    }
  }
}
