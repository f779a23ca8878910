package io.gradus.backend.cpu.convolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Pair.Form;
import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
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

  @Test
  void moreOutputChannelsThanFitIntoAUnit() {
    Pair pair = new Pair(5);
    int outputs = (1 << 17) + 1;
    Operand out = pair.operand(DType.F32, Form.DENSE, i -> 0.0, 4, outputs, 1).cpu();
    Pair.CPU.run(
        kernel(
            pair.operand(DType.F32, Form.DENSE, i -> 1.0, 4, 2, 2).cpu(),
            pair.operand(DType.F32, Form.DENSE, i -> 0.5, outputs, 2, 2).cpu(),
            out,
            0,
            1));
    double[] all = new double[4 * outputs];
    Arrays.fill(all, 2);
    assertArrayEquals(all, Arrays.copyOf(Pair.read(out), all.length));
  }

  @Test
  void paddingThatNoArrayHolds() {
    Pair pair = new Pair(5);
    Operand in = pair.operand(DType.F32, Form.DENSE, i -> 1.0, 1, 1, 3, 3).cpu();
    Operand weight = pair.operand(DType.F32, Form.DENSE, i -> 1.0, 1, 1, 3, 3).cpu();
    Operand out = pair.operand(DType.F32, Form.DENSE, i -> 0.0, 1, 1, 3, 3).cpu();
    for (int apart : new int[] {30_000, 70_000, 1 << 29, 1 << 30}) {
      Kernel kernel = kernel(in, weight, out, apart, apart);
      DeviceException e = assertThrows(DeviceException.class, () -> Pair.CPU.run(kernel));
      assertTrue(e.getMessage().contains("in one array"), e.getMessage());
    }
  }

  private static Kernel kernel(Operand in, Operand weight, Operand out, int padding, int dilation) {
    int[] ones = new int[out.layout().rank() - 2];
    int[] before = ones.clone();
    int[] apart = ones.clone();
    Arrays.fill(ones, 1);
    Arrays.fill(before, padding);
    Arrays.fill(apart, dilation);
    return new Kernel.Convolve(in, weight, null, out, ones, before, apart, ones, 1);
  }
}
