package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.graph.RuleNode;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
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
    int d = Axes.dim("index_select", t, dim);
    Tensor source = t.dim() == 0 ? t.reshape(1) : t;
    Operand at = alongDim(index, source.shape().with(d, index.numel()), d);
    Tensor r = Scattering.taken("index_select", t, source, d, at);
    Tensor shaped = t.dim() == 0 ? Axes.reshaped(r, Shape.SCALAR) : r;
    Shape shape = t.shape();
    return Record.rule(
        "IndexSelectBackward0",
        shaped,
        new Tensor[] {t},
        new Tensor[] {index},
        (g, s, needs) ->
            new Tensor[] {Executor.full(shape, g.dtype(), g.device(), 0L).indexAdd_(dim, s[0], g)});
  }

  /** See {@link Tensor#indexAdd(int, Tensor, Tensor)}. */
  public static Tensor indexAdd(Tensor t, int dim, Tensor index, Tensor source, Number alpha) {
    check("index_add", t, dim, index, source);
    Tensor r = Executor.copyContiguous(t);
    write(ScatterMode.ADD, r, dim, index, scaled(source, alpha));
    return Record.rule(
        "IndexAddBackward0",
        r,
        new Tensor[] {t, source},
        new Tensor[] {index},
        addRule(dim, alpha, source.shape()));
  }

  /** See {@link Tensor#indexAdd_(int, Tensor, Tensor)}. */
  public static Tensor indexAdd_(Tensor t, int dim, Tensor index, Tensor source, Number alpha) {
    check("index_add_", t, dim, index, source);
    return InPlace.rule(
        "index_add_",
        "IndexAddBackward0",
        t,
        new Tensor[] {source},
        new Tensor[] {index},
        addRule(dim, alpha, source.shape()),
        () -> write(ScatterMode.ADD, t, dim, index, scaled(source, alpha)));
  }

  private static Tensor scaled(Tensor source, Number alpha) {
    return alpha.doubleValue() == 1 ? source : source.detach().mul(alpha).to(source.dtype());
  }

  private static RuleNode.Rule addRule(int dim, Number alpha, Shape source) {
    return (g, s, needs) -> {
      Tensor picked = needs[1] ? g.indexSelect(dim, s[0]).reshape(source.toArray()) : null;
      return new Tensor[] {
        g, picked == null || alpha.doubleValue() == 1 ? picked : picked.mul(alpha)
      };
    };
  }

  /** See {@link Tensor#indexCopy}. */
  public static Tensor indexCopy(Tensor t, int dim, Tensor index, Tensor source) {
    check("index_copy", t, dim, index, source);
    Tensor r = Executor.copyContiguous(t);
    write(ScatterMode.SET, r, dim, index, source);
    return Record.rule(
        "IndexCopyBackward0",
        r,
        new Tensor[] {t, source},
        new Tensor[] {index},
        copyRule(dim, source.shape()));
  }

  /** See {@link Tensor#indexCopy_}. */
  public static Tensor indexCopy_(Tensor t, int dim, Tensor index, Tensor source) {
    check("index_copy_", t, dim, index, source);
    return InPlace.rule(
        "index_copy_",
        "IndexCopyBackward0",
        t,
        new Tensor[] {source},
        new Tensor[] {index},
        copyRule(dim, source.shape()),
        () -> write(ScatterMode.SET, t, dim, index, source));
  }

  private static RuleNode.Rule copyRule(int dim, Shape source) {
    return (g, s, needs) ->
        new Tensor[] {
          needs[0] ? g.indexFill(dim, s[0], 0) : null,
          needs[1] ? g.indexSelect(dim, s[0]).reshape(source.toArray()) : null
        };
  }

  /** See {@link Tensor#indexFill}. */
  public static Tensor indexFill(Tensor t, int dim, Tensor index, Number value) {
    Tensor source = constant(t, dim, index, value);
    check("index_fill", t, dim, index, source);
    Tensor r = Executor.copyContiguous(t);
    write(ScatterMode.SET, r, dim, index, source);
    return Record.rule(
        "IndexFillBackward0",
        r,
        new Tensor[] {t},
        new Tensor[] {index},
        (g, s, needs) -> new Tensor[] {g.indexFill(dim, s[0], 0)});
  }

  /** See {@link Tensor#indexFill(int, Tensor, Tensor)}. */
  public static Tensor indexFill(Tensor t, int dim, Tensor index, Tensor value) {
    if (value.dim() != 0) {
      throw new ShapeException(
          "[index_fill] index_fill_ only supports a 0-dimensional value tensor, but got tensor with %d dimension(s)."
              .formatted(value.dim()));
    }
    // A position named twice is filled once: its gradient counts once.
    Tensor once = value.requiresGrad() ? index.unique() : index;
    long[] sizes = t.shape().toArray();
    if (sizes.length > 0) {
      sizes[Shape.wrapDim(dim, t.dim())] = once.numel();
    }
    return t.indexCopy(dim, once, value.to(t.dtype()).expand(sizes));
  }

  /** See {@link Tensor#indexFill_}. */
  public static Tensor indexFill_(Tensor t, int dim, Tensor index, Number value) {
    Tensor source = constant(t, dim, index, value);
    check("index_fill_", t, dim, index, source);
    return InPlace.rule(
        "index_fill_",
        "IndexFillBackward0",
        t,
        new Tensor[0],
        new Tensor[] {index},
        (g, s, needs) -> new Tensor[] {g.indexFill(dim, s[0], 0)},
        () -> write(ScatterMode.SET, t, dim, index, source));
  }

  private static Tensor constant(Tensor t, int dim, Tensor index, Number value) {
    int d = Shape.wrapDim(dim, t.dim());
    Shape shape = t.dim() == 0 ? t.shape() : t.shape().with(d, index.numel());
    return Executor.full(Shape.SCALAR, t.dtype(), t.device(), Scalar.of(value))
        .expand(shape.toArray());
  }

  /** Positions, shape and dtype, before anything is written. */
  private static void check(String name, Tensor t, int dim, Tensor index, Tensor source) {
    checkIndex(name, index);
    int d = Axes.dim(name, t, dim);
    Call.device(name, new Tensor[] {t, index, source});
    if (source.dtype() != t.dtype()) {
      throw new DTypeException(
          "[%s] %s(): self and source expected to have the same dtype, but got (self) %s and (source) %s"
              .formatted(name, name, t.dtype(), source.dtype()));
    }
    boolean scalar = t.dim() == 0 && source.numel() == 1 && index.numel() == 1;
    boolean line = t.dim() == 1 && source.dim() == 0 && index.numel() == 1;
    if (!scalar
        && !line
        && (t.dim() == 0 || !source.shape().equals(t.shape().with(d, index.numel())))) {
      throw new ShapeException(
          "[%s] source shape %s must match self shape %s with size %d at dim %d"
              .formatted(name, source.shape(), t.shape(), index.numel(), d));
    }
    long size = t.dim() == 0 ? 1 : t.size(d);
    for (long i : index.longArray()) {
      if (i < 0 || i >= size) {
        throw new TensorIndexException(
            "[%s] index out of range in self: index %d is out of bounds for dimension %d with size %d"
                .formatted(name, i, d, size));
      }
    }
  }

  private static void write(ScatterMode mode, Tensor t, int dim, Tensor index, Tensor source) {
    int d = Shape.wrapDim(dim, t.dim());
    Operand out = Internals.operand(t);
    if (t.dim() == 0) {
      out = out.with(Layout.of(Shape.of(1), new long[] {1}, out.layout().offset()));
    }
    Shape at = out.layout().shape().with(d, index.numel());
    if (at.numel() == 0) {
      return;
    }
    Operand from = Internals.operand(source);
    if (source.dim() == 0 || t.dim() == 0) {
      from = from.with(Layout.of(at, new long[] {1}, from.layout().offset()));
    }
    t.device().run(new Kernel.Scatter(mode, out, alongDim(index, at, d), d, from));
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
      throw new TensorIndexException(
          "[%s] Index is supposed to be a vector, but got shape %s".formatted(name, index.shape()));
    }
  }
}
