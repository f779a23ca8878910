package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.ScatterMode;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;

/** Whole slices along one dimension at given positions, with their gradients. */
public final class Slices {
  private Slices() {}

  /** See {@link Tensor#indexSelect}. */
  public static Tensor indexSelect(Tensor t, int dim, Tensor index) {
    checkIndex("index_select", index);
    int d = Shape.wrapDim(dim, t.dim());
    Tensor source = t.dim() == 0 ? t.reshape(1) : t;
    Tensor r =
        Primitives.gather(source, d, alongDim(index, source.shape().with(d, index.numel()), d));
    Tensor shaped =
        t.dim() == 0 ? Internals.fresh(Internals.operand(r).with(Layout.of(Shape.SCALAR))) : r;
    return Record.rule(
        "IndexSelectBackward0",
        shaped,
        new Tensor[] {t},
        new Tensor[] {index},
        (g, s, needs) ->
            new Tensor[] {
              Executor.full(t.shape(), g.dtype(), g.device(), 0L).indexAdd(dim, s[0], g)
            });
  }

  /** See {@link Tensor#indexAdd}. */
  public static Tensor indexAdd(Tensor t, int dim, Tensor index, Tensor source) {
    checkIndex("index_add", index);
    int d = Shape.wrapDim(dim, t.dim());
    Tensor r = Executor.copyContiguous(t);
    Operand out = Internals.operand(r);
    if (t.dim() == 0) {
      out = out.with(Layout.of(Shape.of(1)));
    }
    Shape at = out.layout().shape().with(d, index.numel());
    Operand from = Internals.operand(source);
    if (!from.layout().shape().equals(at) && !(t.dim() == 0 && source.numel() == 1)) {
      throw new ShapeException(
          "[index_add] source shape %s must match self shape %s with size %d at dim %d"
              .formatted(source.shape(), t.shape(), index.numel(), d));
    }
    Layout layout = t.dim() == 0 ? Layout.of(at) : from.layout();
    t.device()
        .run(
            new Kernel.Scatter(ScatterMode.ADD, out, alongDim(index, at, d), d, from.with(layout)));
    return Record.rule(
        "IndexAddBackward0",
        r,
        new Tensor[] {t, source},
        new Tensor[] {index},
        (g, s, needs) -> new Tensor[] {g, needs[1] ? g.indexSelect(dim, s[0]) : null});
  }

  /** A 1-dim index repeated along all other dimensions. */
  static Operand alongDim(Tensor index, Shape shape, int dim) {
    Operand data = Internals.operand(index);
    long[] strides = new long[shape.rank()];
    strides[dim] = index.dim() == 0 ? 0 : data.layout().stride(0);
    return data.with(Layout.of(shape, strides, data.layout().offset()));
  }

  private static void checkIndex(String name, Tensor index) {
    if (index.dtype() != DType.I64 && index.dtype() != DType.I32) {
      throw new DTypeException(
          "[%s] Expected dtype int32 or int64 for index, but got %s"
              .formatted(name, index.dtype()));
    }
    if (index.dim() > 1) {
      throw new ShapeException(
          "[%s] Index is supposed to be a vector, but got shape %s".formatted(name, index.shape()));
    }
  }
}
