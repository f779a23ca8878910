package io.gradus.tensor.kernel;

import io.gradus.tensor.dtype.ComputeType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An interned list of output expressions over typed inputs.
 *
 * <p>Equal programs are the same object. Each device keeps what it compiled from a program in the
 * program itself, in the slot that it was given, so that a call needs no look-up.
 */
public final class Program {
  private record Key(List<ComputeType> inputs, List<Expr> outputs) {
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Key k && inputs.equals(k.inputs) && outputs.equals(k.outputs);
    }

    @Override
    public int hashCode() {
      return 31 * inputs.hashCode() + outputs.hashCode();
    }
  }

  private static final ConcurrentHashMap<Key, Program> TABLE = new ConcurrentHashMap<>();

  private final List<ComputeType> inputs;
  private final List<Expr> outputs;
  private final int paramCount;
  private volatile @Nullable Object[] compiled = new Object[2];

  private Program(List<ComputeType> inputs, List<Expr> outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    int params = 0;
    for (Expr e : ExprGraph.postOrder(outputs)) {
      if (e instanceof Expr.Param p) {
        params = Math.max(params, p.index() + 1);
      } else if (e instanceof Expr.Input i
          && (i.index() >= inputs.size() || inputs.get(i.index()) != i.type())) {
        throw new IllegalArgumentException("input " + i + " is not among " + inputs);
      }
    }
    this.paramCount = params;
  }

  /** The program with these input types and outputs. */
  public static Program of(List<ComputeType> inputs, List<Expr> outputs) {
    return TABLE.computeIfAbsent(
        new Key(List.copyOf(inputs), List.copyOf(outputs)), k -> new Program(k.inputs, k.outputs));
  }

  /** A program with one output. */
  public static Program of(List<ComputeType> inputs, Expr output) {
    return of(inputs, List.of(output));
  }

  /** The compute types of the inputs. */
  public List<ComputeType> inputs() {
    return inputs;
  }

  /** The outputs; their types are the compute types of the output operands. */
  public List<Expr> outputs() {
    return outputs;
  }

  /** How many numbers a call must bring along. */
  public int paramCount() {
    return paramCount;
  }

  /** What the device with this slot stored, or null. */
  public @Nullable Object compiled(int slot) {
    Object[] all = compiled;
    return slot < all.length ? all[slot] : null;
  }

  /** Stores what a device compiled; two threads may race, either result is as good. */
  public void compiled(int slot, Object value) {
    synchronized (this) {
      @Nullable Object[] all = Arrays.copyOf(compiled, Math.max(compiled.length, slot + 1));
      all[slot] = value;
      compiled = all;
    }
  }

  @Override
  public String toString() {
    return "program" + inputs + " -> " + outputs;
  }
}
