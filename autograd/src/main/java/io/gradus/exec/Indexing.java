package io.gradus.exec;

import io.gradus.Index;
import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.graph.RuleNode;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.kernel.ScatterMode;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.Slice;
import io.gradus.tensor.layout.ViewOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading and writing through subscripts. */
public final class Indexing {
  private Indexing() {}

  /** See {@link Tensor#get}. */
  public static Tensor get(Tensor t, Index... parts) {
    Subscript s = Subscript.of(t, parts);
    if (!s.picks().isEmpty()) {
      return pick("index", s.view(), s.picks());
    }
    return s.view() != t
        ? s.view()
        : t.dim() == 0
            ? Views.view(t, new ViewOp.Expand(t.shape()), "AliasBackward0")
            : Views.view(t, new ViewOp.Narrow(0, Slice.ALL), "AliasBackward0");
  }

  /** Elements at positions, one index tensor a dimension, null for dimensions that stay whole. */
  public static Tensor pick(String name, Tensor t, List<@Nullable Tensor> indices) {
    return pick(name, "IndexBackward0", t, indices);
  }

  /** As {@link #pick(String, Tensor, List)} with another name of the node. */
  static Tensor pick(String name, String gradName, Tensor t, List<@Nullable Tensor> indices) {
    return gather(gradName, t, picks(name, t, indices));
  }

  private static Tensor gather(String gradName, Tensor t, Picks picks) {
    Shape shape = t.shape();
    return Record.rule(
        gradName, picks.gather(t), t, (g, s, needs) -> new Tensor[] {spread(g, shape, picks)});
  }

  /** Zeros of a shape with {@code g} added at the positions. */
  private static Tensor spread(Tensor g, Shape shape, Picks picks) {
    Tensor all = Executor.full(shape, g.dtype(), g.device(), 0L);
    picks.scatter(ScatterMode.ADD, all, g);
    return Record.rule(
        "IndexPutBackward0",
        all,
        g,
        (gg, s, needs) -> new Tensor[] {gather("IndexBackward0", gg, picks)});
  }

  /** A copy with zeros at the positions. */
  private static Tensor cleared(Tensor g, Picks picks) {
    Tensor r = Executor.copyOf(g);
    picks.scatter(ScatterMode.SET, r, Executor.full(Shape.SCALAR, g.dtype(), g.device(), 0L));
    return Record.rule(
        "IndexPutBackward0", r, g, (gg, s, needs) -> new Tensor[] {cleared(gg, picks)});
  }

  private static Picks picks(String name, Tensor t, List<@Nullable Tensor> indices) {
    if (indices.size() > t.dim()) {
      throw new TensorIndexException(
          "[%s] too many indices for tensor of dimension %d (got %d)"
              .formatted(name, t.dim(), indices.size()));
    }
    List<@Nullable Tensor> all = new ArrayList<>();
    for (Tensor i : indices) {
      if (i != null && Subscript.isMask(i)) {
        all.addAll(positionsOf(i));
      } else {
        all.add(i);
      }
    }
    if (all.size() > t.dim()) {
      throw new TensorIndexException(
          "[%s] too many indices for tensor of dimension %d: the masks among them index %d dimensions"
              .formatted(name, t.dim(), all.size()));
    }
    while (all.size() < t.dim()) {
      all.add(null);
    }
    return Picks.of(name, t.shape(), all);
  }

  /** The positions of the elements that are not 0, a vector a dimension. */
  static List<Tensor> positionsOf(Tensor mask) {
    Tensor rows = nonzero(mask);
    List<Tensor> columns = new ArrayList<>();
    for (int d = 0; d < mask.dim(); d++) {
      columns.add(rows.select(1, d));
    }
    return columns;
  }

  /** See {@link Tensor#nonzero}. */
  public static Tensor nonzero(Tensor t) {
    byte[] flags = (byte[]) Transfers.toHost(t.detach().to(DType.BOOL));
    int count = 0;
    for (byte f : flags) {
      count += f;
    }
    long[] sizes = t.shape().toArray();
    long[] rows = new long[count * sizes.length];
    int n = 0;
    for (int i = 0; i < flags.length; i++) {
      if (flags[i] != 0) {
        long rest = i;
        for (int d = sizes.length - 1; d >= 0; d--) {
          rows[n * sizes.length + d] = rest % sizes[d];
          rest /= sizes[d];
        }
        n++;
      }
    }
    return Transfers.fromHost(
        Transfers.segment(rows), DType.I64, Shape.of(count, sizes.length), t.device());
  }

  /** See {@link Tensor#set(Tensor, Index...)}. */
  public static Tensor set(Tensor t, Tensor value, Index... parts) {
    Subscript s = Subscript.of(t, parts);
    if (s.picks().isEmpty()) {
      s.view().copy_(withoutLeadingOnes(value, s.view().dim()));
    } else {
      // A single value through a mask is a fill, which converts.
      boolean fill = value.numel() == 1 && onlyMasks(parts);
      put_(s.view(), s.picks(), fill ? value.to(t.dtype()) : value, false);
    }
    return t;
  }

  private static boolean onlyMasks(Index... parts) {
    for (Index part : parts) {
      if (part instanceof Index.Pick pick && !Subscript.isMask(pick.tensor())) {
        return false;
      }
    }
    return true;
  }

  /** See {@link Tensor#set(Number, Index...)}. */
  public static Tensor set(Tensor t, Number value, Index... parts) {
    return set(t, Executor.full(Shape.SCALAR, t.dtype(), t.device(), Scalar.of(value)), parts);
  }

  private static Tensor withoutLeadingOnes(Tensor value, int rank) {
    Tensor v = value;
    while (v.dim() > rank && v.size(0) == 1) {
      v = v.select(0, 0);
    }
    return v;
  }

  /** See {@link Tensor#indexPut_}. */
  public static Tensor put_(
      Tensor t, List<@Nullable Tensor> indices, Tensor value, boolean accumulate) {
    Picks picks = checked("index_put_", t, indices, value);
    Tensor v = withoutLeadingOnes(value, picks.result().rank());
    return InPlace.rule(
        "index_put_",
        "IndexPutBackward0",
        t,
        new Tensor[] {v},
        new Tensor[0],
        rule(picks, v.shape(), accumulate),
        () -> picks.scatter(accumulate ? ScatterMode.ADD : ScatterMode.SET, t, v));
  }

  /** As {@link #put_}, in a copy. */
  public static Tensor put(
      Tensor t, List<@Nullable Tensor> indices, Tensor value, boolean accumulate) {
    Picks picks = checked("index_put", t, indices, value);
    Tensor v = withoutLeadingOnes(value, picks.result().rank());
    Tensor r = Executor.copyOf(t);
    picks.scatter(accumulate ? ScatterMode.ADD : ScatterMode.SET, r, v);
    return Record.rule(
        "IndexPutBackward0",
        r,
        new Tensor[] {t, v},
        new Tensor[0],
        rule(picks, v.shape(), accumulate));
  }

  private static RuleNode.Rule rule(Picks picks, Shape value, boolean accumulate) {
    return (g, s, needs) ->
        new Tensor[] {
          needs[0] ? (accumulate ? g : cleared(g, picks)) : null,
          needs[1] ? gather("IndexBackward0", g, picks).sumToSize(value.toArray()) : null
        };
  }

  private static Picks checked(
      String name, Tensor t, List<@Nullable Tensor> indices, Tensor value) {
    if (value.dtype() != t.dtype()) {
      throw new DTypeException(
          "[%s] Index put requires the source and destination dtypes match, got %s for the destination and %s for the source."
              .formatted(name, t.dtype(), value.dtype()));
    }
    Picks picks = picks(name, t, indices);
    Tensor v = withoutLeadingOnes(value, picks.result().rank());
    if (!Broadcasting.fits(v.shape(), picks.result())) {
      throw new ShapeException(
          "[%s] shape mismatch: value tensor of shape %s cannot be broadcast to indexing result of shape %s"
              .formatted(name, value.shape(), picks.result()));
    }
    return picks;
  }

  /** See {@link Tensor#maskedSelect}. */
  public static Tensor maskedSelect(Tensor t, Tensor mask) {
    if (mask.dtype() != DType.BOOL) {
      throw new DTypeException(
          "[masked_select] expected BoolTensor for mask, but got " + mask.dtype());
    }
    Shape shape = Broadcasting.of("masked_select", t.shape(), mask.shape());
    Tensor wide = t.expand(shape.toArray());
    if (shape.rank() == 0) {
      return maskedSelect(wide.reshape(1), mask.reshape(1));
    }
    return gather(
        "MaskedSelectBackward0",
        wide,
        picks("masked_select", wide, new ArrayList<>(positionsOf(mask.expand(shape.toArray())))));
  }
}
