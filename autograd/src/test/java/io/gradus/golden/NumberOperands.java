package io.gradus.golden;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plain number beside a tensor, for operations whose Java form takes it as a 0-dim tensor.
 *
 * <p>The tensor has the dtype that the number would promote to, so that the result is the same.
 */
final class NumberOperands {
  private NumberOperands() {}

  /** The call with its number wrapped; null if none of the first two operands is a number. */
  static @Nullable Arguments wrapped(Arguments a, boolean ofNumbers) {
    List<@Nullable Object> all = new ArrayList<>(a.positional());
    if (all.size() < 2 || !number(all.get(0)) && !number(all.get(1))) {
      return null;
    }
    if (number(all.get(0)) && number(all.get(1)) && !ofNumbers) {
      return null;
    }
    // Of two numbers the first becomes a tensor.
    int at = number(all.get(0)) ? 0 : 1;
    if (!(all.get(1 - at) instanceof Tensor) && !number(all.get(1 - at))) {
      return null;
    }
    boolean whole = all.get(at) instanceof Long;
    DType natural = Promotion.ofNumber(whole ? Category.INT : Category.FLOAT);
    DType dtype =
        all.get(1 - at) instanceof Tensor other
            ? Promotion.resultType(other.dtype(), null, natural)
            : natural;
    Number n = (Number) all.get(at);
    all.set(
        at,
        whole
            ? Tensor.tensor(new long[] {n.longValue()}).view().to(dtype).to(GoldenValues.device())
            : Tensor.tensor(new double[] {n.doubleValue()})
                .view()
                .to(dtype)
                .to(GoldenValues.device()));
    return new Arguments(all, a.named());
  }

  private static boolean number(@Nullable Object o) {
    return o instanceof Long || o instanceof Double;
  }
}
