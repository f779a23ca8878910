package io.gradus.backend.cpu.index;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;

/** Blocks of one shape in an operand, merged into runs. */
final class Strided {
  final Object array;
  final DType dtype;
  private final int size;
  private final int[] starts;
  private final int run;

  /** From one element of a run to the next. */
  final int stride;

  Strided(Operand operand, Shape block) {
    this.array = CpuStorage.array(operand);
    this.dtype = operand.dtype();
    this.size = (int) block.numel();
    Layout layout = operand.layout();
    int rank = block.rank();
    int first = layout.rank() - rank;
    long run = 1;
    long stride = 1;
    int d = rank - 1;
    for (; d >= 0; d--) {
      if (block.size(d) == 1) {
        continue;
      }
      long s = layout.stride(first + d);
      if (run == 1) {
        stride = s;
      } else if (s != stride * run) {
        break;
      }
      run *= block.size(d);
    }
    this.run = (int) run;
    this.stride = (int) stride;
    int n = size / this.run;
    this.starts = new int[n];
    for (int i = 0; i < n; i++) {
      long rest = i;
      long p = 0;
      for (int e = d; e >= 0; e--) {
        p += rest % block.size(e) * layout.stride(first + e);
        rest /= block.size(e);
      }
      starts[i] = (int) p;
    }
  }

  /** Whether a block is one run, and without gaps in the array that is written. */
  boolean isOneRun() {
    return starts.length == 1 && (stride == 1 || stride == 0);
  }

  /** Whether a block is neighbouring elements. */
  boolean isDense() {
    return starts.length == 1 && stride == 1;
  }

  void load(int at, Object to) {
    for (int i = 0; i < starts.length; i++) {
      Runs.load(array, dtype, at + starts[i], stride, run, to, i * run);
    }
  }

  void store(int at, ComputeType type, Object from) {
    for (int i = 0; i < starts.length; i++) {
      Runs.store(type, from, i * run, dtype, array, at + starts[i], stride, run);
    }
  }

  /** Moves a block as it is, without looking at its numbers. */
  void copyTo(int at, Strided out, int to) {
    if (starts.length == 1 && out.starts.length == 1 && stride == 1 && out.stride == 1) {
      if (run == 1) {
        RawElements.copy(array, at, 1, out.array, to, 1, 1);
      } else {
        System.arraycopy(array, at, out.array, to, run);
      }
      return;
    }
    int piece = Math.min(run, out.run);
    // Both run lengths are products of trailing sizes, so the smaller divides the larger.
    for (int p = 0; p < size; p += piece) {
      RawElements.copy(
          array,
          at + starts[p / run] + p % run * stride,
          stride,
          out.array,
          to + out.starts[p / out.run] + p % out.run * out.stride,
          out.stride,
          piece);
    }
  }
}
