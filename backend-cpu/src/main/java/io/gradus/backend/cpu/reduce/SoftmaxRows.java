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
 * what it costs to interpret a program for each row.
 *
 * <p>One loop computes the powers and their sum, finds the next row's maximum, and stores the
 * logarithms of the row before: memory comes and goes while it computes.
 */
final class SoftmaxRows {
  private static final RowFormulas SOFTMAX = RowFormulas.softmax(ComputeType.F32);
  private static final RowFormulas LOGARITHM = RowFormulas.logSoftmax(ComputeType.F32);

  /** Below, a row's elements are summed one by one, and most of them fill no vector. */
  private static final int SHORT = 64;

  /** Elements of short rows that are computed at once. */
  private static final int BLOCK = 1024;

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
    rows.run(rows.length() < SHORT ? it::shortRows : it::run);
    return true;
  }

  /** Short rows: the powers, and the logarithms of sums, of many at once. */
  private void shortRows(long from, long to) {
    int many = (int) Math.min(to - from, BLOCK / length);
    float[] largest = new float[many];
    float[] sums = new float[many];
    for (int row = (int) from; row < to; row += many) {
      int count = Math.min(many, (int) to - row);
      int start = row * length;
      for (int i = 0, p = start; i < count; i++) {
        float max = FloatBlocks.max(x, xo + p, length);
        largest[i] = max;
        for (int end = p + length; p < end; p++) {
          y[yo + p] = x[xo + p] - max;
        }
      }
      Lanes.unary(ScalarOp.EXP, y, yo + start, y, yo + start, count * length);
      for (int i = 0; i < count; i++) {
        sums[i] = (float) FloatBlocks.sum(y, yo + start + i * length, length);
      }
      if (isLogarithm) {
        Lanes.unary(ScalarOp.LOG, sums, 0, sums, 0, count);
      }
      for (int i = 0, p = start; i < count; i++) {
        float max = largest[i];
        float sum = isLogarithm ? sums[i] : 1 / sums[i];
        for (int end = p + length; p < end; p++) {
          y[yo + p] = isLogarithm ? x[xo + p] - max - sum : y[yo + p] * sum;
        }
      }
    }
  }

  private void run(long from, long to) {
    float[] sums = new float[64];
    Last last = new Last();
    // What one row is not suited to, the next is not likely to be.
    boolean quick = length >= 64 && Lanes.fillsVector(length) && PowerVectorLoops.FIT;
    float next = Float.NaN;
    for (int row = (int) from; row < to; row++) {
      float max = Float.isNaN(next) ? FloatBlocks.max(x, xo + row * length, length) : next;
      float sum = Float.NaN;
      next = Float.NaN;
      if (quick && Float.isFinite(max)) {
        next = powers(row, max, Math.min(row + 1, (int) to - 1), sums, last);
        sum = (float) FloatBlocks.total(sums);
        quick = !Float.isNaN(sum);
      }
      if (Float.isNaN(sum)) {
        sum = powers(row, max);
      }
      if (isLogarithm) {
        last.finish(0);
        last.is(row, max, sum);
      } else {
        Lanes.uniform(ScalarOp.MUL, y, yo + row * length, 1 / sum, y, yo + row * length, length);
      }
    }
    last.finish(0);
  }

  /**
   * Computes {@code exp(x - max)} of a row and, in the same loop, two things that keep the memory
   * busy meanwhile: the largest element of another row, usually the next one, and for logarithms
   * the results of the row before.
   *
   * <p>A softmax leaves the powers in the memory of the result, from where the caller scales them;
   * for a logarithm only their sum matters.
   *
   * @param max the largest element of the row
   * @param other whose largest element is returned
   * @param sums receives partial sums of the powers; NaN if this loop is not for the row, whose
   *     powers are then computed by {@link #powers(int, float)}
   * @return the largest element of the other row, or NaN if the caller has to find it
   */
  private float powers(int row, float max, int other, float[] sums, Last last) {
    int n = length;
    int whole = n & -64;
    int from = xo + row * n;
    int o = yo + row * n;
    int ahead = xo + other * n;
    int bits;
    if (isLogarithm) {
      // Where there is none before, this row's own memory takes what will be overwritten.
      int before = last.row < 0 ? row : last.row;
      float a = last.max;
      float b = last.logarithm;
      bits =
          PowerVectorLoops.sum(
              x, from, max, whole, sums, ahead, xo + before * n, a, b, y, yo + before * n);
      last.finish(whole);
    } else {
      bits = PowerVectorLoops.write(x, from, max, whole, sums, ahead, y, o);
    }
    if (whole < n) {
      Lanes.uniform(ScalarOp.SUB, x, from + whole, max, y, o + whole, n - whole);
      Lanes.unary(ScalarOp.EXP, y, o + whole, y, o + whole, n - whole);
      for (int p = whole; p < n; p++) {
        sums[p - whole] += y[o + p];
      }
    }
    return bits < 0
        ? Float.NaN
        : Math.max(Float.intBitsToFloat(bits), FloatBlocks.max(x, ahead + whole, n - whole));
  }

  /** The sum of {@code exp(x - max)}, whatever the row; it leaves the powers in the result. */
  private float powers(int row, float max) {
    int n = length;
    int o = yo + row * n;
    Lanes.uniform(ScalarOp.SUB, x, xo + row * n, max, y, o, n);
    Lanes.unary(ScalarOp.EXP, y, o, y, o, n);
    return (float) FloatBlocks.sum(y, o, n);
  }

  /** A row whose logarithms are still to be stored, if there is one. */
  private final class Last {
    private int row = -1;
    private float max;
    private float logarithm;

    void is(int number, float largest, float sum) {
      float[] one = {sum};
      Lanes.unary(ScalarOp.LOG, one, 0, one, 0, 1);
      row = number;
      max = largest;
      logarithm = one[0];
    }

    /** Stores what is not yet: from an element on. */
    void finish(int from) {
      if (row < 0) {
        return;
      }
      int xs = xo + row * length;
      int ys = yo + row * length;
      int p = from;
      if (Lanes.fillsVector(length - from)) {
        p += NormVectorLoops.subtractTwice(x, xs + p, max, logarithm, y, ys + p, length - from);
      }
      for (; p < length; p++) {
        y[ys + p] = x[xs + p] - max - logarithm;
      }
      row = -1;
    }
  }
}
