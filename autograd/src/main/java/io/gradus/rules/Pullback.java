package io.gradus.rules;

import io.gradus.op.MapProgram;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The backward pass of a pointwise program for a given set of inputs that take gradients: one
 * program with several outputs, and which values it reads.
 *
 * <p>Only what its expressions mention has to be saved.
 */
public final class Pullback {
  /** {@link #source}: this input takes no gradient. */
  public static final int NONE = Integer.MIN_VALUE;

  private final int needs;
  private final @Nullable MapProgram program;
  private final int[] savedInputs;
  private final int[] savedOutputs;
  private final int[] gradients;
  private final int[] source;

  /** Derives the gradients of the inputs in {@code needs}. */
  public Pullback(MapProgram forward, int needs) {
    this.needs = needs;
    Program p = forward.program();
    int in = p.inputs().size();
    int out = p.outputs().size();
    @Nullable Expr[] cotangents = ScalarDerivatives.pullback(p);
    this.source = new int[in];
    List<Expr> outputs = new ArrayList<>();
    List<DType> dtypes = new ArrayList<>();
    for (int i = 0; i < in; i++) {
      Expr e = i < 31 && (needs >> i & 1) == 0 ? null : cotangents[i];
      if (e == null) {
        source[i] = NONE;
      } else if (e instanceof Expr.Input x && x.index() >= in + out) {
        source[i] = -1 - (x.index() - in - out);
      } else {
        int at = outputs.indexOf(e);
        if (at < 0) {
          at = outputs.size();
          outputs.add(e);
          dtypes.add(e.type().dtype());
        }
        source[i] = at;
      }
    }
    TreeSet<Integer> used = new TreeSet<>();
    for (Expr e : ExprGraph.postOrder(outputs)) {
      if (e instanceof Expr.Input x) {
        used.add(x.index());
      }
    }
    this.savedInputs = used.stream().filter(u -> u < in).mapToInt(u -> u).toArray();
    this.savedOutputs =
        used.stream().filter(u -> u >= in && u < in + out).mapToInt(u -> u - in).toArray();
    this.gradients = used.stream().filter(u -> u >= in + out).mapToInt(u -> u - in - out).toArray();
    this.program =
        outputs.isEmpty() ? null : compact(outputs, dtypes, new ArrayList<>(used), forward);
  }

  private static MapProgram compact(
      List<Expr> outputs, List<DType> dtypes, List<Integer> used, MapProgram forward) {
    List<ComputeType> types = new ArrayList<>();
    for (int u : used) {
      types.add(ScalarDerivatives.inputType(forward.program(), u));
    }
    List<Expr> renumbered =
        ExprGraph.substitute(
            outputs,
            e -> e instanceof Expr.Input x ? Expr.input(used.indexOf(x.index()), x.type()) : null);
    String name = forward.gradName().replaceFirst("Backward\\d+$", "") + "BackwardBackward0";
    return new MapProgram(name, Program.of(types, renumbered), dtypes);
  }

  /** Which inputs take gradients, as bits. */
  public int needs() {
    return needs;
  }

  /** Computes the gradients that need arithmetic; null where all are passed through. */
  public @Nullable MapProgram program() {
    return program;
  }

  /** Inputs that {@link #program} reads, its first operands. */
  public int[] savedInputs() {
    return savedInputs;
  }

  /** Results that {@link #program} reads, its next operands. */
  public int[] savedOutputs() {
    return savedOutputs;
  }

  /** Incoming gradients that {@link #program} reads, its last operands. */
  public int[] gradients() {
    return gradients;
  }

  /**
   * Where the gradient of each input comes from: output {@code s >= 0} of {@link #program}, the
   * incoming gradient {@code -1 - s} itself, or {@link #NONE}.
   */
  public int[] source() {
    return source;
  }
}
