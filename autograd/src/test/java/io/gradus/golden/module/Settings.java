package io.gradus.golden.module;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.InexpressibleException;
import io.gradus.nn.Pooling;
import io.gradus.nn.Reduction;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The arguments of a constructor, by position and PyTorch's names. */
record Settings(Arguments all) {
  long whole(int at, String name, long missing) {
    return all.get(at, name) instanceof Long n ? n : missing;
  }

  int small(int at, String name, int missing) {
    return Math.toIntExact(whole(at, name, missing));
  }

  double real(int at, String name, double missing) {
    return all.number(at, name, missing).doubleValue();
  }

  boolean flag(int at, String name, boolean missing) {
    return all.get(at, name) instanceof Boolean b ? b : missing;
  }

  boolean flag(String name, boolean missing) {
    return all.named().get(name) instanceof Boolean b ? b : missing;
  }

  String word(int at, String name, String missing) {
    return all.get(at, name) instanceof String s ? s : missing;
  }

  @Nullable Tensor weight() {
    return all.named().get("weight") instanceof Tensor t ? t : null;
  }

  /** One size, or several; null keeps that of the input. */
  long[] sizes(int at, String name, long... missing) {
    Object v = all.get(at, name);
    if (v instanceof Long n) {
      return new long[] {n};
    }
    if (v instanceof List<?> list) {
      return list.stream().mapToLong(s -> s instanceof Long n ? n : Pooling.KEEP).toArray();
    }
    return missing;
  }

  Reduction reduction() {
    String name = String.valueOf(all.named().getOrDefault("reduction", "mean"));
    return switch (name) {
      case "mean", "sum", "none" -> Reduction.valueOf(name.toUpperCase(Locale.ROOT));
      default -> throw new InexpressibleException("reduction " + name);
    };
  }
}
