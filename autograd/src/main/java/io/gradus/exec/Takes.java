package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;

/** Elements of the flattened tensor, and broadcasting forms of other operations. */
public final class Takes {
  private Takes() {}

  private static void check(String name, Tensor t, Tensor index) {
    if (index.dtype() != DType.I64) {
      throw new DTypeException(
          "[%s] %s(): Expected a long tensor for index, but got %s"
              .formatted(name, name, index.dtype()));
    }
    long n = t.numel();
    if (n == 0 && index.numel() > 0) {
      throw new TensorIndexException(
          "[%s] %s(): tried to take from an empty tensor".formatted(name, name));
    }
    for (long i : index.longArray()) {
      if (i < -n || i >= n) {
        throw new TensorIndexException(
            "[%s] out of range: tried to access index %d on a tensor of %d elements."
                .formatted(name, i, n));
      }
    }
  }

  /** See {@link Tensor#take}. */
  public static Tensor take(Tensor t, Tensor index) {
    check("take", t, index);
    return Indexing.pick("take", "TakeBackward0", t.reshape(-1), List.of(index));
  }

  /** See {@link Tensor#put}. */
  public static Tensor put(Tensor t, Tensor index, Tensor source, boolean accumulate) {
    check("put_", t, index);
    if (source.numel() != index.numel()) {
      throw new ShapeException(
          "[put_] put_(): Expected source and index to have the same number of elements, but got source.numel() = %d, index.numel() = %d"
              .formatted(source.numel(), index.numel()));
    }
    return Indexing.put(t.reshape(-1), List.of(index.reshape(-1)), source.reshape(-1), accumulate)
        .view(t.shape().toArray());
  }

  /** See {@link Tensor#takeAlongDim(Tensor, int)}. */
  public static Tensor takeAlongDim(Tensor t, Tensor index, int dim) {
    if (t.dim() != index.dim()) {
      throw new ShapeException(
          "[take_along_dim] torch.take_along_dim(): input and indices should have the same number of dimensions, but got %d dimensions for input, and %d dimensions for indices"
              .formatted(t.dim(), index.dim()));
    }
    int d = Axes.dim("take_along_dim", t, dim);
    if (t.dim() == 0) {
      return t.gather(0, index);
    }
    Shape common =
        Broadcasting.of("take_along_dim", t.shape().with(d, 1), index.shape().with(d, 1));
    return t.expand(common.with(d, t.size(d)).toArray())
        .gather(d, wrapped(index, t.size(d)).expand(common.with(d, index.size(d)).toArray()));
  }

  /** Negative positions count from the end. */
  public static Tensor wrapped(Tensor index, long size) {
    return Tensor.where(index.lt(0), index.add(size), index);
  }

  /** See {@link Tensor#maskedScatter}. */
  public static Tensor maskedScatter(Tensor t, Tensor mask, Tensor source) {
    if (mask.dtype() != DType.BOOL || source.dtype() != t.dtype()) {
      throw new DTypeException(
          "[masked_scatter_] masked_scatter: expected self and source to have same dtypes and a bool mask, but got %s, %s and %s"
              .formatted(t.dtype(), source.dtype(), mask.dtype()));
    }
    Shape shape = Broadcasting.of("masked_scatter_", t.shape(), mask.shape());
    Tensor wide = t.expand(shape.toArray());
    Tensor chosen = mask.expand(shape.toArray());
    long n = chosen.sum().item().longValue();
    if (n > source.numel()) {
      throw new InvalidArgumentException(
          "[masked_scatter_] masked_scatter_: expected number of elements in source (%d) to be at least the number of ones in mask (%d)"
              .formatted(source.numel(), n));
    }
    if (shape.rank() == 0) {
      return n == 0 ? t.clone() : source.reshape(-1).select(0, 0).clone();
    }
    return Indexing.put(
        wide,
        new ArrayList<>(Indexing.positionsOf(chosen)),
        source.reshape(-1).narrow(0, 0, n),
        false);
  }
}
