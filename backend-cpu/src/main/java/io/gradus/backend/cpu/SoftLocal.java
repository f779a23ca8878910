package io.gradus.backend.cpu;

import java.lang.ref.SoftReference;
import java.util.function.Supplier;

/**
 * A value for each thread, such as memory for its next operation. Held softly, so that threads
 * which are idle do not keep theirs from others who need memory; what is asked for after that is
 * made anew.
 */
public final class SoftLocal<T> {
  private final ThreadLocal<SoftReference<T>> own = new ThreadLocal<>();
  private final Supplier<T> maker;

  /** Values that are made when a thread first asks. */
  public SoftLocal(Supplier<T> maker) {
    this.maker = maker;
  }

  /** The value of this thread. */
  public T get() {
    SoftReference<T> kept = own.get();
    T value = kept == null ? null : kept.get();
    if (value == null) {
      value = maker.get();
      own.set(new SoftReference<>(value));
    }
    return value;
  }
}
