package io.gradus.golden;

import io.gradus.Tensor;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Positions that PyTorch leaves open where values are equal: right is what points at the same
 * value.
 */
final class TiedIndices {
  private static final Set<String> OPERATIONS = Set.of("topk", "kthvalue");

  private TiedIndices() {}

  /** Whether the second result of the operation may point at any of equals. */
  static boolean has(String operation) {
    return OPERATIONS.contains(operation);
  }

  /** The values that positions point at, with the shape of the positions. */
  static Tensor pointedAt(Arguments arguments, Tensor positions) {
    Tensor t = arguments.tensor(0, "input");
    if (t.dim() == 0 || positions.numel() == 0) {
      return t;
    }
    int dim = arguments.integer(2, "dim", -1);
    boolean dropped = positions.dim() < t.dim();
    Tensor wide = dropped ? positions.unsqueeze(dim) : positions;
    Tensor found = t.gather(dim, wide);
    return dropped ? found.squeeze(dim) : found;
  }

  /** The results with positions replaced by what they point at. */
  static @Nullable Object resolved(Arguments arguments, @Nullable Object result) {
    return result instanceof List<?> list && list.size() == 2
        ? List.of(list.get(0), pointedAt(arguments, (Tensor) list.get(1)))
        : result;
  }
}
