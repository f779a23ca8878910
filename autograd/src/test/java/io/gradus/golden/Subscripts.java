package io.gradus.golden;

import io.gradus.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Subscripts of golden files as ours. */
final class Subscripts {
  private Subscripts() {}

  static Tensor get(Tensor t, List<@Nullable Object> index) {
    Tensor r = t;
    int d = 0;
    for (Object part : index) {
      if (part instanceof Long at) {
        r = r.select(d, at);
      } else if (part instanceof GoldenValues.SliceValue s && s.step() == null) {
        long size = r.size(d);
        long start = s.start() == null ? 0 : s.start();
        long stop = Math.min(size, s.stop() == null ? size : s.stop());
        r = r.narrow(d++, start, stop - start);
      } else {
        throw new UnsupportedOperationException("no subscript " + part);
      }
    }
    return r;
  }

  static void set(Tensor t, List<@Nullable Object> index, @Nullable Object value) {
    Tensor part = get(t, index);
    if (value instanceof Tensor v) {
      part.copy_(v);
    } else {
      part.fill_((Number) value);
    }
  }
}
