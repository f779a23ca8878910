package io.gradus.golden;

import io.gradus.Index;
import io.gradus.Tensor;
import io.gradus.tensor.layout.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Subscripts of golden files as ours. */
final class Subscripts {
  private Subscripts() {}

  static Tensor get(Tensor t, List<@Nullable Object> index) {
    return t.get(parts(index));
  }

  static void set(Tensor t, List<@Nullable Object> index, @Nullable Object value) {
    if (value instanceof Tensor v) {
      t.set(v, parts(index));
    } else {
      t.set(value instanceof Boolean b ? (b ? 1L : 0L) : (Number) value, parts(index));
    }
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
      default -> throw new UnsupportedOperationException("no subscript " + part);
    };
  }
}
