package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;

/** Copies with elements repeated or in another order, with their gradients. */
public final class Repeats {
  private Repeats() {}

  /** See {@link Tensor#repeat}. */
  public static Tensor repeat(Tensor t, long... repeats) {
    int rank = repeats.length;
    if (rank < t.dim()) {
      throw new ShapeException(
          "[repeat] Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor: %s for shape %s"
              .formatted(Arrays.toString(repeats), t.shape()));
    }
    long[] pairs = new long[2 * rank];
    long[] single = new long[2 * rank];
    long[] result = new long[rank];
    int[] copies = new int[rank];
    for (int d = 0; d < rank; d++) {
      long size = d < rank - t.dim() ? 1 : t.size(d - (rank - t.dim()));
      if (repeats[d] < 0) {
        throw new ShapeException(
            "[repeat] Trying to create tensor with negative dimension: repeats "
                + Arrays.toString(repeats));
      }
      pairs[2 * d] = repeats[d];
      single[2 * d] = 1;
      pairs[2 * d + 1] = single[2 * d + 1] = size;
      result[d] = repeats[d] * size;
      copies[d] = 2 * d;
    }
    Tensor wide = t.detach().reshape(single).expand(pairs);
    Shape shape = t.shape();
    return Record.rule(
        "RepeatBackward0",
        Axes.reshaped(Executor.copyContiguous(wide), Shape.of(result)),
        t,
        (g, s, needs) ->
            new Tensor[] {
              rank == 0 ? g : g.reshape(pairs).sum(copies, false).reshape(shape.toArray())
            });
  }

  /** See {@link Tensor#repeatInterleave(long, int)}. */
  public static Tensor interleave(Tensor t, long repeats, int dim) {
    if (repeats < 0) {
      throw new InvalidArgumentException("[repeat_interleave] Repeats must be non-negative");
    }
    Tensor x = Axes.atLeast1d(t);
    int d = Shape.wrapDim(dim, x.dim());
    long[] index = new long[Counts.of("repeat_interleave", x.size(d), repeats)];
    Arrays.setAll(index, i -> i / repeats);
    return x.indexSelect(d, Tensor.tensor(index).to(t.device()));
  }

  /** See {@link Tensor#repeatInterleave(Tensor, int)}. */
  public static Tensor interleave(Tensor t, Tensor repeats, int dim) {
    Tensor x = Axes.atLeast1d(t);
    int d = Shape.wrapDim(dim, x.dim());
    if (!repeats.dtype().isInteger()) {
      throw new InvalidArgumentException(
          "[repeat_interleave] repeats has to be Long or Int tensor, but got " + repeats.dtype());
    }
    if (repeats.dim() > 1 || repeats.numel() != 1 && repeats.numel() != x.size(d)) {
      throw new ShapeException(
          "[repeat_interleave] repeats must have the same size as input along dim, but got repeats.size(0) = %d and input.size(%d) = %d"
              .formatted(repeats.numel(), d, x.size(d)));
    }
    long[] counts = repeats.longArray();
    if (Arrays.stream(counts).anyMatch(c -> c < 0)) {
      throw new InvalidArgumentException("[repeat_interleave] repeats can not be negative");
    }
    if (repeats.numel() == 1) {
      return interleave(x, counts[0], d);
    }
    long total = 0;
    for (long c : counts) {
      total += Counts.of("repeat_interleave", c);
    }
    long[] index = new long[Counts.of("repeat_interleave", total)];
    int n = 0;
    for (int i = 0; i < counts.length; i++) {
      Arrays.fill(index, n, n + (int) counts[i], i);
      n += (int) counts[i];
    }
    return x.indexSelect(d, Tensor.tensor(index).to(t.device()));
  }

  /** Refuses tensors of too few dimensions. */
  public static void checkRank(String name, Tensor t, int least) {
    if (t.dim() < least) {
      throw new ShapeException(
          "[%s] Input must be >= %d-d. got %d-d".formatted(name, least, t.dim()));
    }
  }

  /** See {@link Tensor#flip}. */
  public static Tensor flip(Tensor t, int... dims) {
    boolean[] axes = dims.length == 0 ? new boolean[t.dim()] : Axes.of(t, dims);
    Tensor r = t.detach();
    for (int d : Axes.list(axes)) {
      long n = t.size(d);
      r = reordered(r, d, i -> n - 1 - i);
    }
    Layout in = Internals.operand(t).layout();
    // Unlike other results, this keeps the strides of dimensions of size 1 too.
    Layout to = in.isContiguous() ? Layout.of(in.shape(), in.strides(), 0) : Allocation.denseAs(in);
    Tensor out =
        Internals.fresh(new Operand(t.device().allocate(t.dtype(), to.numel()), t.dtype(), to));
    out.copy_(r);
    return Record.rule("FlipBackward0", out, t, (g, s, needs) -> new Tensor[] {g.flip(dims)});
  }

  private static Tensor reordered(Tensor t, int dim, java.util.function.LongUnaryOperator from) {
    long[] index = new long[Counts.of("flip", t.size(dim))];
    Arrays.setAll(index, from::applyAsLong);
    return t.indexSelect(dim, Tensor.tensor(index).to(t.device()));
  }

  /** Never the memory of the operand itself. */
  private static Tensor copied(Tensor r, Tensor of) {
    return Internals.operand(r).storage() == Internals.operand(of).storage()
        ? Executor.copyOf(r)
        : r;
  }

  /** See {@link Tensor#roll(long[], int[])}. */
  public static Tensor roll(Tensor t, long[] shifts, int[] dims) {
    if (shifts.length == 0) {
      throw new InvalidArgumentException(
          "[roll] `shifts` required: name at least one shift and its dimension");
    }
    if (shifts.length != dims.length) {
      throw new InvalidArgumentException(
          "[roll] shifts and dimensions must align. shifts: %d, dims:%d"
              .formatted(shifts.length, dims.length));
    }
    if (t.dim() == 0) {
      throw new TensorIndexException(
          "[roll] Dimension specified as %d but tensor has no dimensions".formatted(dims[0]));
    }
    Tensor r = t.detach();
    long[] back = new long[shifts.length];
    for (int k = 0; k < dims.length; k++) {
      int d = Shape.wrapDim(dims[k], t.dim());
      long n = t.size(d);
      long shift = shifts[k];
      back[k] = -shift;
      r = n == 0 ? r : reordered(r, d, i -> Math.floorMod(i - shift, n));
    }
    if (t.numel() == 0) {
      return t.clone();
    }
    return Record.rule(
        "RollBackward0", copied(r, t), t, (g, s, needs) -> new Tensor[] {g.roll(back, dims)});
  }

  /** See {@link Tensor#rot90(int, int, int)}. */
  public static Tensor rot90(Tensor t, int k, int dim0, int dim1) {
    int a = Shape.wrapDim(dim0, t.dim());
    int b = Shape.wrapDim(dim1, t.dim());
    if (t.dim() < 2 || a == b) {
      throw new ShapeException(
          "[rot90] expected total dims >= 2 and two different rotation dims, but got shape %s, dims %d and %d"
              .formatted(t.shape(), dim0, dim1));
    }
    Tensor x = t.detach();
    Tensor r =
        switch (Math.floorMod(k, 4)) {
          case 1 -> x.flip(b).transpose(a, b);
          case 2 -> x.flip(a, b);
          case 3 -> x.flip(a).transpose(a, b);
          default -> Executor.copyOf(x);
        };
    return Record.rule(
        "Rot90Backward0",
        Internals.fresh(Internals.operand(r)),
        t,
        (g, s, needs) -> new Tensor[] {g.rot90(-k, a, b)});
  }
}
