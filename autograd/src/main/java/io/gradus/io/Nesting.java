package io.gradus.io;

import io.gradus.io.PickleReader.Tuple;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How deep lists, tuples and dictionaries lie in each other. */
final class Nesting {
  private final Where where;
  private final int most;
  // 0 while an object is being looked at; then its depth.
  private final Map<Object, Integer> depths = new IdentityHashMap<>();

  private Nesting(Where where, int most) {
    this.where = where;
    this.most = most;
  }

  /** Refuses an object that contains itself, and one nested too deep to be walked. */
  static void check(Where where, @Nullable Object value, int most) {
    new Nesting(where, most).depth(value, 0);
  }

  private int depth(@Nullable Object value, int above) {
    Collection<?> inside =
        switch (value) {
          case Map<?, ?> map -> map.values();
          case List<?> list -> list;
          case Tuple tuple -> tuple.items();
          case null, default -> List.of();
        };
    if (value == null || inside.isEmpty()) {
      return 0;
    }
    Integer known = depths.get(value);
    int depth = known == null ? 0 : known;
    if (above + depth > most || known != null && known == 0) {
      throw where.malformed(
          "an object that contains itself, or is nested deeper than %d; expected a tree", most);
    }
    if (known == null) {
      depths.put(value, 0);
      for (Object item : inside) {
        depth = Math.max(depth, 1 + depth(item, above + 1));
      }
      depths.put(value, Math.max(depth, 1));
    }
    return depth;
  }
}
