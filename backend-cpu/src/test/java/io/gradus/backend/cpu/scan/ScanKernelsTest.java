package io.gradus.backend.cpu.scan;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Pair.Twin;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.ScanOp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScanKernelsTest {
  @ParameterizedTest
  @EnumSource
  void everyAxisDtypeAndLayoutAgreesWithTheReference(ScanOp op) {
    long[][] shapes = {{}, {1}, {9}, {3, 50}, {4, 1, 7}, {2, 3, 4}, {3, 0}};
    boolean places = op == ScanOp.MAX || op == ScanOp.MIN;
    for (DType dtype : DType.values()) {
      if (op == ScanOp.LOGSUMEXP && !dtype.isFloating()) {
        continue;
      }
      for (long[] sizes : shapes) {
        for (int axis = 0; axis < Math.max(1, sizes.length); axis++) {
          for (int seed = 0; seed < 3; seed++) {
            int along = axis;
            Pair pair = new Pair(seed);
            Twin in = pair.operand(dtype, pair.form(false), sizes);
            Twin out = pair.operand(dtype, pair.form(true), sizes);
            Twin at = pair.operand(DType.I64, pair.form(true), sizes);
            pair.check(
                cpu ->
                    new Kernel.Scan(op, in.on(cpu), along, out.on(cpu), places ? at.on(cpu) : null),
                64);
          }
        }
      }
    }
  }
}
