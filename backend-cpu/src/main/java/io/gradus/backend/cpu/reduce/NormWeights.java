package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.RowFormulas;
import org.jspecify.annotations.Nullable;

/** Adds rows of what the gradient of a layer normalisation's weight sums, in one loop a row. */
final class NormWeights {
  private static final Program PRODUCTS = RowFormulas.layerNormWeight(ComputeType.F32);

  private final Operand[] in;
  private final int n;

  private NormWeights(Operand[] in, int n) {
    this.in = in;
    this.n = n;
  }

  /** For a sum of such products of dense rows over the rows; null for all other kernels. */
  static @Nullable NormWeights of(Kernel.Reduce k, AxisOrder order) {
    if (k.prologue() != PRODUCTS || k.op() != ReduceOp.SUM || order.outer() > 1) {
      return null;
    }
    Operand[] in = k.in();
    boolean[] kept = k.axes().clone();
    for (int d = 0; d < kept.length; d++) {
      kept[d] = !kept[d];
    }
    DenseRows rows = DenseRows.of(in[0].layout().shape(), kept);
    return rows != null
            && rows.length() == order.inner()
            && rows.isWhole(in[0])
            && rows.isWhole(in[1])
            && rows.isColumn(in[2])
            && rows.isColumn(in[3])
        ? new NormWeights(in, rows.length())
        : null;
  }

  void add(int row, float[] sums) {
    NormLoops.addProducts(
        array(0),
        offset(0) + row * n,
        array(1),
        offset(1) + row * n,
        array(2)[offset(2) + row],
        array(3)[offset(3) + row],
        sums,
        n);
  }

  private float[] array(int i) {
    return (float[]) CpuStorage.array(in[i]);
  }

  private int offset(int i) {
    return (int) in[i].layout().offset();
  }
}
