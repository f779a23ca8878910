package io.gradus.backend.cpu.convolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Pair.Form;
import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConvolveKernelsTest {
  /** Batch, channels, outputs, side, window: results in the lanes, bands, outputs, panels. */
  private static final int[][] SIZES = {
    {6, 3, 18, 20, 3},
    {1, 8, 16, 45, 3},
    {2, 70, 33, 30, 29},
    {3, 20, 40, 70, 68},
    {3, 130, 110, 13, 3}
  };

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void resultsHaveTheSameBitsForEveryNumberOfThreads(DType dtype) {
    int threads = Workers.threads();
    try {
      for (int[] s : SIZES) {
        Pair pair = new Pair(3);
        Operand in =
            pair.operand(dtype, Form.DENSE, i -> Math.sin(i), s[0], s[1], s[3], s[3]).cpu();
        Operand weight =
            pair.operand(dtype, Form.DENSE, i -> Math.cos(i), s[2], s[1], s[4], s[4]).cpu();
        Operand bias = pair.operand(dtype, Form.DENSE, i -> 0.1 * i, s[2]).cpu();
        int out = s[3] - s[4] + 3;
        double[][] results = new double[3][];
        for (int t = 1; t <= 3; t++) {
          Workers.setThreads(t);
          Operand c = pair.operand(dtype, Form.DENSE, i -> 0.0, s[0], s[2], out, out).cpu();
          Pair.CPU.run(
              new Kernel.Convolve(
                  in,
                  weight,
                  bias,
                  c,
                  new int[] {1, 1},
                  new int[] {1, 1},
                  new int[] {1, 1},
                  new int[] {1, 1},
                  1));
          results[t - 1] = Pair.read(c);
        }
        assertArrayEquals(results[0], results[1]);
        assertArrayEquals(results[0], results[2]);
      }
    } finally {
      Workers.setThreads(threads);
    }
  }
}
