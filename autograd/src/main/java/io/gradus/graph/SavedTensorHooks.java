package io.gradus.graph;

import io.gradus.Tensor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What happens to tensors that are saved for backward, on this thread: they may be moved elsewhere,
 * compressed, or dropped and computed again.
 *
 * <p>What was packed is no longer guarded by its version.
 */
public interface SavedTensorHooks {
  /** Called instead of keeping the tensor, which has no history here. */
  Object pack(Tensor tensor);

  /** Called in backward with what {@link #pack} gave; may be called more than once. */
  Tensor unpack(Object packed);

  /** The hooks of this thread, null for none. */
  static @Nullable SavedTensorHooks current() {
    return Current.USES.get() == 0 ? null : Current.HOOKS.get();
  }

  /** Uses these hooks until the result is closed; null for none. */
  static Scope use(@Nullable SavedTensorHooks hooks) {
    Scope before = new Scope(Current.HOOKS.get());
    Current.USES.incrementAndGet();
    Current.HOOKS.set(hooks);
    return before;
  }

  /** What to restore when a block ends. */
  record Scope(@Nullable SavedTensorHooks before) implements AutoCloseable {
    @Override
    public void close() {
      Current.HOOKS.set(before);
      Current.USES.decrementAndGet();
    }
  }

  /** The hooks of each thread, and how many blocks there are: saving is a hot path. */
  final class Current {
    private static final ThreadLocal<@Nullable SavedTensorHooks> HOOKS = new ThreadLocal<>();
    private static final AtomicInteger USES = new AtomicInteger();

    private Current() {}
  }
}
