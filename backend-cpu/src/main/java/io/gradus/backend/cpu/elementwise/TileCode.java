package io.gradus.backend.cpu.elementwise;

import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Linear code over typed registers, each of which is a tile.
 *
 * <p>Registers: the inputs first, then leaves (constants, params, coordinates), then results. The
 * register of an output is never reused; that of any other result is, after its last use.
 */
final class TileCode {
  private static final int NONE = -1;

  /** One operation; for a cast {@code op} is null and {@code to} is not. */
  record Instruction(
      @org.jspecify.annotations.Nullable ScalarOp op,
      DType to,
      ComputeType operandType,
      int a,
      int b,
      int c,
      int result) {}

  final int inputs;

  /** The compute type of each register. */
  final ComputeType[] type;

  /** The number of each register among those of its type. */
  final int[] number;

  /** The registers of leaves and what they hold, in parallel. */
  final int[] leaves;

  final Expr[] leafExprs;

  /** The register of each output, and which instruction computes it; NONE for an input or leaf. */
  final int[] outputs;

  final int[] definedAt;

  /** The last instruction that reads each input; large where an output is just the input. */
  final int[] lastRead;

  /** How many instructions are needed up to each output. */
  final int[] end;

  final Instruction[] instructions;

  /**
   * For each instruction whether it takes one number, the first of its second register, for all;
   * for random words also one of the third.
   */
  final boolean[] byNumber;

  /** For each leaf whether it is read element by element, and not only as one number. */
  final boolean[] whole;

  private final int[] count;
  private final boolean costly;

  TileCode(Program program) {
    this.inputs = program.inputs().size();
    List<ComputeType> types = new ArrayList<>(program.inputs());
    Map<Expr, Integer> register = new HashMap<>();
    Map<Expr, Integer> last = new HashMap<>();
    List<Expr> leafList = new ArrayList<>();
    List<Expr> body = new ArrayList<>();
    List<Expr> outs = ExprGraph.rewrite(program.outputs(), Idioms::simpler);
    for (Expr e : ExprGraph.postOrder(outs)) {
      if (e instanceof Expr.Input x) {
        register.put(x, x.index());
      } else if (e.arguments() > 0) {
        for (int k = 0; k < e.arguments(); k++) {
          last.put(e.argument(k), body.size());
        }
        body.add(e);
      } else if (e instanceof Expr.Reduced) {
        throw new BackendException("[cpu] " + e + " has a meaning only inside Rows");
      } else {
        leafList.add(e);
      }
    }
    this.leaves = new int[leafList.size()];
    this.leafExprs = leafList.toArray(new Expr[0]);
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = types.size();
      register.put(leafExprs[i], types.size());
      types.add(leafExprs[i].type());
    }
    Set<Expr> kept = new HashSet<>(outs);
    Map<ComputeType, ArrayDeque<Integer>> free = new EnumMap<>(ComputeType.class);
    for (ComputeType t : ComputeType.values()) {
      free.put(t, new ArrayDeque<>());
    }
    Map<Expr, Integer> definition = new HashMap<>();
    this.instructions = new Instruction[body.size()];
    this.byNumber = new boolean[body.size()];
    this.whole = new boolean[leaves.length];
    for (int i = 0; i < instructions.length; i++) {
      Expr e = body.get(i);
      Expr[] args = arguments(e);
      // A register that dies here may take the result: loops read an element before they write it.
      Set<Expr> dying = new HashSet<>();
      for (Expr a : args) {
        boolean computed = a instanceof Expr.Apply || a instanceof Expr.Cast;
        if (computed && !kept.contains(a) && get(last, a) == i && dying.add(a)) {
          get(free, a.type()).push(get(register, a));
        }
      }
      Integer reused = kept.contains(e) ? null : get(free, e.type()).poll();
      int result = reused != null ? reused : types.size();
      if (reused == null) {
        types.add(e.type());
      }
      register.put(e, result);
      definition.put(e, i);
      instructions[i] = instruction(e, args, register, result);
      byNumber[i] =
          args.length == 2 && isNumber(args[1]) && takesNumber(instructions[i])
              || instructions[i].op == ScalarOp.PHILOX && isNumber(args[1]) && isNumber(args[2]);
      for (int k = 0; k < args.length; k++) {
        readWhole(k > 0 && byNumber[i] ? -1 : get(register, args[k]));
      }
    }
    this.type = types.toArray(new ComputeType[0]);
    this.number = new int[type.length];
    this.count = new int[ComputeType.values().length];
    for (int r = 0; r < type.length; r++) {
      number[r] = count[type[r].ordinal()]++;
    }
    this.outputs = new int[outs.size()];
    this.definedAt = new int[outs.size()];
    this.lastRead = new int[inputs];
    Arrays.fill(lastRead, NONE);
    for (Map.Entry<Expr, Integer> use : last.entrySet()) {
      if (use.getKey() instanceof Expr.Input x) {
        lastRead[x.index()] = use.getValue();
      }
    }
    Set<Expr> seen = new HashSet<>();
    for (int j = 0; j < outputs.length; j++) {
      Expr e = outs.get(j);
      outputs[j] = get(register, e);
      readWhole(outputs[j]);
      // What appears twice is computed into one place and copied to the other.
      definedAt[j] = seen.add(e) ? definition.getOrDefault(e, NONE) : NONE;
      if (e instanceof Expr.Input x) {
        lastRead[x.index()] = Integer.MAX_VALUE;
      }
    }
    this.end = new int[outputs.length];
    for (int j = 0; j < outputs.length; j++) {
      int before = j == 0 ? 0 : end[j - 1];
      end[j] = Math.max(before, definition.getOrDefault(outs.get(j), NONE) + 1);
    }
    boolean anyCostly = false;
    for (Expr e : body) {
      anyCostly |= isCostly(e);
    }
    this.costly = anyCostly;
  }

  private void readWhole(int register) {
    int leaf = register - inputs;
    if (leaf >= 0 && leaf < whole.length) {
      whole[leaf] = true;
    }
  }

  /** Whether it is the same at every element. */
  private static boolean isNumber(Expr e) {
    return e instanceof Expr.Const || e instanceof Expr.Param;
  }

  /** Whether there is a loop of the operation with one number in place of the second argument. */
  static boolean takesNumber(Instruction i) {
    return i.op != null && Lanes.hasUniform(i.op, i.operandType);
  }

  private static Expr[] arguments(Expr e) {
    Expr[] args = new Expr[e.arguments()];
    for (int k = 0; k < args.length; k++) {
      args[k] = e.argument(k);
    }
    return e instanceof Expr.Apply x
            && args.length == 2
            && isNumber(args[0])
            && Idioms.commutes(x.op())
        ? new Expr[] {args[1], args[0]}
        : args;
  }

  private static Instruction instruction(
      Expr e, Expr[] args, Map<Expr, Integer> register, int result) {
    int a = get(register, args[0]);
    int b = args.length > 1 ? get(register, args[1]) : a;
    int c = args.length > 2 ? get(register, args[2]) : a;
    ComputeType operandType = args[args.length - 1].type();
    return e instanceof Expr.Apply x
        ? new Instruction(x.op(), DType.F32, operandType, a, b, c, result)
        : new Instruction(null, ((Expr.Cast) e).to(), operandType, a, b, c, result);
  }

  private static <K, V> V get(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("nothing for " + key);
    }
    return value;
  }

  /** How many registers have a type. */
  int registers(ComputeType of) {
    return count[of.ordinal()];
  }

  /** Whether the only output is the only input, cast to the type that it has. */
  boolean isCopy() {
    return inputs == 1
        && outputs.length == 1
        && instructions.length <= 1
        && type[outputs[0]] == type[0]
        && (instructions.length == 0
            || instructions[0].op == null
                && instructions[0].a == 0
                && !instructions[0].to.isNarrow());
  }

  /** Whether some register holds a coordinate, so that the order of the axes matters. */
  boolean usesIndex() {
    return Arrays.stream(leafExprs).anyMatch(Expr.Index.class::isInstance);
  }

  /** Whether an operation takes tens of cycles, so that smaller loops pay several threads. */
  private static boolean isCostly(Expr e) {
    return e instanceof Expr.Apply x
        && (x.op().compareTo(ScalarOp.PHILOX) >= 0
            || x.op() == ScalarOp.POW
            || x.op() == ScalarOp.FMOD
            || x.op() == ScalarOp.NEXTAFTER);
  }

  boolean isCostly() {
    return costly;
  }

  /** Runs all instructions over {@code n} elements of each register. */
  void run(Object[] array, int[] at, int n) {
    run(array, at, n, 0, instructions.length);
  }

  /** Runs instructions {@code [from, to)} over {@code n} elements of each register. */
  void run(Object[] array, int[] at, int n, int from, int to) {
    for (int k = from; k < to; k++) {
      Instruction i = instructions[k];
      ScalarOp op = i.op;
      if (op == null) {
        Casts.cast(i.operandType, i.to, array[i.a], at[i.a], array[i.result], at[i.result], n);
      } else if (byNumber[k] && op == ScalarOp.PHILOX) {
        Lanes.words(
            array[i.a],
            at[i.a],
            array[i.b],
            at[i.b],
            array[i.c],
            at[i.c],
            array[i.result],
            at[i.result],
            n);
      } else if (byNumber[k]) {
        Lanes.uniform(
            op,
            i.operandType,
            array[i.a],
            at[i.a],
            array[i.b],
            at[i.b],
            array[i.result],
            at[i.result],
            n);
      } else {
        Lanes.apply(
            op,
            i.operandType,
            array[i.a],
            at[i.a],
            array[i.b],
            at[i.b],
            array[i.c],
            at[i.c],
            array[i.result],
            at[i.result],
            n);
      }
    }
  }
}
