package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.ScatterMode;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.ViewStrides;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Positions along one or more dimensions of tensors of one shape, checked and joined to one number
 * each, so that a gather or scatter along a single axis can follow them.
 *
 * <p>The picked dimensions come first in what the kernels see. The result has the positions' own
 * shape in the place of the picked dimensions if those are neighbours, else in front.
 */
final class Picks {
  private final Shape shape;
  private final boolean[] picked;
  private final Shape positions;
  private final long[] linear;
  private final int before;

  private Picks(Shape shape, boolean[] picked, Shape positions, long[] linear, int before) {
    this.shape = shape;
    this.picked = picked;
    this.positions = positions;
    this.linear = linear;
    this.before = before;
  }

  /**
   * Checks index tensors, one a dimension of {@code shape}, null for dimensions that stay whole.
   *
   * @throws TensorIndexException for a position outside of its dimension
   */
  static Picks of(String name, Shape shape, List<@Nullable Tensor> picks) {
    boolean[] picked = new boolean[shape.rank()];
    List<Tensor> given = new ArrayList<>();
    Shape common = Shape.SCALAR;
    int first = -1;
    int last = -1;
    for (int d = 0; d < picks.size(); d++) {
      Tensor p = picks.get(d);
      if (p != null) {
        picked[d] = true;
        given.add(p);
        first = first < 0 ? d : first;
        last = d;
      }
    }
    for (Tensor p : given) {
      if (!compatible(common, p.shape())) {
        throw new TensorIndexException(
            "[%s] shape mismatch: indexing tensors could not be broadcast together with shapes %s"
                .formatted(name, given.stream().map(t -> t.shape().toString()).toList()));
      }
      common = Broadcasting.of(name, common, p.shape());
    }
    long[] linear = new long[Counts.of(name, common.numel())];
    for (int d = 0; d < picks.size(); d++) {
      Tensor p = picks.get(d);
      if (p != null) {
        add(name, linear, p.expand(common.toArray()).longArray(), d, shape.size(d));
      }
    }
    boolean adjacent = last - first + 1 == given.size();
    return new Picks(shape, picked, common, linear, adjacent ? first : 0);
  }

  private static boolean compatible(Shape a, Shape b) {
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      long x = a.size(-i);
      long y = b.size(-i);
      if (x != y && x != 1 && y != 1) {
        return false;
      }
    }
    return true;
  }

  private static void add(String name, long[] linear, long[] at, int dim, long size) {
    for (int i = 0; i < at.length; i++) {
      long p = at[i] < 0 ? at[i] + size : at[i];
      if (p < 0 || p >= size) {
        throw new TensorIndexException(
            "[%s] index %d is out of bounds for dimension %d with size %d"
                .formatted(name, at[i], dim, size));
      }
      linear[i] = linear[i] * size + p;
    }
  }

  /** The shape of what is picked. */
  Shape result() {
    long[] sizes = new long[positions.rank() + rest().length];
    int n = 0;
    int[] rest = rest();
    for (int i = 0; i < before; i++) {
      sizes[n++] = shape.size(rest[i]);
    }
    for (int i = 0; i < positions.rank(); i++) {
      sizes[n++] = positions.size(i);
    }
    for (int i = before; i < rest.length; i++) {
      sizes[n++] = shape.size(rest[i]);
    }
    return Shape.of(sizes);
  }

  /** The dimensions that stay whole. */
  private int[] rest() {
    boolean[] whole = new boolean[picked.length];
    for (int d = 0; d < whole.length; d++) {
      whole[d] = !picked[d];
    }
    return Axes.list(whole);
  }

  /** What is picked from a tensor of the shape, copied; no history. */
  Tensor gather(Tensor t) {
    Operand out = Allocation.of(t.device(), t.dtype(), result());
    if (out.layout().numel() > 0) {
      run(Internals.operand(t), out, null);
    }
    return Internals.fresh(out);
  }

  /** Writes {@code values}, which broadcast to {@link #result}, into the memory of a tensor. */
  void scatter(ScatterMode mode, Tensor t, Tensor values) {
    if (result().numel() == 0) {
      return;
    }
    Tensor dense = Executor.copyContiguous(values.detach().expand(result().toArray()));
    run(Internals.operand(t), Internals.operand(dense), mode);
  }

  /**
   * Between the memory of a tensor and a row-major operand of the shape of the result.
   *
   * @param mode null to gather
   */
  private void run(Operand memory, Operand values, @Nullable ScatterMode mode) {
    Device device = memory.storage().device();
    int[] rest = rest();
    Layout merged = merged(memory.layout(), rest);
    Layout chosen = chosen(values.layout(), rest);
    Operand from = memory.with(merged != null ? merged : flat(memory));
    long[] at = merged != null ? linear : spelledOut(memory.layout(), rest);
    Operand index = Internals.operand(Tensor.tensor(at).to(device));
    long[] repeat = new long[rest.length + 1];
    repeat[0] = 1;
    Operand to = values.with(chosen);
    if (merged != null) {
      index = index.with(Layout.of(chosen.shape(), repeat, 0));
    } else {
      Tensor rows = Internals.fresh(values);
      Operand lined =
          mode == null
              ? Allocation.of(device, values.dtype(), Shape.of(at.length))
              : Internals.operand(
                  Axes.reshaped(
                      Executor.copyContiguous(Internals.alias(rows, to)), Shape.of(at.length)));
      move(from, index, lined, mode);
      if (mode == null) {
        device.run(
            Primitives.cast(values.dtype().compute(), values.dtype()),
            lined.with(Layout.of(chosen.shape())),
            to);
      }
      return;
    }
    move(from, index, to, mode);
  }

  private static void move(
      Operand memory, Operand index, Operand values, @Nullable ScatterMode mode) {
    memory
        .storage()
        .device()
        .run(
            mode == null
                ? new Kernel.Gather(memory, index, 0, values)
                : new Kernel.Scatter(mode, memory, index, 0, values));
  }

  /** The picked dimensions as one in front, null where strides cannot express it. */
  private @Nullable Layout merged(Layout in, int[] rest) {
    long[] sizes = new long[shape.rank()];
    long[] strides = new long[shape.rank()];
    long[] to = new long[rest.length + 1];
    to[0] = 1;
    int n = 0;
    for (int d : Axes.list(picked)) {
      sizes[n] = in.size(d);
      strides[n++] = in.stride(d);
      to[0] *= in.size(d);
    }
    for (int i = 0; i < rest.length; i++) {
      sizes[n] = in.size(rest[i]);
      strides[n++] = in.stride(rest[i]);
      to[i + 1] = in.size(rest[i]);
    }
    return ViewStrides.tryView(Layout.of(Shape.of(sizes), strides, in.offset()), Shape.of(to));
  }

  /** The row-major result with its positions as one dimension in front. */
  private Layout chosen(Layout result, int[] rest) {
    long[] sizes = new long[rest.length + 1];
    long[] strides = new long[rest.length + 1];
    sizes[0] = positions.numel();
    long step = 1;
    for (int i = before; i < rest.length; i++) {
      step *= shape.size(rest[i]);
    }
    strides[0] = step;
    for (int i = 0; i < rest.length; i++) {
      sizes[i + 1] = shape.size(rest[i]);
      strides[i + 1] = result.stride(i < before ? i : i + positions.rank());
    }
    return Layout.of(Shape.of(sizes), strides, result.offset());
  }

  private static Layout flat(Operand memory) {
    return Layout.of(Shape.of(memory.storage().size()));
  }

  /** The storage element of every picked element, positions first. */
  private long[] spelledOut(Layout in, int[] rest) {
    long[] sizes = new long[rest.length];
    long[] strides = new long[rest.length];
    for (int i = 0; i < rest.length; i++) {
      sizes[i] = in.size(rest[i]);
      strides[i] = in.stride(rest[i]);
    }
    Layout inner = Layout.of(Shape.of(sizes), strides, 0);
    int width = Counts.of("index", inner.numel());
    long[] all = new long[Counts.of("index", linear.length, width)];
    int[] dims = Axes.list(picked);
    for (int i = 0; i < linear.length; i++) {
      long at = in.offset();
      long p = linear[i];
      for (int k = dims.length - 1; k >= 0; k--) {
        at += p % in.size(dims[k]) * in.stride(dims[k]);
        p /= in.size(dims[k]);
      }
      for (int j = 0; j < width; j++) {
        all[i * width + j] = at + inner.at(j);
      }
    }
    return all;
  }
}
