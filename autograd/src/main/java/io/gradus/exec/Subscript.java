package io.gradus.exec;

import io.gradus.Index;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.Slice;
import io.gradus.tensor.layout.ViewOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscript applied to a tensor: first the parts that only reinterpret memory, then what must
 * gather.
 *
 * @param view after all basic parts
 * @param picks one a dimension of the view, null where that dimension is whole; empty if the
 *     subscript was basic
 */
record Subscript(Tensor view, List<@Nullable Tensor> picks) {
  static Subscript of(Tensor t, Index... parts) {
    int used = 0;
    int ellipses = 0;
    for (Index part : parts) {
      switch (part) {
        case Index.At at -> used++;
        case Index.Range range -> used++;
        case Index.Pick pick -> used += isMask(pick.tensor()) ? pick.tensor().dim() : 1;
        case Index.Ellipsis e -> ellipses++;
        case Index.NewAxis n -> {}
      }
    }
    if (ellipses > 1) {
      throw new TensorIndexException("[index] an index can only have a single ellipsis ('...')");
    }
    if (used > t.dim()) {
      if (t.dim() == 0 && Arrays.stream(parts).noneMatch(p -> p instanceof Index.Pick)) {
        throw new TensorIndexException(
            "[index] invalid index of a 0-dim tensor. Use item() to convert it to a number");
      }
      throw new TensorIndexException(
          "[index] too many indices for tensor of dimension %d: shape %s, got %d"
              .formatted(t.dim(), t.shape(), used));
    }
    return apply(t, parts, t.dim() - used);
  }

  private static Subscript apply(Tensor t, Index[] parts, int rest) {
    Tensor view = t;
    int dim = 0;
    int named = 0;
    List<@Nullable Tensor> picks = new ArrayList<>();
    for (Index part : parts) {
      switch (part) {
        case Index.At at -> view = select(view, dim, at.position(), t, named++);
        case Index.Range range -> {
          if (!range.slice().equals(Slice.ALL)) {
            view = Views.view(view, new ViewOp.Narrow(dim, range.slice()));
          }
          dim++;
          named++;
        }
        case Index.Ellipsis e -> {
          dim += rest;
          named += rest;
        }
        case Index.NewAxis n -> view = Views.view(view, new ViewOp.Unsqueeze(dim++));
        case Index.Pick(Tensor index) when isPosition(index) ->
            view = select(view, dim, index.item().longValue(), t, named++);
        case Index.Pick pick -> {
          while (picks.size() < dim) {
            picks.add(null);
          }
          Tensor index = pick.tensor();
          named += isMask(index) ? index.dim() : 1;
          if (!isMask(index)) {
            checkWhole(index);
            picks.add(index);
            dim++;
          } else if (index.dim() == 0) {
            view = Views.view(view, new ViewOp.Unsqueeze(dim++));
            picks.add(Indexing.positionsOf(index.reshape(1)).get(0));
          } else {
            checkMask(index, view, dim);
            picks.addAll(Indexing.positionsOf(index));
            dim += index.dim();
          }
        }
      }
    }
    while (!picks.isEmpty() && picks.size() < view.dim()) {
      picks.add(null);
    }
    return new Subscript(view, picks);
  }

  private static Tensor select(Tensor view, int dim, long position, Tensor t, int original) {
    long size = view.size(dim);
    if (position < -size || position >= size) {
      throw new TensorIndexException(
          "[index] index %d is out of bounds for dimension %d with size %d: shape %s"
              .formatted(position, original, size, t.shape()));
    }
    return Views.view(view, new ViewOp.Select(dim, position));
  }

  /** A 0-dim whole number is as good as the number itself. */
  private static boolean isPosition(Tensor t) {
    return t.dim() == 0 && t.dtype().isInteger() && !isMask(t);
  }

  static boolean isMask(Tensor t) {
    return t.dtype() == DType.BOOL || t.dtype() == DType.U8;
  }

  private static void checkWhole(Tensor index) {
    if (index.dtype() != DType.I64 && index.dtype() != DType.I32) {
      throw new TensorIndexException(
          "[index] tensors used as indices must be long, int, byte or bool tensors: dtype "
              + index.dtype());
    }
  }

  private static void checkMask(Tensor mask, Tensor view, int dim) {
    Shape shape = mask.shape();
    for (int d = 0; d < shape.rank(); d++) {
      if (shape.size(d) != view.size(dim + d)) {
        throw new TensorIndexException(
            "[index] The shape of the mask %s at index %d does not match the shape of the indexed tensor %s at index %d"
                .formatted(shape, d, view.shape(), dim + d));
      }
    }
  }
}
