package io.gradus.backend.cuda;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the user may set with {@code -D}.
 *
 * @param sync wait after each kernel, so that a fault is reported where it happens
 * @param cache keep memory that comes back; without, tools that check memory see each tensor
 * @param limit the most bytes to take of each device
 * @param tf32 let products of float32 matrices round their inputs to 10 bits, which is faster
 * @param anyOrder let cuDNN add in another order each time, where that is faster
 */
record CudaSettings(boolean sync, boolean cache, long limit, boolean tf32, boolean anyOrder) {
  static final String SYNC = "gradus.cuda.sync";
  static final String CACHE = "gradus.cuda.cache";
  static final String LIMIT = "gradus.cuda.memory.limit";
  static final String TF32 = "gradus.cuda.tf32";
  static final String ANY_ORDER = "gradus.cuda.nondeterministic";

  static CudaSettings of(Function<String, @Nullable String> properties) {
    return new CudaSettings(
        flag(properties, SYNC, false),
        flag(properties, CACHE, true),
        bytes(properties.apply(LIMIT)),
        flag(properties, TF32, false),
        flag(properties, ANY_ORDER, false));
  }

  private static boolean flag(
      Function<String, @Nullable String> properties, String name, boolean otherwise) {
    String value = properties.apply(name);
    if (value == null) {
      return otherwise;
    }
    return switch (value) {
      case "", "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "-D%s is true or false: got '%s'".formatted(name, value));
    };
  }

  /** A number, perhaps with k, m or g behind it, as -Xmx takes it. */
  private static long bytes(@Nullable String value) {
    if (value == null) {
      return Long.MAX_VALUE;
    }
    if (!value.matches("[0-9]{1,15}[kKmMgG]?")) {
      throw new IllegalArgumentException(
          "-D%s is a number of bytes such as 8g or 500m: got '%s'".formatted(LIMIT, value));
    }
    char unit = Character.toLowerCase(value.charAt(value.length() - 1));
    int shift = unit == 'k' ? 10 : unit == 'm' ? 20 : unit == 'g' ? 30 : 0;
    return Long.parseLong(shift == 0 ? value : value.substring(0, value.length() - 1)) << shift;
  }
}
