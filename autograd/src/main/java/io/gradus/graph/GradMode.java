package io.gradus.graph;

import java.util.function.Supplier;

/**
 * Whether operations record history on this thread; on at the start of every thread.
 *
 * <pre>{@code
 * try (var off = GradMode.noGrad()) {
 *   weights.sub_(step);
 * }
 * }</pre>
 */
public final class GradMode {
  private static final ThreadLocal<GradMode> CURRENT = ThreadLocal.withInitial(GradMode::new);

  private boolean enabled = true;
  private boolean inference;

  private GradMode() {}

  /** What to restore when a block ends; closing it twice does no harm. */
  public static final class Scope implements AutoCloseable {
    private final GradMode mode;
    private final boolean enabled;
    private final boolean inference;

    private Scope(GradMode mode) {
      this.mode = mode;
      this.enabled = mode.enabled;
      this.inference = mode.inference;
    }

    @Override
    public void close() {
      mode.enabled = enabled;
      mode.inference = inference;
    }
  }

  /** Whether history is recorded now. */
  public static boolean isEnabled() {
    return CURRENT.get().enabled;
  }

  /** Whether tensors made now can never take part in autograd. */
  public static boolean isInference() {
    return CURRENT.get().inference;
  }

  /** Records no history until the result is closed. */
  public static Scope noGrad() {
    return set(false);
  }

  /** Records history until the result is closed, also inside {@link #noGrad}. */
  public static Scope enableGrad() {
    return set(true);
  }

  /** Switches recording until the result is closed. */
  public static Scope set(boolean enabled) {
    GradMode mode = CURRENT.get();
    Scope before = new Scope(mode);
    mode.enabled = enabled && !mode.inference;
    return before;
  }

  /** As {@link #noGrad}; the tensors made inside can also never be recorded later. */
  public static Scope inferenceMode() {
    GradMode mode = CURRENT.get();
    Scope before = new Scope(mode);
    mode.enabled = false;
    mode.inference = true;
    return before;
  }

  /** Computes something without recording history. */
  public static <T> T withoutGrad(Supplier<T> body) {
    try (Scope _ = noGrad()) {
      return body.get();
    }
  }
}
