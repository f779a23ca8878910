package io.gradus.backend.cpu.elementwise;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.lanes.TransposeLanes;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;

/**
 * Runs a program in square blocks where the rows of one operand are the columns of another.
 *
 * <p>Walking either of them by rows would touch a cache line, and soon a page, for each element;
 * measured 4 to 15 times slower than blocks on 4096 x 4096. Where only one operand is transposed,
 * its blocks are turned straight into those of the output, and the program runs over their rows
 * while they are in the second-level cache: through tiles it takes half as long again.
 */
final class BlockLoop {
  private static final int SIDE = 64;

  /** Columns of a block that needs no tiles: long rows cost fewer calls. */
  private static final int WIDE = 512;

  /** Numbers of a row that an instruction should have at least. */
  private static final int ENOUGH = 64;

  static final int MIN_ELEMENTS = 1 << 14;
  private static final int MIN_SIDE = 16;

  private final TileProgram program;
  private final Operand[] in;
  private final Operand[] out;
  private final TileInput[] inputs;
  private final long[] params;
  private final Layout shape;
  private final int rowAxis;
  private final int columnAxis;
  private final boolean isCopy;

  /** The input that is turned straight into the only output, negative if there is none. */
  private final int turned;

  /** Columns of a block. */
  private final int width;

  private BlockLoop(TileProgram program, Operand[] in, Operand[] out, long[] params, int rowAxis) {
    this.program = program;
    this.in = in;
    this.out = out;
    this.params = params;
    this.rowAxis = rowAxis;
    this.shape = out[0].layout();
    this.columnAxis = shape.rank() - 1;
    this.isCopy = program.code.isCopy();
    this.inputs = new TileInput[in.length];
    for (int i = 0; i < in.length; i++) {
      // Only what is the same everywhere can be used without being brought into the block.
      int offset = Math.toIntExact(in[i].layout().offset());
      inputs[i] =
          in[i].layout().isSingleElement()
              ? new TileInput.Single(in[i].dtype(), CpuStorage.array(in[i]), offset)
              : new TileInput.Dense(in[i].dtype(), CpuStorage.array(in[i]), offset);
    }
    this.turned = turned();
    this.width = turned < 0 ? SIDE : (int) Math.min(WIDE, shape.size(columnAxis));
  }

  /** That input, if all other operands are rows or single numbers. */
  private int turned() {
    TileCode code = program.code;
    long row = Math.min(WIDE, shape.size(columnAxis));
    if (out.length > 1
        || !isRow(out[0])
        || !isCopy && (code.definedAt[0] < 0 || row < (long) ENOUGH * code.instructions.length)) {
      return -1;
    }
    int found = -1;
    for (int i = 0; i < in.length; i++) {
      if (inputs[i] instanceof TileInput.Single) {
        continue;
      }
      if (CpuStorage.array(in[i]) == CpuStorage.array(out[0])) {
        return -1; // might be overwritten before it is read
      }
      if (isRow(in[i])) {
        continue;
      }
      if (found >= 0 || !isColumn(in[i]) || code.type[i] != out[0].dtype().compute()) {
        return -1;
      }
      found = i;
    }
    return found;
  }

  /** Whether the rows of blocks of an operand lie in memory as they are computed with. */
  private boolean isRow(Operand o) {
    return o.layout().stride(columnAxis) == 1 && !o.dtype().isNarrow();
  }

  /** Whether the columns do. */
  private boolean isColumn(Operand o) {
    Layout l = o.layout();
    return l.stride(rowAxis) == 1 && l.stride(columnAxis) > 1 && !o.dtype().isNarrow();
  }

  /** Runs the program and returns true if blocks pay; otherwise does nothing. */
  static boolean run(TileProgram program, Operand[] in, Operand[] out, long[] params) {
    int axis = rowAxis(in);
    if (axis < 0) {
      axis = rowAxis(out);
    }
    if (axis < 0) {
      return false;
    }
    new BlockLoop(program, in, out, params, axis).run();
    return true;
  }

  /** The axis along which a transposed operand is read best, negative if none is transposed. */
  private static int rowAxis(Operand[] operands) {
    for (Operand o : operands) {
      Layout l = o.layout();
      int last = l.rank() - 1;
      if (last < 1 || l.numel() < MIN_ELEMENTS || l.size(last) < MIN_SIDE) {
        continue;
      }
      int best = -1;
      for (int d = 0; d < last; d++) {
        long stride = l.stride(d);
        if (stride > 0 && stride < l.stride(best < 0 ? last : best) && l.size(d) >= MIN_SIDE) {
          best = d;
        }
      }
      if (best >= 0) {
        return best;
      }
    }
    return -1;
  }

  private void run() {
    long blocks = blocksAlong(rowAxis) * blocksAlong(columnAxis);
    for (int d = 0; d < shape.rank(); d++) {
      if (d != rowAxis && d != columnAxis) {
        blocks *= shape.size(d);
      }
    }
    Workers.run(blocks, Math.max(1, program.grain / (SIDE * width)), this::blocks);
  }

  private long blocksAlong(int axis) {
    int side = axis == columnAxis ? width : SIDE;
    return (shape.size(axis) + side - 1) / side;
  }

  private void blocks(long from, long to) {
    TileCode code = program.code;
    Object[] array = TileFrame.registers(code, inputs, params, SIDE * SIDE);
    int[] at = new int[array.length];
    int[] step = new int[array.length];
    long[] coordinate = new long[shape.rank()];
    for (long block = from; block < to; block++) {
      long rest = block;
      for (int d = coordinate.length - 1; d >= 0; d--) {
        boolean blocked = d == rowAxis || d == columnAxis;
        long steps = blocked ? blocksAlong(d) : shape.size(d);
        coordinate[d] = rest % steps * (d == columnAxis ? width : d == rowAxis ? SIDE : 1);
        rest /= steps;
      }
      int rows = (int) Math.min(SIDE, shape.size(rowAxis) - coordinate[rowAxis]);
      int columns = (int) Math.min(width, shape.size(columnAxis) - coordinate[columnAxis]);
      if (turned >= 0) {
        direct(coordinate, rows, columns, array, at, step);
        continue;
      }
      for (int i = 0; i < in.length; i++) {
        if (!(inputs[i] instanceof TileInput.Single)) {
          load(in[i], coordinate, rows, columns, array[i]);
        }
      }
      if (!isCopy) {
        code.run(array, at, rows * columns);
      }
      for (int j = 0; j < out.length; j++) {
        store(out[j], coordinate, rows, columns, isCopy ? array[0] : array[code.outputs[j]]);
      }
    }
  }

  /** Computes a block where it lies in memory. */
  private void direct(
      long[] coordinate, int rows, int columns, Object[] array, int[] at, int[] step) {
    Operand x = in[turned];
    int result = program.code.outputs[0];
    place(out[0], coordinate, result, array, at, step);
    TransposeLanes.transpose(
        x.dtype().compute(),
        CpuStorage.array(x),
        position(x.layout(), coordinate),
        (int) x.layout().stride(columnAxis),
        columns,
        rows,
        array[result],
        at[result],
        step[result]);
    if (isCopy) {
      return;
    }
    for (int i = 0; i < in.length; i++) {
      if (!(inputs[i] instanceof TileInput.Single)) {
        place(i == turned ? out[0] : in[i], coordinate, i, array, at, step);
      }
    }
    for (int row = 0; row < rows; row++) {
      program.code.run(array, at, columns);
      for (int r = 0; r < at.length; r++) {
        at[r] += step[r];
      }
    }
  }

  private void place(
      Operand o, long[] coordinate, int register, Object[] array, int[] at, int[] step) {
    array[register] = CpuStorage.array(o);
    at[register] = position(o.layout(), coordinate);
    step[register] = (int) o.layout().stride(rowAxis);
  }

  private void load(Operand o, long[] coordinate, int rows, int columns, Object to) {
    Object from = CpuStorage.array(o);
    int p = position(o.layout(), coordinate);
    int down = (int) o.layout().stride(rowAxis);
    int across = (int) o.layout().stride(columnAxis);
    if (across <= 1 || down == 0 || down > across) {
      for (int i = 0; i < rows; i++) {
        Conversions.load(o.dtype(), from, p + i * down, across, to, i * columns, columns);
      }
      return;
    }
    ComputeType type = o.dtype().compute();
    if (down == 1 && !o.dtype().isNarrow()) {
      TransposeLanes.transpose(type, from, p, across, columns, rows, to, 0, columns);
      return;
    }
    Object tile = Scratch.ofThread().tile(type, program.code.registers(type));
    for (int j = 0; j < columns; j++) {
      Conversions.load(o.dtype(), from, p + j * across, down, tile, j * rows, rows);
    }
    TransposeLanes.transpose(type, tile, 0, rows, columns, rows, to, 0, columns);
  }

  private void store(Operand o, long[] coordinate, int rows, int columns, Object from) {
    Object to = CpuStorage.array(o);
    int p = position(o.layout(), coordinate);
    int down = (int) o.layout().stride(rowAxis);
    int across = (int) o.layout().stride(columnAxis);
    for (int i = 0; i < rows; i++) {
      Conversions.store(o.dtype(), from, i * columns, to, p + i * down, across, columns);
    }
  }

  private static int position(Layout layout, long[] coordinate) {
    long p = layout.offset();
    for (int d = 0; d < coordinate.length; d++) {
      p += coordinate[d] * layout.stride(d);
    }
    return (int) p;
  }
}
