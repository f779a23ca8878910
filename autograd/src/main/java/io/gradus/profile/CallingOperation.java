package io.gradus.profile;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out on whose behalf a kernel runs. */
final class CallingOperation {
  private static final String ROOT = "io.gradus";

  /** Packages below {@link #ROOT} that carry out what others ask for. */
  private static final Set<String> WORKERS =
      Set.of("backend", "error", "exec", "fusion", "graph", "op", "profile", "rules", "tensor");

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private CallingOperation() {}

  /** The node whose backward runs, else the innermost public method of the library. */
  static String name() {
    String node = Region.backward();
    return node != null ? node : WALKER.walk(CallingOperation::name);
  }

  private static String name(Stream<StackFrame> frames) {
    return frames
        .filter(CallingOperation::isOperation)
        .findFirst()
        .map(CallingOperation::name)
        .orElse("(program)");
  }

  private static boolean isOperation(StackFrame frame) {
    String method = frame.getMethodName();
    Class<?> type = frame.getDeclaringClass();
    String of = type.getPackageName();
    if (!Modifier.isPublic(type.getModifiers())
        || method.startsWith("lambda$")
        || type.getSimpleName().equals("Internals")) {
      return false;
    }
    if (of.equals(ROOT)) {
      return true;
    }
    if (!of.startsWith(ROOT + ".")) {
      return false;
    }
    String below = of.substring(ROOT.length() + 1);
    int dot = below.indexOf('.');
    return !WORKERS.contains(dot < 0 ? below : below.substring(0, dot));
  }

  /** Methods of tensors by their name alone, which everybody knows. */
  private static String name(StackFrame frame) {
    Class<?> type = frame.getDeclaringClass();
    return type.getPackageName().equals(ROOT)
        ? frame.getMethodName()
        : type.getSimpleName() + "." + frame.getMethodName();
  }
}
