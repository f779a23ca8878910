package io.gradus.fusion;

import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those who will still read some memory as it is now: whoever wants to write it has to let them
 * finish, or leaves them a copy.
 *
 * <p>One object per storage and stretch of time between two writes; it hangs on {@link
 * Storage#note()}.
 */
final class Readers {
  /** Noted at memory that the user can write without being noticed: nothing may read it late. */
  private static final Object USER = new Object();

  private int waiting;
  private int reading;
  private boolean closed;
  private @Nullable Storage copy;

  /** Those of a storage, null where nothing may read late. */
  static @Nullable Readers of(Storage s) {
    if (s.note() instanceof Readers r) {
      return r;
    }
    synchronized (s) {
      Object note = s.note();
      if (note == USER) {
        return null;
      }
      Readers r = note instanceof Readers known ? known : new Readers();
      s.note(r);
      return r;
    }
  }

  /** Notes one who reads later; false if a write came first. */
  synchronized boolean expect() {
    if (!closed) {
      waiting++;
    }
    return !closed;
  }

  /** One who was expected has read all, or never will. */
  synchronized void forget() {
    waiting--;
  }

  /**
   * The memory to read, with {@code s} itself for those who came before it was written; whoever
   * gets {@code s} calls {@link #leave} afterwards.
   */
  synchronized Storage enter(Storage s) {
    Storage c = copy;
    if (c != null) {
      return c;
    }
    reading++;
    return s;
  }

  synchronized void leave() {
    if (--reading == 0) {
      notifyAll();
    }
  }

  /** To be called before a storage is written: what is still to be read of it is copied. */
  static void beforeWrite(Storage s) {
    if (s.note() instanceof Readers r) {
      r.close(s);
    }
  }

  /** From now on the user can write a storage at any time. */
  static void handOut(Storage s) {
    beforeWrite(s);
    synchronized (s) {
      s.note(USER);
    }
  }

  private synchronized void close(Storage s) {
    boolean interrupted = false;
    while (reading > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (waiting > 0 && copy == null) {
      copy = copy(s);
    }
    closed = true;
    if (s.note() == this) {
      s.note(null);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Storage copy(Storage s) {
    DType dtype = s.dtype();
    Layout layout = Layout.of(Shape.of(s.size()));
    Storage to = s.device().allocate(dtype, s.size());
    Program same = Program.of(List.of(dtype.compute()), Expr.input(0, dtype.compute()));
    s.device().run(same, new Operand(s, dtype, layout), new Operand(to, dtype, layout));
    return to;
  }
}
