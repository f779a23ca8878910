package io.gradus.backend.cpu.elementwise;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.lanes.NormalLanes;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.NormalNumbers;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;

/** Normal numbers side by side, in one loop as soon as it is compiled. */
final class NormalLine {
  private NormalLine() {}

  /** Whether a kernel makes them. What has operands does not: programs are not asked for then. */
  static boolean is(Kernel.Elementwise k) {
    Operand out = k.out()[0];
    return k.in().length == 0
        && k.program() == NormalNumbers.LINE
        && out.dtype() == DType.F32
        && out.layout().isContiguous()
        && k.params()[4] == 1;
  }

  /**
   * Runs such a kernel.
   *
   * @param grain an even number
   * @param tiles what does the same with the same bits until the loop is compiled
   */
  static void run(Kernel.Elementwise k, int grain, Workers.RangeTask tiles) {
    Operand out = k.out()[0];
    float[] array = (float[]) CpuStorage.array(out);
    int offset = (int) out.layout().offset();
    long[] params = k.params();
    float mean = (float) Params.toDouble(params[2]);
    float deviation = (float) Params.toDouble(params[3]);
    Workers.run(
        out.layout().numel(),
        grain,
        (from, to) -> {
          int n = (int) (to - from);
          if (NormalLanes.isReady(n)) {
            int at = offset + (int) from;
            NormalLanes.fill(from, params[0], params[1], mean, deviation, array, at, n);
          } else {
            tiles.run(from, to);
          }
        });
  }
}
