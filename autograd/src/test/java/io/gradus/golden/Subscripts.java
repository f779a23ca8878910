package io.gradus.golden;

import io.gradus.Index;
import io.gradus.Tensor;
import io.gradus.tensor.layout.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Subscripts of golden files as ours. */
public final class Subscripts {
  private Subscripts() {}

  /** What a subscript names. */
  public static Tensor get(Tensor t, List<@Nullable Object> index) {
    return t.get(parts(index));
  }

  /** Writes into what a subscript names. */
  public static void set(Tensor t, List<@Nullable Object> index, @Nullable Object value) {
    if (value instanceof Tensor v) {
      t.set(v, parts(index));
    } else {
      t.set(number(value), parts(index));
    }
  }

  private static Number number(@Nullable Object value) {
    return switch (value) {
      case Boolean b -> b ? 1L : 0L;
      case Number n -> n;
      case null, default -> throw new InexpressibleException("a value of " + value);
    };
  }

  private static Index[] parts(List<@Nullable Object> index) {
    return index.stream().map(Subscripts::part).toArray(Index[]::new);
  }

  private static Index part(@Nullable Object part) {
    return switch (part) {
      case null -> new Index.NewAxis();
      case Long at -> Index.at(at);
      case GoldenValues.SliceValue s ->
          Index.of(new Slice(s.start(), s.stop(), s.step() == null ? 1 : s.step()));
      case GoldenValues.Ellipsis e -> new Index.Ellipsis();
      case Tensor t -> Index.of(t);
      case List<?> positions -> Index.of(positions.stream().mapToLong(p -> (Long) p).toArray());
      case Boolean b -> Index.of(Tensor.full(new long[0], b));
      default -> throw new InexpressibleException("a subscript of " + part);
    };
  }
}
