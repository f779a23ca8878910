package io.gradus.golden;

import io.gradus.TensorScope;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether calls run in scopes of their own, so that all memory but their results' goes. */
final class Scopes {
  private static boolean isOn;

  private Scopes() {}

  static void use(boolean flag) {
    isOn = flag;
  }

  static <R extends @Nullable Object> R call(Supplier<R> body) {
    return isOn ? TensorScope.run(body) : body.get();
  }
}
