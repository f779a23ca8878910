package io.gradus.golden.table;

import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry.Operation;
import io.gradus.golden.Reflection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Variance and its kin, whose parameters PyTorch spells in two ways. */
final class Spreads {
  private Spreads() {}

  /** {@code var(unbiased)}, {@code var(dim, unbiased, keepdim)}, {@code var(dim, correction=…)}. */
  static Operation of(String name) {
    return a -> {
      boolean flagFirst = a.positional().size() == 2 && a.positional().get(1) instanceof Boolean;
      Object dim = flagFirst ? null : a.named().get("dim");
      Object unbiased = flagFirst ? a.positional().get(1) : a.named().get("unbiased");
      Object correction = a.named().get("correction");
      Number c =
          unbiased instanceof Boolean b ? (b ? 1L : 0L) : correction instanceof Number n ? n : 1L;
      boolean keep = a.named().get("keepdim") instanceof Boolean k && k;
      List<@Nullable Object> full =
          new ArrayList<>(
              Arrays.asList(a.tensor(0, "input"), dim == null ? List.of() : dim, c, keep));
      List<List<@Nullable Object>> spellings = new ArrayList<>();
      if (dim == null && c.doubleValue() == 1 && !keep) {
        spellings.add(full.subList(0, 1));
      }
      spellings.add(full);
      return Reflection.call(name, spellings);
    };
  }

  /** All arguments, for messages. */
  static String describe(Arguments a) {
    return a.positional() + " " + a.named();
  }
}
