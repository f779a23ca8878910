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
import org.jspecify.annotations.Nullable;

/** Elements along one dimension at positions that differ from line to line. */
public final class Scattering {
  private Scattering() {}

  /** See {@link Tensor#gather}. */
  public static Tensor gather(Tensor t, int dim, Tensor positions) {
    Tensor index = positions.dtype().isInteger() ? positions.to(DType.I64) : positions;
    int d = Axes.dim("gather", t, dim);
    checkIndex("gather", t, index, d, t.shape());
    Operand at = atLeast1d(index);
    Tensor source = Internals.alias(t, atLeast1d(t));
    Tensor r =
        index.numel() == 0
            ? Internals.fresh(Allocation.of(t.device(), t.dtype(), at.layout().shape()))
            : taken("gather", t, source, d, at);
    Shape shape = t.shape();
    return Record.rule(
        "GatherBackward0",
        index.dim() == 0 ? Axes.reshaped(r, Shape.SCALAR) : r,
        new Tensor[] {t},
        new Tensor[] {index},
        (g, s, needs) ->
            new Tensor[] {
              Executor.full(shape, g.dtype(), g.device(), 0L).scatterAdd_(dim, s[0], g)
            });
  }

  /** Elements of {@code source}, which is {@code t} with a dimension; errors name both. */
  static Tensor taken(String name, Tensor t, Tensor source, int dim, Operand at) {
    try {
      return Primitives.gather(source, dim, at);
    } catch (TensorIndexException e) {
      throw Axes.named(name, t, e);
    }
  }

  /**
   * Checks {@code index} against a tensor that it gathers from or scatters into.
   *
   * @param limit the sizes that the index may not exceed but along {@code dim}
   */
  private static void checkIndex(String name, Tensor t, Tensor index, int dim, Shape limit) {
    if (index.dtype() != DType.I64 && index.dtype() != DType.I32) {
      throw new DTypeException(
          "[%s] Expected dtype int32/int64 for index, but got %s".formatted(name, index.dtype()));
    }
    Call.device(name, new Tensor[] {t, index});
    if (index.numel() == 0) {
      return;
    }
    if (Math.max(index.dim(), 1) != Math.max(t.dim(), 1)) {
      throw new ShapeException(
          "[%s] Index tensor must have the same number of dimensions as input tensor: shapes %s and %s"
              .formatted(name, index.shape(), t.shape()));
    }
    for (int d = 0; d < index.dim(); d++) {
      // A 0-dim tensor is one of a single element here.
      if (d != dim && index.size(d) > (limit.rank() == 0 ? 1 : limit.size(d))) {
        throw new ShapeException(
            "[%s] Size does not match at dimension %d expected index %s to be no larger than self %s apart from dimension %d"
                .formatted(name, d, index.shape(), limit, dim));
      }
    }
  }

  private static Operand atLeast1d(Tensor t) {
    Operand data = Internals.operand(t);
    return t.dim() > 0
        ? data
        : data.with(Layout.of(Shape.of(1), new long[] {1}, data.layout().offset()));
  }

  /** How scattered values are written, and the gradients of that. */
  enum Form {
    SET("scatter", "ScatterBackward0", ScatterMode.SET),
    ADD("scatter_add", "ScatterAddBackward0", ScatterMode.ADD);

    final String op;
    final String gradName;
    final ScatterMode mode;

    Form(String op, String gradName, ScatterMode mode) {
      this.op = op;
      this.gradName = gradName;
      this.mode = mode;
    }
  }

  /** A copy of {@code t} with {@code source} at positions; see {@link Tensor#scatter}. */
  public static Tensor set(Tensor t, int dim, Tensor index, Tensor source) {
    return copied(Form.SET, t, dim, index, source);
  }

  /** {@code source} written into {@code t}; see {@link Tensor#scatter_}. */
  public static Tensor set_(Tensor t, int dim, Tensor index, Tensor source) {
    return written(Form.SET, t, dim, index, source);
  }

  /** A copy of {@code t} with {@code source} added; see {@link Tensor#scatterAdd}. */
  public static Tensor add(Tensor t, int dim, Tensor index, Tensor source) {
    return copied(Form.ADD, t, dim, index, source);
  }

  /** {@code source} added into {@code t}; see {@link Tensor#scatterAdd_}. */
  public static Tensor add_(Tensor t, int dim, Tensor index, Tensor source) {
    return written(Form.ADD, t, dim, index, source);
  }

  private static Tensor copied(Form form, Tensor t, int dim, Tensor index, Tensor source) {
    check(form.op, t, dim, index, source);
    Tensor r = Executor.copyContiguous(t);
    scatter(form.mode, r, dim, index, source);
    return Record.rule(
        form.gradName, r, new Tensor[] {t, source}, new Tensor[] {index}, rule(form, dim, source));
  }

  private static Tensor written(Form form, Tensor t, int dim, Tensor index, Tensor source) {
    check(form.op + "_", t, dim, index, source);
    return InPlace.rule(
        form.op + "_",
        form.gradName,
        t,
        new Tensor[] {source},
        new Tensor[] {index},
        rule(form, dim, source),
        () -> scatter(form.mode, t, dim, index, source));
  }

  private static RuleNode.Rule rule(Form form, int dim, Tensor source) {
    Shape shape = source.shape();
    return (g, s, needs) -> {
      @Nullable Tensor[] out = new Tensor[2];
      if (needs[0]) {
        out[0] =
            switch (form) {
              case SET -> g.scatter(dim, s[0], 0);
              case ADD -> g;
            };
      }
      if (needs[1]) {
        out[1] = padded(g.gather(dim, s[0]), shape);
      }
      return out;
    };
  }

  /** The gradient of a source of which an index used only a corner. */
  static Tensor padded(Tensor g, Shape source) {
    if (g.shape().equals(source)) {
      return g;
    }
    Tensor all = Executor.full(source, g.dtype(), g.device(), 0L);
    Tensor corner = all;
    for (int d = 0; d < source.rank(); d++) {
      corner = corner.narrow(d, 0, g.size(d));
    }
    corner.copy_(g);
    return all;
  }

  /** The corner of a source that an index uses. */
  static Tensor corner(Tensor source, Tensor index) {
    Tensor c = source;
    for (int d = 0; d < index.dim(); d++) {
      c = c.narrow(d, 0, index.size(d));
    }
    return c;
  }

  /** A bool corner as the whole, false elsewhere. */
  static Tensor widened(Tensor corner, Shape source) {
    Tensor all = Executor.full(source, corner.dtype(), corner.device(), 0L);
    Tensor place = all;
    for (int d = 0; d < source.rank(); d++) {
      place = place.narrow(d, 0, corner.size(d));
    }
    place.copy_(corner);
    return all;
  }

  static void check(String name, Tensor t, int dim, Tensor index, Tensor source) {
    int d = Axes.dim(name, t, dim);
    checkIndex(name, t, index, d, t.shape());
    if (index.numel() > 0) {
      checkIndex(name, source, index, -1, source.shape());
    }
    Call.device(name, new Tensor[] {t, source});
    if (source.dtype() != t.dtype()) {
      throw new DTypeException(
          "[%s] Expected self.dtype to be equal to src.dtype: %s and %s; convert one of them."
              .formatted(name, t.dtype(), source.dtype()));
    }
  }

  /** Runs the kernel into the memory of {@code t}; all is checked but the index values. */
  static void scatter(ScatterMode mode, Tensor t, int dim, Tensor index, Tensor source) {
    if (index.numel() == 0) {
      return;
    }
    int d = Shape.wrapDim(dim, t.dim());
    Operand out = atLeast1d(t);
    Operand at = atLeast1d(apart(index, t));
    Shape shape = at.layout().shape();
    Operand from = atLeast1d(apart(source, t));
    Layout used = Layout.of(shape, from.layout().strides(), from.layout().offset());
    t.device()
        .run(
            new Kernel.Scatter(
                mode, out.with(Primitives.clip(out.layout(), shape, d)), at, d, from.with(used)));
  }

  /** What is read must not change under the kernel, which has checked the positions by then. */
  private static Tensor apart(Tensor read, Tensor written) {
    return read.sameStorage(written) ? Executor.copyContiguous(read) : read;
  }

  /** One number at positions, in a copy. */
  public static Tensor set(Tensor t, int dim, Tensor index, Number value) {
    Tensor source = constant(t, index, value);
    check("scatter", t, dim, index, source);
    Tensor r = Executor.copyContiguous(t);
    scatter(ScatterMode.SET, r, dim, index, source);
    return Record.rule(
        "ScatterBackward1",
        r,
        new Tensor[] {t},
        new Tensor[] {index},
        (g, s, needs) -> new Tensor[] {g.scatter(dim, s[0], 0)});
  }

  /** One number at positions. */
  public static Tensor set_(Tensor t, int dim, Tensor index, Number value) {
    Tensor source = constant(t, index, value);
    check("scatter_", t, dim, index, source);
    return InPlace.rule(
        "scatter_",
        "ScatterBackward1",
        t,
        new Tensor[0],
        new Tensor[] {index},
        (g, s, needs) -> new Tensor[] {g.scatter(dim, s[0], 0)},
        () -> scatter(ScatterMode.SET, t, dim, index, source));
  }

  private static Tensor constant(Tensor t, Tensor index, Number value) {
    return Executor.full(Shape.SCALAR, t.dtype(), t.device(), Scalar.of(value))
        .expand(index.shape().toArray());
  }
}
