package io.gradus.backend.cpu.elementwise;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.hot.HotLoop;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;

/** Runs elementwise kernels. */
public final class ElementwiseKernels {
  private ElementwiseKernels() {}

  /** Runs one to its end. */
  public static void run(Kernel.Elementwise k) {
    TileProgram program = TileProgram.of(k.program());
    Operand[] out = k.out();
    if (out.length == 0 || out[0].layout().numel() == 0) {
      return;
    }
    if (out.length == 1 && program.runLean(k.in(), out[0], k.params())) {
      return;
    }
    if (NormalLine.is(k)) {
      NormalLine.run(k, program.grain, inTiles(program, k));
      return;
    }
    HotLoop hot = program.hot;
    if (hot != null && hot.run(k.in(), out, k.params(), program.grain)) {
      return;
    }
    if (isWorthReordering(k) && !program.code.usesIndex()) {
      reordered(program, k);
    } else {
      tiles(program, k);
    }
  }

  private static boolean isWorthReordering(Kernel.Elementwise k) {
    Layout first = k.out()[0].layout();
    return !first.isContiguous()
        || first.numel() >= BlockLoop.MIN_ELEMENTS && (isStrided(k.in()) || isStrided(k.out()));
  }

  private static boolean isStrided(Operand[] operands) {
    for (Operand o : operands) {
      if (!o.layout().isContiguous() && !o.layout().isSingleElement()) {
        return true;
      }
    }
    return false;
  }

  private static void reordered(TileProgram program, Kernel.Elementwise k) {
    int inputs = k.in().length;
    Operand[] all = Arrays.copyOf(k.in(), inputs + k.out().length);
    System.arraycopy(k.out(), 0, all, inputs, k.out().length);
    all = AxisOrder.normalize(all, k.out()[0].layout());
    Operand[] in = Arrays.copyOf(all, inputs);
    Operand[] out = Arrays.copyOfRange(all, inputs, all.length);
    if (!(out.length == 1 && program.runLean(in, out[0], k.params()))
        && !BlockLoop.run(program, in, out, k.params())) {
      tiles(program, new Kernel.Elementwise(k.program(), in, out, k.params()));
    }
  }

  private static void tiles(TileProgram program, Kernel.Elementwise k) {
    Workers.run(k.out()[0].layout().numel(), program.grain, inTiles(program, k));
  }

  private static Workers.RangeTask inTiles(TileProgram program, Kernel.Elementwise k) {
    Operand[] out = k.out();
    Shape shape = out[0].layout().shape();
    TileInput[] inputs = new TileInput[k.in().length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = input(program.code, k, i);
    }
    TileOutput[] outputs = new TileOutput[out.length];
    for (int j = 0; j < outputs.length; j++) {
      outputs[j] = output(program.code, k, j);
    }
    return (from, to) ->
        new TileFrame(program.code, inputs, outputs, shape, k.params(), to - from).run(from, to);
  }

  private static TileInput input(TileCode code, Kernel.Elementwise k, int i) {
    TileInput input = TileInput.of(k.in()[i]);
    if (input instanceof TileInput.Direct x && code.lastRead[i] == Integer.MAX_VALUE) {
      for (Operand o : k.out()) {
        // An output that is this input as it was must not see what another output writes to it.
        if (CpuStorage.array(o) == x.array()) {
          return new TileInput.Dense(k.in()[i].dtype(), x.array(), x.offset());
        }
      }
    }
    return input;
  }

  private static TileOutput output(TileCode code, Kernel.Elementwise k, int j) {
    Operand o = k.out()[j];
    Layout layout = o.layout();
    DType dtype = o.dtype();
    Object array = CpuStorage.array(o);
    if (!layout.isContiguous()) {
      return new TileOutput.Strided(dtype, array, StridedTiles.of(layout));
    }
    int offset = Math.toIntExact(layout.offset());
    return !dtype.isNarrow() && code.definedAt[j] >= 0 && isReadBefore(code, k, array, j)
        ? new TileOutput.Direct(array, offset)
        : new TileOutput.Dense(dtype, array, offset);
  }

  /** Whether nothing reads the old contents of an output after the instruction that computes it. */
  private static boolean isReadBefore(TileCode code, Kernel.Elementwise k, Object array, int j) {
    for (int i = 0; i < k.in().length; i++) {
      if (CpuStorage.array(k.in()[i]) == array && code.lastRead[i] > code.definedAt[j]) {
        return false;
      }
    }
    return true;
  }
}
