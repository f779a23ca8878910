package io.gradus;

import io.gradus.fusion.Fusion;
import io.gradus.fusion.Pending;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives the memory of tensors back when a block ends, instead of when the garbage collector finds
 * out: the next results then lie in memory that is still in the processor's cache, and a GPU's
 * memory is free at once.
 *
 * <pre>{@code
 * Tensor y = TensorScope.run(() -> x.sub(x.mean()).div(x.std())); // y stays, the rest goes
 *
 * try (var scope = TensorScope.open()) {
 *   Tensor loss = lossOf.call(model.call(batch), labels);
 *   loss.backward();                                              // gradients stay
 *   optimizer.step();
 *   total += loss.item().doubleValue();
 * }
 * }</pre>
 *
 * <p>It is never needed, only faster. To a scope belong the tensors with memory of their own that
 * operations of this thread make while it is the innermost one; not those that share an array of
 * the user. At its end their memory goes, except for
 *
 * <ul>
 *   <li>what {@link #run} returns or {@link #keep} was told: this belongs to the surrounding scope
 *       from then on, if there is one;
 *   <li>all of it, if something of that still has its history, which may need any of it: {@code
 *       detach()} what need not be differentiated;
 *   <li>for good: gradients, parameters and buffers of modules, and what optimizers remember.
 * </ul>
 *
 * <p>A tensor, or a view of it, that is used after its memory has gone throws {@link
 * io.gradus.tensor.error.BackendException}. Scopes belong to a thread and end in the reverse order
 * in which they began.
 */
public final class TensorScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable TensorScope> CURRENT = new ThreadLocal<>();

  /** Whether a thread ever opened one. It need not be volatile: each looks for its own scope. */
  private static boolean isUsed;

  private final @Nullable TensorScope outer;
  private final boolean takesNotes;
  private final List<Tensor> made = new ArrayList<>();
  private List<Tensor> kept = List.of();
  private Set<Storage> lasting = Set.of();
  private boolean keepsHistory;
  private boolean isOver;

  private TensorScope(boolean takesNotes) {
    this.takesNotes = takesNotes;
    isUsed = true;
    outer = CURRENT.get();
    CURRENT.set(this);
  }

  /** Begins a scope, which ends when it is closed. */
  public static TensorScope open() {
    return new TensorScope(true);
  }

  /** Begins a stretch whose tensors belong to no scope, until it is closed: they may stay. */
  public static TensorScope none() {
    return new TensorScope(false);
  }

  /**
   * Computes something in a scope of its own.
   *
   * <p>Tensors in the result stay, as with {@link #keepAll}.
   */
  public static <R> R run(Supplier<R> body) {
    try (TensorScope scope = open()) {
      R result = body.get();
      scope.keepAll(result);
      return result;
    }
  }

  /** Runs something in a scope of its own. */
  public static void run(Runnable body) {
    try (TensorScope _ = open()) {
      body.run();
    }
  }

  /** Leaves a tensor's memory to the surrounding scope, or to the garbage collector. */
  public <T extends Tensor> T keep(T tensor) {
    if (kept.isEmpty()) {
      kept = new ArrayList<>();
    }
    kept.add(tensor);
    return tensor;
  }

  /**
   * Keeps the tensors in a value: itself, and those in arrays, collections, maps, optionals,
   * records and data classes. In objects of other kinds they are not found.
   */
  public void keepAll(@Nullable Object value) {
    Contained.tensors(value, this::keep);
  }

  /**
   * Gives the memory back. Closing it again does no harm.
   *
   * @throws InvalidArgumentException if this is not the innermost scope of this thread; nothing is
   *     given back then
   */
  @Override
  public void close() {
    if (isOver) {
      return;
    }
    if (CURRENT.get() != this) {
      throw new InvalidArgumentException(
          "[TensorScope] closed on another thread than it was opened on, or before one that was"
              + " opened later; use try-with-resources or TensorScope.run");
    }
    isOver = true;
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
    giveBack();
  }

  private void giveBack() {
    if (!kept.isEmpty()) {
      Fusion.compute(kept.toArray(new Tensor[0]));
    }
    if (keepsHistory || kept.stream().anyMatch(TensorScope::hasHistory)) {
      made.forEach(this::handOver);
      return;
    }
    Set<Storage> stays = kept.isEmpty() ? Set.of() : identities();
    kept.forEach(t -> stays.add(Internals.operand(t).storage()));
    List<Storage> gone = new ArrayList<>(made.size());
    for (Tensor t : made) {
      Storage s = Internals.late(t).storage();
      if (lasting.contains(s)) {
        continue;
      }
      if (stays.contains(s)) {
        handOver(t);
      } else if (s instanceof Pending p) {
        p.abandon();
      } else {
        gone.add(s);
      }
    }
    for (Storage s : gone) {
      Fusion.beforeWrite(s); // for others who still have to read it
      s.release();
    }
  }

  private static boolean hasHistory(Tensor t) {
    return t.requiresGrad() && !t.isLeaf();
  }

  private static Set<Storage> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private void handOver(Tensor t) {
    if (outer != null && outer.takesNotes) {
      outer.made.add(t);
    }
  }

  /** A new tensor with memory of its own. */
  static void note(Tensor t) {
    if (isUsed) {
      TensorScope scope = CURRENT.get();
      if (scope != null && scope.takesNotes) {
        scope.made.add(t);
      }
    }
  }

  /** Keeps a tensor's memory beyond all scopes. */
  static void last(Tensor t) {
    if (isUsed) {
      for (TensorScope s = CURRENT.get(); s != null; s = s.outer) {
        if (s.lasting.isEmpty()) {
          s.lasting = identities();
        }
        s.lasting.add(Internals.operand(t).storage());
        s.keepsHistory |= hasHistory(t);
      }
    }
  }
}
