package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements at positions that may lie outside where a mask leaves them out. */
public final class MaskedIndexing {
  private MaskedIndexing() {}

  /** See {@link Tensor#maskedIndex}. */
  public static Tensor get(Tensor t, Tensor mask, List<@Nullable Tensor> indices, Number fill) {
    checkMask("masked_index", mask);
    if (t.numel() == 0) {
      Shape common = Shape.SCALAR;
      for (Tensor i : indices) {
        common = i == null ? common : Broadcasting.of("masked_index", common, i.shape());
      }
      return Executor.full(common, t.dtype(), t.device(), Scalar.of(fill));
    }
    return Indexing.pick("masked_index", t, clamped(t, indices))
        .maskedFill(mask.logicalNot(), fill);
  }

  /** See {@link Tensor#maskedIndexPut}. */
  public static Tensor add(Tensor t, Tensor mask, List<@Nullable Tensor> indices, Tensor values) {
    checkMask("masked_index_put", mask);
    return t.numel() == 0
        ? t.clone()
        : t.indexPut(clamped(t, indices), values.maskedFill(mask.logicalNot(), 0), true);
  }

  private static void checkMask(String name, Tensor mask) {
    if (mask.dtype() != DType.BOOL && mask.dtype() != DType.U8) {
      throw new DTypeException("[%s] mask must be of dtype bool: %s".formatted(name, mask.dtype()));
    }
  }

  private static List<@Nullable Tensor> clamped(Tensor t, List<@Nullable Tensor> indices) {
    List<@Nullable Tensor> inside = new ArrayList<>();
    for (int d = 0; d < indices.size(); d++) {
      Tensor i = indices.get(d);
      long size = d < t.dim() ? t.size(d) : 1;
      inside.add(i == null ? null : i.clamp(-size, size - 1));
    }
    return inside;
  }
}
