package io.gradus.backend.cpu.runs;

import io.gradus.backend.cpu.elementwise.TileEvaluator;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The program of a kernel bound to its operands, computed a piece at a time in row-major order.
 *
 * <p>Shared by the threads of a kernel; each brings its own {@link Scratch}.
 */
public final class Evaluation {
  /** Elements that are computed at a time. */
  public static final int TILE = 4096;

  private final Program program;
  private final @Nullable Operand[] in;
  private final long[] params;
  private final Shape shape;

  /** Made when first needed: what lies in memory as it is needs none. */
  private volatile @Nullable TileEvaluator evaluator;

  /**
   * Binds a program.
   *
   * @param in operands of the shape, null for inputs that each call gives
   */
  public Evaluation(Program program, @Nullable Operand[] in, Shape shape, long[] params) {
    this.program = program;
    this.in = in;
    this.params = params;
    this.shape = shape;
  }

  /** The results and the given inputs of one thread. */
  public static final class Scratch {
    private final Object[] values;
    private final @Nullable Object[] given;

    /** Room for up to {@link #TILE} elements. */
    public Scratch(Evaluation e) {
      int room = (int) Math.min(TILE, e.shape.numel());
      values = new Object[e.program.outputs().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Runs.array(e.type(i), room);
      }
      given = new Object[e.in.length];
      for (int i = 0; i < given.length; i++) {
        given[i] = e.in[i] == null ? Runs.array(e.program.inputs().get(i), room) : null;
      }
    }

    /** Where a call finds the values of an input that is not bound, from the start on. */
    public Object given(int input) {
      Object array = given[input];
      if (array == null) {
        throw new IllegalArgumentException("input " + input + " is bound");
      }
      return array;
    }
  }

  /** The type of an output. */
  public ComputeType type(int output) {
    return program.outputs().get(output).type();
  }

  /** A walk over the operand that an output is, if it lies in memory as it is; else null. */
  public @Nullable Walk plain(int output) {
    if (!(program.outputs().get(output) instanceof Expr.Input x)) {
      return null;
    }
    Operand operand = in[x.index()];
    if (operand == null || operand.dtype().isNarrow()) {
      return null;
    }
    Walk walk = new Walk(operand);
    return walk.isDense() ? walk : null;
  }

  /** Where an output is after {@link #run}: at the start of this array. */
  public Object value(Scratch scratch, int output) {
    return scratch.values[output];
  }

  /** Computes elements {@code [from, from + n)} of all outputs; n is at most {@link #TILE}. */
  public void run(long from, int n, Scratch scratch) {
    TileEvaluator bound = evaluator;
    if (bound == null) {
      bound = TileEvaluator.of(program, in, shape);
      evaluator = bound;
    }
    bound.evaluate(params, from, n, scratch.given, 0, scratch.values, 0);
  }
}
