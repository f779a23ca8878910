package io.gradus.fusion;

import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.BooleanSupplier;
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

  private static final long READING = 1L << 32;

  /** Those who never read are never forgotten: from here on they are not counted any more. */
  private static final long MANY = 1L << 30;

  private static final long CLOSED = 1L << 62;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Readers.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** How many are expected, how many are reading (times {@link #READING}), and CLOSED or not. */
  @SuppressWarnings("unused") // through STATE
  private volatile long state;

  private boolean done;
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
  boolean expect() {
    long before = (long) STATE.getAndAdd(this, 1L);
    boolean isOpen = (before & CLOSED) == 0;
    if (!isOpen || waiting(before) >= MANY) {
      STATE.getAndAdd(this, -1L);
    }
    return isOpen;
  }

  private static long waiting(long state) {
    return state & (READING - 1);
  }

  /** One who was expected has read all, or never will. */
  void forget() {
    STATE.getAndAdd(this, -1L);
  }

  /**
   * The memory to read, with {@code s} itself for those who come before it is written: they call
   * {@link #leave} afterwards. Null for those who were not expected any more: what they want to
   * compute has been computed by another thread.
   */
  @Nullable Storage enter(Storage s) {
    if (((long) STATE.getAndAdd(this, READING) & CLOSED) == 0) {
      return s;
    }
    leave();
    synchronized (this) {
      await(() -> done);
      return copy;
    }
  }

  void leave() {
    long before = (long) STATE.getAndAdd(this, -READING);
    if ((before & CLOSED) != 0) {
      synchronized (this) {
        notifyAll();
      }
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
    STATE.getAndBitwiseOr(this, CLOSED);
    if (!done) {
      // Before those who are reading have left: they may come to the same memory once more, or wait
      // for others who do, and must find the copy then.
      if (waiting(state) > 0) {
        copy = copy(s);
      }
      done = true;
      notifyAll();
    }
    await(() -> ((state & ~CLOSED) >>> 32) == 0);
    synchronized (s) {
      if (s.note() == this) {
        s.note(null);
      }
    }
  }

  /** Waits, without being disturbed, for what others do while they hold no lock on this. */
  private void await(BooleanSupplier condition) {
    boolean interrupted = false;
    while (!condition.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
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
