package io.gradus.fusion;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Some steps in a row and what each takes from where, interned as a path in a tree: from a chain
 * and one more step to the longer chain is a comparison with the last time, seldom a look-up.
 *
 * <p>Numbers given per call are no part of it. The program of a chain is built when it is first
 * asked for.
 */
final class Chain {
  /** The number of different chains after which nothing waits any more: a leak guard. */
  private static final int LIMIT = 1 << 16;

  private static final int BITS = 8;
  private static final int FIRST_LINK = 32;
  private static final int DTYPE_SHIFT = BITS * Step.MAX_INPUTS;
  private static final long WRITTEN = 1L << 62;
  private static final long LAST = 1L << 61;
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** No steps. */
  static final Chain EMPTY = new Chain();

  private record Key(Step step, long arguments) {}

  private final @Nullable Step step;
  private final long arguments;
  private final ComputeType[] leaves;
  private final Expr[] links;
  private final List<Expr> written;
  private final int params;
  private final String text;
  private final ConcurrentHashMap<Key, Chain> longer = new ConcurrentHashMap<>(2);
  private volatile @Nullable Chain latest;
  private volatile @Nullable Program program;
  private volatile long runs;

  private Chain() {
    this.step = null;
    this.arguments = 0;
    this.leaves = new ComputeType[0];
    this.links = new Expr[0];
    this.written = List.of();
    this.params = 0;
    this.text = "";
  }

  private Chain(Chain before, Step step, long arguments) {
    this.step = step;
    this.arguments = arguments;
    Program p = step.program();
    Expr[] in = new Expr[p.inputs().size()];
    ComputeType[] types = before.leaves;
    for (int i = 0; i < in.length; i++) {
      int from = (int) (arguments >>> BITS * i) & 0xff;
      if (from >= FIRST_LINK) {
        in[i] = before.links[from - FIRST_LINK];
        continue;
      }
      ComputeType type = p.inputs().get(i);
      if (from >= types.length || types[from] != type) {
        types = Arrays.copyOf(types, Math.max(types.length, from + 1));
        types[from] = type;
      }
      in[i] = Expr.input(from, type);
    }
    this.leaves = types;
    List<Expr> results =
        ExprGraph.substitute(
            p.outputs(),
            e ->
                e instanceof Expr.Input x
                    ? in[x.index()]
                    : e instanceof Expr.Param x
                        ? Expr.param(x.index() + before.params, x.type())
                        : null);
    this.params = before.params + p.paramCount();
    this.text = before.text + (before.text.isEmpty() ? "" : ", ") + step;
    List<Expr> all = new ArrayList<>(before.written);
    if ((arguments & LAST) != 0) {
      this.links = before.links;
      all.addAll(results);
    } else {
      DType dtype = DType.values()[(int) (arguments >>> DTYPE_SHIFT) & 0xff];
      this.links = Arrays.copyOf(before.links, before.links.length + 1);
      links[before.links.length] = rounded(dtype, results.get(0));
      if ((arguments & WRITTEN) != 0) {
        all.add(links[before.links.length]);
      }
    }
    this.written = all;
    COUNT.incrementAndGet();
  }

  /** The value as memory of a dtype would give it back. */
  private static Expr rounded(DType dtype, Expr value) {
    boolean isTruth =
        value instanceof Expr.Apply x
            ? x.op().signature() == ScalarOp.Signature.COMPARE
            : value instanceof Expr.Cast c && c.to() == dtype;
    return dtype == DType.BOOL && isTruth || value instanceof Expr.Cast c && c.to() == dtype
        ? value
        : Expr.cast(dtype, value);
  }

  /** Whether there are so many different chains that there should be no more. */
  static boolean isFull() {
    return COUNT.get() > LIMIT;
  }

  /** The code of argument {@code i} of a step: element of operand {@code leaf} of the chain. */
  static long leaf(int i, int leaf) {
    return (long) leaf << BITS * i;
  }

  /** The code of argument {@code i} of a step: the result of an earlier link. */
  static long link(int i, int link) {
    return (long) (FIRST_LINK + link) << BITS * i;
  }

  /** The link that argument {@code i} of a step is, negative for a leaf. */
  static int linkAt(long code, int i) {
    return ((int) (code >>> BITS * i) & 0xff) - FIRST_LINK;
  }

  /**
   * This chain with one more step.
   *
   * @param arguments of the step, see {@link #leaf} and {@link #link}
   * @param dtype of its result, to which later steps see it rounded
   * @param isWritten whether the result is written to memory
   */
  Chain then(Step next, long arguments, DType dtype, boolean isWritten) {
    return longer(
        next, arguments | (long) dtype.ordinal() << DTYPE_SHIFT | (isWritten ? WRITTEN : 0));
  }

  /** This chain with a last program, all of whose outputs are outputs of the whole. */
  Chain end(Step last, long arguments) {
    return longer(last, arguments | LAST);
  }

  private Chain longer(Step next, long code) {
    Chain c = latest;
    if (c == null || c.step != next || c.arguments != code) {
      c = longer.computeIfAbsent(new Key(next, code), k -> new Chain(this, k.step, k.arguments));
      latest = c;
    }
    return c;
  }

  /** The whole as one program: its outputs are what is written, in the order of the steps. */
  Program program() {
    Program p = program;
    if (p == null) {
      program = p = Program.of(List.of(leaves), written);
      Fusion.log(this);
    }
    return p;
  }

  /** How many numbers a call brings along. */
  int params() {
    return params;
  }

  /** Notes that it ran; counts of threads that race may get lost. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void ran() {
    runs++;
  }

  /** Adds this chain and all longer ones that have run to a list. */
  void collect(Collection<Chain> to) {
    if (runs > 0) {
      to.add(this);
    }
    for (Chain c : longer.values()) {
      c.collect(to);
    }
  }

  long runs() {
    return runs;
  }

  @Override
  public String toString() {
    return "%s: %d in, %d out".formatted(text, leaves.length, written.size());
  }
}
