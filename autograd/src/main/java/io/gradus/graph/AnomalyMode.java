package io.gradus.graph;

import io.gradus.Tensor;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether each node remembers where it was created, and backward looks for NaN; slow, for
 * debugging.
 */
public final class AnomalyMode {
  private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
  private static volatile boolean enabled;

  private AnomalyMode() {}

  /** What to restore when a block ends. */
  public record Scope(boolean before) implements AutoCloseable {
    @Override
    public void close() {
      enabled = before;
    }
  }

  /** Whether it is on, for all threads. */
  public static boolean isEnabled() {
    return enabled;
  }

  /** Switches it for all threads. */
  public static void setEnabled(boolean on) {
    enabled = on;
  }

  /** Switches it on for all threads until the result is closed. */
  public static Scope on() {
    Scope before = new Scope(enabled);
    enabled = true;
    return before;
  }

  /** The stack of the call that records a node, from the user's own frame on. */
  static Throwable origin() {
    List<StackTraceElement> frames =
        STACK.walk(
            all ->
                all.dropWhile(AnomalyMode::isOurs).map(StackFrame::toStackTraceElement).toList());
    Throwable origin =
        new Throwable(
            "the forward operation ran at " + (frames.isEmpty() ? "unknown" : frames.get(0)));
    origin.setStackTrace(frames.toArray(StackTraceElement[]::new));
    return origin;
  }

  private static boolean isOurs(StackFrame frame) {
    Class<?> c = frame.getDeclaringClass();
    return c.getName().startsWith("io.gradus.dsl.")
        || c.getProtectionDomain().getCodeSource() != null
            && c.getProtectionDomain()
                .getCodeSource()
                .equals(Tensor.class.getProtectionDomain().getCodeSource());
  }

  /** The place of a forward operation as the end of a message. */
  static String place(@Nullable Throwable origin) {
    return origin == null
        ? " Run forward in anomaly mode too, to see where."
        : " " + Character.toUpperCase(text(origin).charAt(0)) + text(origin).substring(1);
  }

  private static String text(Throwable origin) {
    String message = origin.getMessage();
    return message == null ? "created at an unknown place" : message;
  }
}
