package io.gradus.fusion;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One pointwise operation as a link of a chain: a program, and what is known of its price.
 *
 * <p>Equal programs have the same step.
 */
public final class Step {
  /** How many operands a step of a chain can have: their places are packed into a {@code long}. */
  static final int MAX_INPUTS = 6;

  private static final ConcurrentHashMap<Program, Step> ALL = new ConcurrentHashMap<>();

  private final Program program;
  private final int size;
  private final int cost;

  private Step(Program program) {
    this.program = program;
    int n = 0;
    int price = 0;
    for (Expr e : ExprGraph.postOrder(program.outputs())) {
      if (e instanceof Expr.Apply x) {
        n++;
        price += price(x);
      } else if (e instanceof Expr.Cast) {
        n++;
        price++;
      }
    }
    this.size = Math.max(n, 1);
    this.cost = price;
  }

  /** The step that runs a program. */
  public static Step of(Program program) {
    Step s = ALL.get(program);
    return s != null ? s : ALL.computeIfAbsent(program, Step::new);
  }

  /**
   * An output of a program by itself.
   *
   * @param step over the inputs that this output reads, renumbered
   * @param inputs which those are
   */
  public record Part(Step step, int[] inputs) {
    /** Output {@code j} of a program. */
    public static Part of(Program program, int j) {
      Expr output = program.outputs().get(j);
      TreeSet<Integer> used = new TreeSet<>();
      for (Expr e : ExprGraph.postOrder(List.of(output))) {
        if (e instanceof Expr.Input x) {
          used.add(x.index());
        }
      }
      List<Integer> order = new ArrayList<>(used);
      List<ComputeType> types = new ArrayList<>();
      for (int i : order) {
        types.add(program.inputs().get(i));
      }
      List<Expr> renumbered =
          ExprGraph.substitute(
              List.of(output),
              e ->
                  e instanceof Expr.Input x
                      ? Expr.input(order.indexOf(x.index()), x.type())
                      : null);
      return new Part(
          Step.of(Program.of(types, renumbered)), order.stream().mapToInt(i -> i).toArray());
    }
  }

  /** What is computed. */
  Program program() {
    return program;
  }

  /** Whether it can be a link of a chain at all. */
  public boolean fits() {
    return program.inputs().size() <= MAX_INPUTS;
  }

  /** The number of instructions. */
  int size() {
    return size;
  }

  /** About how many additions of {@code f32} the step costs. */
  int cost() {
    return cost;
  }

  /** Measured with tiles in cache, in additions: about 0.1 ns an element each. */
  private static int price(Expr.Apply x) {
    if (x.op() == ScalarOp.POW || x.op() == ScalarOp.FMOD || x.op() == ScalarOp.NEXTAFTER) {
      return 100;
    }
    if (x.op().compareTo(ScalarOp.PHILOX) < 0) {
      return 1;
    }
    return x.type() != ComputeType.F32 ? 100 : x.op() == ScalarOp.EXP ? 5 : 10;
  }

  @Override
  public String toString() {
    StringBuilder names = new StringBuilder();
    for (Expr e : ExprGraph.postOrder(program.outputs())) {
      if (e instanceof Expr.Apply x) {
        names.append(names.isEmpty() ? "" : " ").append(x.op().name());
      } else if (e instanceof Expr.Cast x) {
        names.append(names.isEmpty() ? "" : " ").append(x.to());
      }
    }
    return names.isEmpty() ? "copy" : names.toString().toLowerCase(java.util.Locale.ROOT);
  }
}
