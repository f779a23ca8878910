package io.gradus.backend.cpu.reduce;

import io.gradus.backend.cpu.elementwise.RowCode;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a {@code Rows} program before it meets operands; kept with the program. */
final class RowsPlan {
  private static final int SLOT = Device.newSlot();

  private final List<ReduceOp> reductions;
  private final boolean[] perRow;
  private final Program program;
  private final RowCode code;
  private @Nullable RowCode manyRows;
  private final ComputeType[] types;

  private RowsPlan(Program program, List<ReduceOp> reductions, boolean[] perRow) {
    this.reductions = reductions;
    this.perRow = perRow;
    int stages = reductions.size();
    List<ComputeType> inputs = new ArrayList<>(program.inputs());
    int bound = inputs.size();
    List<Expr> exprs =
        ExprGraph.substitute(
            program.outputs(),
            e -> e instanceof Expr.Reduced r ? Expr.input(bound + r.stage(), r.type()) : null);
    this.types = new ComputeType[stages];
    for (int s = 0; s < stages; s++) {
      types[s] = exprs.get(s).type();
      inputs.add(resultType(s));
    }
    this.program = Program.of(inputs, exprs);
    this.code = new RowCode(this.program, stages, perRow, false);
  }

  /**
   * The plan of a program, of which the last one made is kept.
   *
   * @param perRow for each input whether it is the same all along a row
   */
  static RowsPlan of(Program program, List<ReduceOp> reductions, boolean[] perRow) {
    if (program.compiled(SLOT) instanceof RowsPlan p
        && p.reductions.equals(reductions)
        && Arrays.equals(p.perRow, perRow)) {
      return p;
    }
    RowsPlan made = new RowsPlan(program, reductions, perRow);
    program.compiled(SLOT, made);
    return made;
  }

  RowCode code() {
    return code;
  }

  /** The code for frames of many rows; null if a stage needs to know more of each row. */
  @Nullable RowCode manyRows() {
    if (manyRows == null && !isAnySpread()) {
      manyRows = new RowCode(program, types.length, new boolean[perRow.length], true);
    }
    return manyRows;
  }

  private boolean isAnySpread() {
    boolean any = false;
    for (int s = 1; s < types.length; s++) {
      any |= isSpreadAlone(s);
    }
    return any;
  }

  int stages() {
    return types.length;
  }

  /**
   * Whether a stage sums the squares of the distances, from one number a row, of what the stage
   * before it sums.
   */
  boolean isSpread(int stage) {
    return stage < types.length
        && types[stage].isFloating()
        && reductions.get(stage) == ReduceOp.SUM
        && reductions.get(stage - 1) == ReduceOp.SUM
        && code.isSpread(stage);
  }

  /** Whether a stage does, and these are needed nowhere else. */
  boolean isSpreadAlone(int stage) {
    return isSpread(stage) && code.isSpreadAlone(stage);
  }

  /** The type of what a stage reduces. */
  ComputeType type(int stage) {
    return types[stage];
  }

  ComputeType resultType(int stage) {
    return Blocks.resultType(reductions.get(stage), types[stage]);
  }

  /** Whether all outputs that have one element a row depend on nothing else. */
  boolean fits(boolean[] full) {
    for (int j = 0; j < full.length; j++) {
      if (!full[j] && !code.isUniform(types.length + j)) {
        return false;
      }
    }
    return true;
  }
}
