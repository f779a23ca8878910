package io.gradus.fusion;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Memory whose contents are still to be computed: a pointwise step, its operands (which may be
 * pending too), and where the elements will lie.
 *
 * <p>It stands where a storage stands, so that shape, dtype and device of a tensor are known at
 * once, and that views and detached tensors share it. No device ever sees it: {@link #resolve}
 * gives the memory, computing it first if need be. Thread-safe; computed once.
 */
public final class Pending extends Storage {
  /** Instructions in a chain; longer ones would crowd the tiles of a CPU out of its cache. */
  static final int MAX_SIZE = 40;

  /** Different operands in memory that one chain reads, and keeps alive. */
  static final int MAX_LEAVES = 8;

  /** Where an operand is part of a larger storage, a write to that must not copy too much. */
  private static final int MAX_SURROUNDINGS = 4;

  private static final AtomicReferenceFieldUpdater<Pending, Object> STATE =
      AtomicReferenceFieldUpdater.newUpdater(Pending.class, Object.class, "state");

  /**
   * What is to be done.
   *
   * @param readers whom each operand counts as, null for memory that is read at once
   */
  record Work(Step step, Operand[] in, @Nullable Readers[] readers, long[] params) {
    void forget() {
      for (Readers r : readers) {
        if (r != null) {
          r.forget();
        }
      }
    }
  }

  private final Layout layout;
  private final int size;
  private final int leaves;

  private static final Object ABANDONED = new Object();

  /** A {@link Work}, and once that is done, the {@link Storage}; or {@link #ABANDONED}. */
  private volatile Object state;

  private int uses;
  private boolean kept;

  private Pending(Device device, DType dtype, Layout layout, Work work, int size, int leaves) {
    super(device, dtype, layout.numel());
    this.layout = layout;
    this.size = size;
    this.leaves = leaves;
    this.state = work;
    note(new Readers());
  }

  /**
   * The result of a step, to be computed when it is read.
   *
   * @param in operands on {@code device} of the shape of the result; pending ones are welcome
   * @param layout of the result, from the start of its storage
   */
  public static Operand of(
      Step step, Operand[] in, long[] params, Device device, DType dtype, Layout layout) {
    int size = step.size();
    int leaves = 0;
    for (int i = 0; i < in.length; i++) {
      Operand x = known(in[i]);
      in[i] = x;
      if (x.storage() instanceof Pending p && !isRepeated(in, i)) {
        size += p.size;
        leaves += p.leaves;
      } else {
        leaves++;
      }
    }
    while (size > MAX_SIZE || leaves > MAX_LEAVES) {
      Pending longest = longest(in);
      if (longest == null) {
        break;
      }
      longest.resolve();
      size -= longest.size;
      leaves -= longest.leaves - 1;
      known(in);
    }
    boolean now = false;
    @Nullable Readers[] readers = new Readers[in.length];
    for (int i = 0; i < in.length; i++) {
      Readers r;
      do {
        in[i] = known(in[i]);
        Storage s = in[i].storage();
        boolean surrounded = s.size() > MAX_SURROUNDINGS * layout.numel();
        r = surrounded ? null : Readers.of(s);
        now |= r == null;
      } while (r != null && !r.expect());
      readers[i] = r;
      if (in[i].storage() instanceof Pending p) {
        p.uses++;
      }
    }
    Work work = new Work(step, in, readers, params);
    Pending p = new Pending(device, dtype, layout, work, size, leaves);
    return new Operand(now || Chain.isFull() ? p.resolve() : p, dtype, layout);
  }

  private static boolean isRepeated(Operand[] in, int i) {
    for (int j = 0; j < i; j++) {
      if (in[j].storage() == in[i].storage()) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Pending longest(Operand[] in) {
    Pending longest = null;
    for (Operand x : in) {
      if (x.storage() instanceof Pending p && (longest == null || p.size > longest.size)) {
        longest = p;
      }
    }
    return longest;
  }

  /** An operand with its memory, if that is computed already; else as it is. */
  public static Operand known(Operand x) {
    return x.storage() instanceof Pending p && p.state instanceof Storage s
        ? new Operand(s, x.dtype(), x.layout())
        : x;
  }

  private static void known(Operand[] in) {
    for (int i = 0; i < in.length; i++) {
      in[i] = known(in[i]);
    }
  }

  /** An operand with its memory, which is computed now if it is not yet. */
  public static Operand resolved(Operand x) {
    return x.storage() instanceof Pending p ? new Operand(p.resolve(), x.dtype(), x.layout()) : x;
  }

  /** The memory, computed now if it is not yet. */
  public Storage resolve() {
    if (work() != null) {
      synchronized (this) {
        for (Work work = work(); work != null; work = work()) {
          Group.compute(this, work);
        }
      }
    }
    if (state == ABANDONED) {
      throw new BackendException(
          "[fusion] a tensor of %s %s was used after its TensorScope had ended; return it from the scope, or keep() it there"
              .formatted(dtype(), layout.shape()));
    }
    return (Storage) state;
  }

  /** Nobody will read it: what is still to be done is dropped, with what it would have read. */
  public void abandon() {
    Work work = work();
    if (work != null && STATE.compareAndSet(this, work, ABANDONED)) {
      work.forget();
    }
  }

  /** What is still to be done, null for nothing. */
  @Nullable Work work() {
    return state instanceof Work w ? w : null;
  }

  /** Takes the result; if another thread was faster, that one's stays: the bits are the same. */
  void publish(Work done, Storage result) {
    result.note(note());
    if (STATE.compareAndSet(this, done, result)) {
      done.forget();
    }
  }

  /** Where the elements will lie. */
  Layout layout() {
    return layout;
  }

  /** How many instructions it takes at most. */
  int instructions() {
    return size;
  }

  /** How many operands in memory it reads at most. */
  int leaves() {
    return leaves;
  }

  /** Says that it is likely to be read again: then it is written when a chain passes through it. */
  public void keep() {
    kept = true;
  }

  /** One more operation takes this as an operand. */
  void use() {
    uses++;
  }

  /** Whether something besides the {@code known} uses may want to read it. */
  boolean isWanted(int known) {
    return kept || uses > known;
  }

  @Override
  public String toString() {
    return "pending " + dtype() + layout;
  }
}
