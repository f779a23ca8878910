package io.gradus.golden;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls by name for the tables. */
public final class Reflection {
  private Reflection() {}

  /** A record of tensors as a list. */
  public static @Nullable Object parts(@Nullable Object result) {
    return ReflectiveCalls.normal(result);
  }

  /** Calls our method for PyTorch's name with the first spelling of the arguments that fits. */
  public static @Nullable Object call(String name, List<List<@Nullable Object>> spellings) {
    String ours = ReflectiveCalls.camelCase(name.substring(name.lastIndexOf('.') + 1));
    if (ReflectiveCalls.named(name, ours).isEmpty()) {
      throw new UnsupportedOperationException("no operation " + name);
    }
    return ReflectiveCalls.call(name, ours, spellings);
  }
}
