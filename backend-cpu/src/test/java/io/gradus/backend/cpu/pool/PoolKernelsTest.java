package io.gradus.backend.cpu.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Pair.Form;
import io.gradus.backend.cpu.Pair.Twin;
import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolKernelsTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 11, 16, 17, 26, 33, 50, 71})
  void pairsOfEveryWidthAgreeWithTheReference(int width) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      for (Form form : Form.values()) {
        Pair pair = new Pair(width);
        Twin in = pair.operand(dtype, form, 3, 2, 7, width);
        Twin values = pair.operand(dtype, Form.OFFSET, 3, 2, 3, width / 2);
        Twin indices = pair.operand(DType.I64, Form.DENSE, 3, 2, 3, width / 2);
        pair.check(cpu -> kernel(in.on(cpu), values.on(cpu), indices.on(cpu)), 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 9})
  void windowsThatAreCutToTwoRowsAgreeWithTheReference(int height) {
    for (int window = 2; window <= 4; window++) {
      for (int stride = 1; stride <= 3; stride++) {
        for (int padding = 0; padding <= window / 2; padding++) {
          int rows = (height + 2 * padding - window) / stride + 1;
          if (height + 2 * padding < window) {
            continue;
          }
          cutWindows(DType.F32, height, rows, window, stride, padding);
          cutWindows(DType.F64, height, rows, window, stride, padding);
        }
      }
    }
  }

  private static void cutWindows(
      DType dtype, int height, int rows, int window, int stride, int padding) {
    int[] windows = {window, 2};
    int[] strides = {stride, 2};
    int[] paddings = {padding, 0};
    Pair pair = new Pair(height);
    Twin in = pair.operand(dtype, Form.DENSE, 2, 2, height, 26);
    Twin values = pair.operand(dtype, Form.OFFSET, 2, 2, rows, 13);
    Twin indices = pair.operand(DType.I64, Form.DENSE, 2, 2, rows, 13);
    pair.check(
        cpu ->
            new Kernel.MaxPool(
                in.on(cpu),
                values.on(cpu),
                indices.on(cpu),
                windows,
                strides,
                paddings,
                new int[] {1, 1}),
        0);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 11, 26})
  void resultsHaveTheSameBitsForEveryNumberOfThreads(int size) {
    int half = size / 2;
    int threads = Workers.threads();
    try {
      Pair pair = new Pair(4);
      Operand in = pair.operand(DType.F32, Form.DENSE, 40, 90, size, size).cpu();
      double[][] values = new double[3][];
      double[][] indices = new double[3][];
      for (int t = 1; t <= 3; t++) {
        Workers.setThreads(t);
        Operand v = pair.operand(DType.F32, Form.DENSE, i -> 0.0, 40, 90, half, half).cpu();
        Operand at = pair.operand(DType.I64, Form.DENSE, i -> 0.0, 40, 90, half, half).cpu();
        Pair.CPU.run(kernel(in, v, at));
        values[t - 1] = Pair.read(v);
        indices[t - 1] = Pair.read(at);
      }
      for (int t = 1; t < 3; t++) {
        assertArrayEquals(values[0], values[t]);
        assertArrayEquals(indices[0], indices[t]);
      }
    } finally {
      Workers.setThreads(threads);
    }
  }

  private static Kernel kernel(Operand in, Operand values, Operand indices) {
    int[] two = {2, 2};
    return new Kernel.MaxPool(in, values, indices, two, two, new int[2], new int[] {1, 1});
  }
}
