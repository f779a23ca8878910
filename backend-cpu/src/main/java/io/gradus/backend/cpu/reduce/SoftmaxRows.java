package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.RowFormulas;
import io.gradus.tensor.kernel.ScalarOp;
import org.jspecify.annotations.Nullable;

/**
 * Softmax and its logarithm of dense rows: the loops and the bits of {@link RowsKernels}, without
 * what it costs to interpret a program for each row. The result's memory comes into the cache while
 * {@code exp} is computed into it.
 */
final class SoftmaxRows {
  private static final RowFormulas SOFTMAX = RowFormulas.softmax(ComputeType.F32);
  private static final RowFormulas LOGARITHM = RowFormulas.logSoftmax(ComputeType.F32);

  private final int length;
  private final boolean isLogarithm;
  private final float[] x;
  private final float[] y;
  private final int xo;
  private final int yo;

  private SoftmaxRows(DenseRows rows, Kernel.Rows k) {
    this.length = rows.length();
    this.isLogarithm = LOGARITHM.is(k);
    Operand in = k.in()[0];
    Operand out = k.out()[0];
    this.x = (float[]) CpuStorage.array(in);
    this.y = (float[]) CpuStorage.array(out);
    this.xo = (int) in.layout().offset();
    this.yo = (int) out.layout().offset();
  }

  /** Runs the kernel if it is one of these; else does nothing and returns false. */
  static boolean run(Kernel.Rows k) {
    if (!SOFTMAX.is(k) && !LOGARITHM.is(k)) {
      return false;
    }
    Operand in = k.in()[0];
    Operand out = k.out()[0];
    @Nullable DenseRows rows = DenseRows.of(in.layout().shape(), k.axes());
    if (rows == null
        || !rows.isWhole(in)
        || !rows.isWhole(out)
        || CpuStorage.array(in) == CpuStorage.array(out)) {
      return false;
    }
    SoftmaxRows it = new SoftmaxRows(rows, k);
    rows.run(it.isLogarithm ? it::logarithms : it::softmax);
    return true;
  }

  private void softmax(long from, long to) {
    int n = length;
    float[] differences = new float[n];
    for (int row = (int) from; row < to; row++) {
      int o = yo + row * n;
      float scale = 1 / powers(row, differences);
      Lanes.uniform(ScalarOp.MUL, y, o, scale, y, o, n);
    }
  }

  private void logarithms(long from, long to) {
    int n = length;
    float[] differences = new float[n];
    float[] one = new float[1];
    for (int row = (int) from; row < to; row++) {
      one[0] = powers(row, differences);
      Lanes.unary(ScalarOp.LOG, one, 0, one, 0, 1);
      Lanes.uniform(ScalarOp.SUB, differences, 0, one[0], y, yo + row * n, n);
    }
  }

  /** The sum of {@code exp(x - max)}, which it leaves in the memory of the result. */
  private float powers(int row, float[] differences) {
    int n = length;
    int from = xo + row * n;
    int o = yo + row * n;
    float max = FloatBlocks.max(x, from, n);
    Lanes.uniform(ScalarOp.SUB, x, from, max, differences, 0, n);
    Lanes.unary(ScalarOp.EXP, differences, 0, y, o, n);
    return (float) FloatBlocks.sum(y, o, n);
  }
}
