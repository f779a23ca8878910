package io.gradus.backend.cpu.elementwise;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Shape;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A program over rows whose first outputs are reduced, a row to a number, before what follows can
 * be computed with that number.
 *
 * <p>All of it is one piece of code, so that what a later stage shares with an earlier one is
 * computed once; what is the same all along a row is computed once a row. Bound to its operands it
 * is shared by threads, each of which has its own {@link Frame}.
 */
public final class RowCode {
  private final TileCode code;
  private final int stages;
  private final int bound;

  /** For each instruction whether its result is the same all along a row. */
  private final boolean[] uniform;

  /** For each input whether it has one element a row, and whether it is needed at every element. */
  private final boolean[] perRow;

  private final boolean[] spreadInput;

  /** For each uniform instruction whether its result is needed at every element. */
  private final boolean[] spread;

  /** The same for the results of the stages. */
  private final boolean[] spreadStage;

  private final boolean[] uniformOutput;

  /** For each stage the product of two registers that it reduces and nothing else reads, if any. */
  private final TileCode.@Nullable Instruction[] product;

  /** For each stage which instruction computes the distances whose squares it reduces, or -1. */
  private final int[] distance;

  /** Where numbers are: in an array from an element on. */
  public record Place(Object array, int at) {}

  /**
   * Compiles a program.
   *
   * @param program its last inputs are the results of the stages, its first outputs what they
   *     reduce
   * @param perRow for each input, those results excepted, whether it is the same all along a row
   * @param many whether a frame holds many rows at once, so that nothing is the same all along it;
   *     no input is said to be so then
   */
  public RowCode(Program program, int stages, boolean[] perRow, boolean many) {
    this.code = new TileCode(program);
    this.stages = stages;
    this.bound = code.inputs - stages;
    this.perRow = perRow;
    this.spreadInput = new boolean[bound];
    TileCode.Instruction[] all = code.instructions;
    this.uniform = new boolean[all.length];
    this.spread = new boolean[all.length];
    this.spreadStage = new boolean[stages];
    this.uniformOutput = new boolean[code.outputs.length];
    boolean[] same = new boolean[code.type.length];
    int[] definition = new int[same.length];
    this.distance = new int[stages];
    java.util.Arrays.fill(distance, -1);
    java.util.Arrays.fill(definition, -1);
    System.arraycopy(perRow, 0, same, 0, bound);
    java.util.Arrays.fill(same, bound, code.inputs, !many);
    for (int k = 0; k < code.leaves.length; k++) {
      same[code.leaves[k]] = !(code.leafExprs[k] instanceof io.gradus.tensor.kernel.Expr.Index);
    }
    for (int k = 0, output = 0; k <= all.length; k++) {
      for (; output < code.end.length && code.end[output] <= k; output++) {
        int r = code.outputs[output];
        uniformOutput[output] = same[r];
        if (output < stages) {
          spread(r, same, definition);
        }
      }
      if (k < all.length) {
        TileCode.Instruction i = all[k];
        uniform[k] = same[i.a()] && same[i.b()] && same[i.c()];
        if (!uniform[k]) {
          code.byNumber[k] |= !same[i.a()] && same[i.b()] && TileCode.takesNumber(i);
          square(k, definition);
          spread(i.a(), same, definition);
          if (!code.byNumber[k]) {
            spread(i.b(), same, definition);
          }
          spread(i.c(), same, definition);
        }
        same[i.result()] = uniform[k];
        definition[i.result()] = k;
      }
    }
    this.product = new TileCode.Instruction[stages];
    for (int s = 0; s < stages; s++) {
      product[s] = product(s);
    }
  }

  /** Notes for which stages an instruction computes the squares of distances from a number. */
  private void square(int k, int[] definition) {
    TileCode.Instruction i = code.instructions[k];
    int d = definition[i.a()];
    if (i.op() == ScalarOp.MUL
        && i.a() == i.b()
        && d >= 0
        && code.instructions[d].op() == ScalarOp.SUB
        && code.byNumber[d]) {
      for (int s = 0; s < stages; s++) {
        distance[s] = code.definedAt[s] == k ? d : distance[s];
      }
    }
  }

  private TileCode.@Nullable Instruction product(int stage) {
    int k = code.definedAt[stage];
    TileCode.Instruction[] all = code.instructions;
    boolean isProduct =
        k >= 0
            && all[k].op() == ScalarOp.MUL
            && all[k].operandType().isFloating()
            && !uniform[k]
            && !code.byNumber[k]
            && code.end[stage] == k + 1;
    return isProduct && !isReadFrom(k + 1, all[k].result(), stage) ? all[k] : null;
  }

  /** Whether what a register holds is read by an instruction from {@code from} on, or an output. */
  private boolean isReadFrom(int from, int register, int exceptOutput) {
    for (int j = 0; j < code.outputs.length; j++) {
      if (j != exceptOutput && code.outputs[j] == register) {
        return true;
      }
    }
    for (int k = from; k < code.instructions.length; k++) {
      TileCode.Instruction i = code.instructions[k];
      if (i.a() == register || i.b() == register || i.c() == register) {
        return true;
      }
      if (i.result() == register) {
        return false;
      }
    }
    return false;
  }

  /**
   * Whether a stage reduces the squares of the distances of what the stage before it reduces from
   * one number a row.
   */
  public boolean isSpread(int stage) {
    int d = distance[stage];
    return stage > 0 && d >= 0 && code.instructions[d].a() == code.outputs[stage - 1];
  }

  /** Whether nothing reads these distances and squares but that stage. */
  public boolean isSpreadAlone(int stage) {
    int d = distance[stage];
    return isSpread(stage)
        && product[stage] != null
        && code.end[stage] == d + 2
        && !isReadFrom(d + 2, code.instructions[d].result(), -1);
  }

  private void spread(int register, boolean[] same, int[] definition) {
    if (!same[register]) {
      return;
    }
    if (definition[register] >= 0) {
      spread[definition[register]] = true;
    } else if (register < bound) {
      spreadInput[register] = true;
    } else if (register < code.inputs) {
      spreadStage[register - bound] = true;
    }
  }

  /** Whether an output is the same all along a row. */
  public boolean isUniform(int output) {
    return uniformOutput[output];
  }

  /** Whether it calls costly functions, so that smaller loops pay several threads. */
  public boolean isCostly() {
    return code.isCostly();
  }

  /**
   * Binds the program.
   *
   * @param in operands of the shape
   * @param out where the outputs go that have its elements; null for the others
   */
  public Binding bind(Operand[] in, @Nullable Operand[] out, Shape shape, long[] params) {
    TileInput[] inputs = new TileInput[code.inputs];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = i < bound ? input(in[i], perRow[i]) : new TileInput.Given();
    }
    TileOutput[] outputs = new TileOutput[code.outputs.length];
    for (int j = 0; j < outputs.length; j++) {
      Operand o = j < stages ? null : out[j - stages];
      outputs[j] = o == null ? new TileOutput.Kept() : output(o, j, in);
    }
    return new Binding(inputs, outputs, shape, params);
  }

  private static TileInput input(Operand o, boolean perRow) {
    return perRow
        ? new TileInput.PerRow(o.dtype(), CpuStorage.array(o), StridedTiles.of(o.layout()))
        : TileInput.of(o);
  }

  private TileOutput output(Operand o, int j, Operand[] in) {
    Object array = CpuStorage.array(o);
    if (!o.layout().isContiguous()) {
      return new TileOutput.Strided(o.dtype(), array, StridedTiles.of(o.layout()));
    }
    int offset = (int) o.layout().offset();
    boolean direct = !o.dtype().isNarrow() && code.definedAt[j] >= 0 && !uniformOutput[j];
    for (int i = 0; i < bound; i++) {
      direct &= CpuStorage.array(in[i]) != array;
    }
    return direct
        ? new TileOutput.Direct(array, offset)
        : new TileOutput.Dense(o.dtype(), array, offset);
  }

  /** The program and its operands. */
  public final class Binding {
    private final TileInput[] in;
    private final TileOutput[] out;
    private final Shape shape;
    private final long[] params;

    private Binding(TileInput[] in, TileOutput[] out, Shape shape, long[] params) {
      this.in = in;
      this.out = out;
      this.shape = shape;
      this.params = params;
    }

    /** Registers for up to {@code length} elements, at most 4096; for the calling thread. */
    public Frame frame(int length) {
      return new Frame(new TileFrame(length, code, in, out, shape, params), out);
    }
  }

  /** The registers of one thread, valid until it makes others. */
  public final class Frame {
    private final TileFrame frame;
    private final TileOutput[] out;
    private final Object[] array;
    private final int[] at;
    private long start;
    private int n;
    private int done;

    private Frame(TileFrame frame, TileOutput[] out) {
      this.frame = frame;
      this.out = out;
      this.array = frame.registers();
      this.at = frame.starts();
    }

    /** Turns to elements {@code [from, from + count)}, a row or a part of one. */
    public void load(long from, int count) {
      start = from;
      n = count;
      done = 0;
      frame.load(from, count);
      for (int i = 0; i < bound; i++) {
        if (spreadInput[i]) {
          Conversions.splat(code.type[i], array[i], at[i], at[i] + 1, n - 1);
        }
      }
    }

    /** Computes what a stage reduces; the results of all stages before it are given. */
    public void compute(int stage) {
      run(code.end[stage]);
    }

    /**
     * Computes the factors of what a stage reduces, if that is a product of floating numbers which
     * nothing else reads; otherwise does nothing and returns false.
     */
    public boolean computeFactors(int stage) {
      if (product[stage] == null) {
        return false;
      }
      run(code.end[stage] - 1);
      done = code.end[stage];
      return true;
    }

    /** One of the factors, 0 or 1, from an element on. */
    public Place factor(int stage, int which, int from) {
      TileCode.Instruction p = Objects.requireNonNull(product[stage]);
      int r = which == 0 ? p.a() : p.b();
      return new Place(array[r], at[r] + from);
    }

    /** The number from which a stage takes the distances whose squares it reduces. */
    public Place center(int stage) {
      run(distance[stage]);
      return place(code.instructions[distance[stage]].b());
    }

    /** Computes nothing of a stage, of which only the result is needed and known otherwise. */
    public void skip(int stage) {
      done = code.end[stage];
    }

    private Place place(int register) {
      return new Place(array[register], at[register]);
    }

    /** Where that is. */
    public Object array(int stage) {
      return array[code.outputs[stage]];
    }

    /** Where it starts. */
    public int at(int stage) {
      return at[code.outputs[stage]];
    }

    /** Tells the result of a stage, encoded as in {@link io.gradus.tensor.kernel.Params}. */
    public void give(int stage, long value) {
      int r = bound + stage;
      Conversions.fill(code.type[r], array[r], 0, spreadStage[stage] ? n : 1, value);
    }

    /** Tells the results of a stage for many rows of so many elements. */
    public void give(int stage, long[] values, int rows, int length) {
      int r = bound + stage;
      for (int i = 0; i < rows; i++) {
        Conversions.fill(code.type[r], array[r], i * length, length, values[i]);
      }
    }

    /** Computes all outputs and stores those that have the elements of the shape. */
    public void finish() {
      run(code.instructions.length);
      for (int j = stages; j < code.outputs.length; j++) {
        if (uniformOutput[j] && !(out[j] instanceof TileOutput.Kept)) {
          int r = code.outputs[j];
          Conversions.splat(code.type[r], array[r], at[r], at[r] + 1, n - 1);
        }
      }
      frame.store(start, n);
    }

    /** Computes all outputs, of which only those are wanted that are the same along the row. */
    public void finishUniform() {
      for (int k = done; k < code.instructions.length; k++) {
        if (uniform[k]) {
          code.run(array, at, 1, k, k + 1);
        }
      }
      done = code.instructions.length;
    }

    /** The array whose first element is the value of a uniform output. */
    public Object uniformValue(int output) {
      return array[code.outputs[stages + output]];
    }

    /** Where the values of an output are. */
    public Place output(int output) {
      return place(code.outputs[stages + output]);
    }

    /** The type of an output. */
    public ComputeType type(int output) {
      return code.type[code.outputs[stages + output]];
    }

    private void run(int end) {
      for (int k = done; k < end; k++) {
        if (!uniform[k]) {
          code.run(array, at, n, k, k + 1);
          continue;
        }
        code.run(array, at, 1, k, k + 1);
        if (spread[k]) {
          int r = code.instructions[k].result();
          Conversions.splat(code.type[r], array[r], at[r], at[r] + 1, n - 1);
        }
      }
      done = Math.max(done, end);
    }
  }
}
