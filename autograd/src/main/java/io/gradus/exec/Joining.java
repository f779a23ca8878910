package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.Slice;
import io.gradus.tensor.layout.ViewOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several tensors copied into one. */
public final class Joining {
  private Joining() {}

  /** Behind each other along an existing dimension. */
  public static Tensor cat(List<Tensor> tensors, int dim) {
    if (tensors.isEmpty()) {
      throw new InvalidArgumentException("[cat] expected a non-empty list of Tensors");
    }
    Tensor[] in = tensors.toArray(new Tensor[0]);
    Tensor first = in[0];
    for (int i = in.length - 1; i >= 0; i--) {
      if (in[i].dim() == 0) {
        throw new ShapeException(
            "[cat] zero-dimensional tensor (at position "
                + i
                + ") cannot be concatenated; use stack");
      }
      first = isSkipped(in[i]) ? first : in[i];
    }
    int d = Axes.dim("cat", first, dim);
    long total = 0;
    for (int i = 0; i < in.length; i++) {
      if (!isSkipped(in[i])) {
        checkFits(first.shape(), in[i].shape(), d, i);
        total += in[i].size(d);
      }
    }
    Device device = Call.device("cat", in);
    DType dtype = promoted(in);
    Operand out = Allocation.of(device, dtype, first.shape().with(d, isSkipped(first) ? 0 : total));
    long at = 0;
    for (Tensor t : in) {
      if (!isSkipped(t)) {
        copyInto(t, out, new ViewOp.Narrow(d, Slice.of(at, at + t.size(d))).apply(out.layout()));
        at += t.size(d);
      }
    }
    long[] sizes = new long[in.length];
    DType[] dtypes = new DType[in.length];
    for (int i = 0; i < in.length; i++) {
      sizes[i] = isSkipped(in[i]) ? -1 : in[i].size(d);
      dtypes[i] = in[i].dtype();
    }
    return Record.rule(
        "CatBackward0",
        Internals.fresh(out),
        in,
        new Tensor[0],
        (g, s, needs) -> {
          @Nullable Tensor[] parts = new Tensor[sizes.length];
          long from = 0;
          for (int i = 0; i < parts.length; i++) {
            if (sizes[i] >= 0) {
              parts[i] = needs[i] ? g.narrow(d, from, sizes[i]).to(dtypes[i]) : null;
              from += sizes[i];
            } else if (needs[i]) {
              parts[i] = Executor.full(Shape.of(0), dtypes[i], g.device(), 0L);
            }
          }
          return parts;
        });
  }

  /**
   * Vectors without elements fit anything, as in PyTorch, where they once were the empty tensor.
   */
  private static boolean isSkipped(Tensor t) {
    return t.dim() == 1 && t.numel() == 0;
  }

  private static DType promoted(Tensor[] in) {
    DType dtype = in[0].dtype();
    for (Tensor t : in) {
      dtype = Promotion.promote(dtype, t.dtype());
    }
    return dtype;
  }

  private static void checkFits(Shape first, Shape shape, int dim, int position) {
    if (shape.rank() != first.rank()) {
      throw new ShapeException(
          "[cat] Tensors must have same number of dimensions: got %d and %d (shapes %s and %s)"
              .formatted(first.rank(), shape.rank(), first, shape));
    }
    for (int d = 0; d < first.rank(); d++) {
      if (d != dim && first.size(d) != shape.size(d)) {
        throw new ShapeException(
            "[cat] Sizes of tensors must match except in dimension %d. Expected size %d but got size %d for tensor number %d in the list: shapes %s and %s"
                .formatted(dim, first.size(d), shape.size(d), position, first, shape));
      }
    }
  }

  private static void copyInto(Tensor t, Operand out, Layout place) {
    if (t.numel() > 0) {
      Operand from =
          Internals.operand(
              t.device() == out.storage().device() ? t : t.to(out.storage().device()));
      out.storage()
          .device()
          .run(Primitives.cast(t.dtype().compute(), out.dtype()), from, out.with(place));
    }
  }

  /** Behind each other along a new dimension. */
  public static Tensor stack(List<Tensor> tensors, int dim) {
    if (tensors.isEmpty()) {
      throw new InvalidArgumentException("[stack] stack expects a non-empty TensorList");
    }
    Tensor[] in = tensors.toArray(new Tensor[0]);
    Shape shape = in[0].shape();
    for (int i = 1; i < in.length; i++) {
      if (!in[i].shape().equals(shape)) {
        throw new ShapeException(
            "[stack] stack expects each tensor to be equal size, but got %s at entry 0 and %s at entry %d"
                .formatted(shape, in[i].shape(), i));
      }
    }
    int d = Shape.wrapDim(dim, shape.rank() + 1);
    Device device = Call.device("stack", in);
    long[] sizes = new long[shape.rank() + 1];
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = k == d ? in.length : shape.size(k < d ? k : k - 1);
    }
    Operand out = Allocation.of(device, promoted(in), Shape.of(sizes));
    for (int i = 0; i < in.length; i++) {
      copyInto(in[i], out, new ViewOp.Select(d, i).apply(out.layout()));
    }
    DType[] dtypes = new DType[in.length];
    for (int i = 0; i < in.length; i++) {
      dtypes[i] = in[i].dtype();
    }
    return Record.rule(
        "StackBackward0",
        Internals.fresh(out),
        in,
        new Tensor[0],
        (g, s, needs) -> {
          @Nullable Tensor[] parts = new Tensor[dtypes.length];
          for (int i = 0; i < parts.length; i++) {
            parts[i] = needs[i] ? g.select(d, i).to(dtypes[i]) : null;
          }
          return parts;
        });
  }

  /** See {@link Tensor#broadcastTensors}. */
  public static List<Tensor> broadcast(List<Tensor> tensors) {
    Shape shape = Shape.SCALAR;
    for (Tensor t : tensors) {
      shape = Broadcasting.of("broadcast_tensors", shape, t.shape());
    }
    long[] sizes = shape.toArray();
    return tensors.stream().map(t -> t.expand(sizes)).toList();
  }

  /** See {@link Tensor#meshgrid}. */
  public static List<Tensor> meshgrid(List<Tensor> vectors, String indexing) {
    if (vectors.isEmpty()) {
      throw new InvalidArgumentException("[meshgrid] meshgrid expects a non-empty TensorList");
    }
    boolean xy = indexing.equals("xy");
    if (!xy && !indexing.equals("ij")) {
      throw new InvalidArgumentException(
          "[meshgrid] indexing must be one of \"xy\" or \"ij\", but received: " + indexing);
    }
    boolean swap = xy && vectors.size() >= 2;
    int n = vectors.size();
    long[] sizes = new long[n];
    for (int i = 0; i < n; i++) {
      if (vectors.get(i).dim() > 1) {
        throw new ShapeException(
            "[meshgrid] Expected 0D or 1D tensor in the tensor list but got shape "
                + vectors.get(i).shape());
      }
      sizes[place(i, swap)] = vectors.get(i).numel();
    }
    List<Tensor> grids = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long[] single = new long[n];
      Arrays.fill(single, 1);
      single[place(i, swap)] = vectors.get(i).numel();
      grids.add(vectors.get(i).view(single).expand(sizes));
    }
    return grids;
  }

  private static int place(int i, boolean swap) {
    return swap && i < 2 ? 1 - i : i;
  }

  /** See {@link Tensor#blockDiag}. */
  public static Tensor blockDiag(List<Tensor> tensors) {
    List<Tensor> blocks = new ArrayList<>();
    long columns = 0;
    for (Tensor t : tensors) {
      if (t.dim() > 2) {
        throw new ShapeException(
            "[block_diag] Input tensors must have 2 or fewer dimensions: shape " + t.shape());
      }
      blocks.add(t.atleast2d());
      columns += blocks.getLast().size(1);
    }
    List<Tensor> rows = new ArrayList<>();
    long before = 0;
    for (Tensor b : blocks) {
      long height = b.size(0);
      long after = columns - before - b.size(1);
      rows.add(cat(List.of(zeros(b, height, before), b, zeros(b, height, after)), 1));
      before += b.size(1);
    }
    return cat(rows, 0);
  }

  private static Tensor zeros(Tensor like, long... sizes) {
    return Executor.full(Shape.of(sizes), like.dtype(), like.device(), 0L);
  }

  /** See {@link Tensor#combinations}. */
  public static Tensor combinations(Tensor vector, int r, boolean withReplacement) {
    if (vector.dim() != 1 || r < 0) {
      throw new ShapeException(
          "[combinations] Expect a 1D vector and a non-negative number, but got shape %s and %d"
              .formatted(vector.shape(), r));
    }
    if (r == 0) {
      return zeros(vector, 0);
    }
    long n = vector.numel();
    double choices = choices(withReplacement ? n + r - 1 : n, r);
    if (choices * r > Integer.MAX_VALUE - 8) {
      throw new InvalidArgumentException(
          "[combinations] %.3g choices of %d of %d elements do not fit into one tensor; choose fewer elements"
              .formatted(choices, r, n));
    }
    if (choices == 0) {
      return zeros(vector, 0, r);
    }
    long[] index = new long[(int) choices * r];
    for (int i = 0; i < r; i++) {
      index[i] = withReplacement ? 0 : i;
    }
    for (int at = r; at < index.length; at += r) {
      next(index, at, r, n, withReplacement);
    }
    return vector
        .indexSelect(0, Tensor.tensor(index).to(vector.device()))
        .view(index.length / r, r);
  }

  /** The binomial coefficient, or some number beyond 1e12. */
  private static double choices(long n, long r) {
    double count = r > n ? 0 : 1;
    long few = Math.min(r, n - r);
    for (long i = 1; i <= few && count <= 1e12; i++) {
      count = Math.rint(count * (n - few + i) / i);
    }
    return count;
  }

  /** Writes the choice that follows the one before {@code at}, in the order of dictionaries. */
  private static void next(long[] index, int at, int r, long n, boolean repeat) {
    System.arraycopy(index, at - r, index, at, r);
    int k = r - 1;
    while (index[at + k] == (repeat ? n - 1 : n - r + k)) {
      k--;
    }
    index[at + k]++;
    for (int i = k + 1; i < r; i++) {
      index[at + i] = index[at + i - 1] + (repeat ? 0 : 1);
    }
  }
}
