package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.RowFormulas;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalisation of dense rows and its gradient, with the bits of {@link RowsKernels}: three
 * loops over each row and two, instead of one an operation.
 */
final class LayerNormRows {
  private static final RowFormulas FORWARD = RowFormulas.layerNorm(ComputeType.F32);
  private static final RowFormulas GRADIENT = RowFormulas.layerNormGradient(ComputeType.F32);

  private final Operand[] in;
  private final Operand[] out;
  private final int n;
  private final float size;
  private final float eps;

  private LayerNormRows(DenseRows rows, Kernel.Rows k) {
    this.in = k.in();
    this.out = k.out();
    this.n = rows.length();
    this.size = (float) Params.toDouble(k.params()[0]);
    this.eps = k.params().length > 1 ? (float) Params.toDouble(k.params()[1]) : 0;
  }

  /** Runs the kernel if it is one of these; else does nothing and returns false. */
  static boolean run(Kernel.Rows k) {
    boolean forward = FORWARD.is(k);
    if (!forward && !GRADIENT.is(k)) {
      return false;
    }
    @Nullable DenseRows rows = DenseRows.of(k.in()[0].layout().shape(), k.axes());
    if (rows == null || rows.length() < 64 || !lies(rows, k.in(), forward) || !lies(rows, k)) {
      return false;
    }
    LayerNormRows it = new LayerNormRows(rows, k);
    rows.run(forward ? it::forward : it::gradient);
    return true;
  }

  private static boolean lies(DenseRows rows, Operand[] in, boolean forward) {
    return rows.isWhole(in[0])
        && (forward
            ? rows.isRow(in[1]) && rows.isRow(in[2])
            : rows.isWhole(in[1])
                && rows.isRow(in[2])
                && rows.isColumn(in[3])
                && rows.isColumn(in[4]));
  }

  /** Whether the outputs lie in memory as they are, apart from the inputs. */
  private static boolean lies(DenseRows rows, Kernel.Rows k) {
    for (int j = 0; j < k.out().length; j++) {
      Operand o = k.out()[j];
      if (j == 0 ? !rows.isWhole(o) : !rows.isColumn(o)) {
        return false;
      }
      for (Operand i : k.in()) {
        if (CpuStorage.array(i) == CpuStorage.array(o)) {
          return false;
        }
      }
    }
    return true;
  }

  private static float[] array(Operand o) {
    return (float[]) CpuStorage.array(o);
  }

  private static int offset(Operand o) {
    return (int) o.layout().offset();
  }

  private void forward(long from, long to) {
    float[] x = array(in[0]);
    float[] w = array(in[1]);
    float[] b = array(in[2]);
    float[] y = array(out[0]);
    float[] mean = array(out[1]);
    float[] rstd = array(out[2]);
    int mo = offset(out[1]);
    int ro = offset(out[2]);
    for (int row = (int) from; row < to; row++) {
      int xo = offset(in[0]) + row * n;
      float m = (float) FloatBlocks.sum(x, xo, n) / size;
      float variance = (float) FloatBlocks.sumOfSquares(x, xo, m, n) / size;
      float r = 1 / (float) Math.sqrt(variance + eps);
      mean[mo + row] = m;
      rstd[ro + row] = r;
      NormLoops.normalize(
          x, xo, m, r, w, offset(in[1]), b, offset(in[2]), y, offset(out[0]) + row * n, n);
    }
  }

  private void gradient(long from, long to) {
    float[] g = array(in[0]);
    float[] x = array(in[1]);
    float[] w = array(in[2]);
    float[] mean = array(in[3]);
    float[] rstd = array(in[4]);
    int wo = offset(in[2]);
    NormLoops.Sums sums = new NormLoops.Sums();
    for (int row = (int) from; row < to; row++) {
      int go = offset(in[0]) + row * n;
      int xo = offset(in[1]) + row * n;
      float m = mean[offset(in[3]) + row];
      float r = rstd[offset(in[4]) + row];
      NormLoops.slopes(g, go, x, xo, m, r, w, wo, n, sums);
      float first = (float) FloatBlocks.total(sums.first) / size;
      float second = (float) FloatBlocks.total(sums.second) / size;
      int o = offset(out[0]) + row * n;
      NormLoops.gradient(g, go, x, xo, m, r, w, wo, first, second, array(out[0]), o, n);
    }
  }
}
