package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.InexpressibleException;
import io.gradus.golden.OperationRegistry;
import io.gradus.golden.Reflection;
import io.gradus.nn.Rearrangements;
import io.gradus.tensor.layout.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Views, copies of views, joining and splitting. */
final class Shapes {
  private static final String[] COPIES = {
    "alias",
    "diagonal",
    "expand",
    "permute",
    "squeeze",
    "t",
    "transpose",
    "unfold",
    "unsqueeze",
    "view",
    "as_strided",
    "narrow",
    "unbind",
    "split_with_sizes"
  };

  private Shapes() {}

  static void register(OperationRegistry r) {
    r.signatures("input offset=0 dim1=0 dim2=1", "diagonal");
    r.signatures("A offset=0 dim1=-2 dim2=-1", "linalg.diagonal");
    r.add(
        "linalg.diagonal",
        a ->
            a.tensor(0, "A")
                .diagonal(
                    a.integer(1, "offset", 0), a.integer(2, "dim1", -2), a.integer(3, "dim2", -1)));
    r.signatures("input offset=0 dim1=-2 dim2=-1", "diag_embed");
    r.signatures("input diagonal=0", "diag", "tril", "triu");
    r.signature("diagflat", "input offset=0");
    r.signatures("input src offset=0 dim1=0 dim2=1", "diagonal_scatter");
    r.signatures("input size stride storage_offset=null", "as_strided");
    r.signatures("input src size stride storage_offset=null", "as_strided_scatter");
    r.signatures("input start_dim=0 end_dim=-1", "flatten");
    r.signatures("input dims", "flip", "permute", "tile", "repeat", "expand");
    r.signature("rot90", "input k=1 dims=null");
    r.signature("roll", "input shifts dims=null");
    r.add("roll", Shapes::roll);
    r.signatures("input chunks dim=0", "chunk", "unsafe_chunk");
    r.signatures("input split_size dim=0", "split", "unsafe_split", "split_with_sizes");
    r.rename("unsafe_chunk", "chunk");
    r.rename("unsafe_split", "split");
    r.rename("split_with_sizes", "split");
    r.signatures("input indices_or_sections dim=0", "tensor_split");
    r.add("tensor_split", Shapes::tensorSplit);
    r.add("rot90", Shapes::rot90);
    for (String variadic : new String[] {"block_diag", "cartesian_prod", "broadcast_tensors"}) {
      r.add(variadic, a -> Reflection.call(variadic, List.of(List.of(tensors(a)))));
    }
    r.add(
        "meshgrid",
        a -> Tensor.meshgrid(tensors(a), a.named().get("indexing") instanceof String s ? s : "ij"));
    r.signatures("input indices_or_sections", "hsplit", "vsplit", "dsplit");
    r.signatures("input dim=0", "unbind");
    r.signatures("tensors dim=0", "cat", "stack");
    r.signatures("input source destination", "movedim");
    r.signatures("input dim0 dim1", "swapaxes", "transpose");
    r.rename("swapaxes", "transpose");
    r.signatures("input repeats dim=null output_size=null", "repeat_interleave");
    r.add("repeat_interleave", Shapes::repeatInterleave);
    r.signatures("input dim start length", "narrow");
    r.add("narrow", Shapes::narrow);
    r.signature("slice", "input dim=0 start=null end=null step=1");
    r.add("slice", Shapes::slice);
    r.signatures("input dim index", "select");
    r.signatures("input src dim index", "select_scatter");
    r.signature("slice_scatter", "input src dim=0 start=null end=null step=1");
    r.add(
        "slice_scatter",
        a ->
            a.tensor(0, "input")
                .sliceScatter(a.tensor(1, "src"), a.integer(2, "dim", 0), range(a, 3)));
    r.signatures("input size", "view", "reshape", "broadcast_to", "sum_to_size");
    r.signature("unfold", "input dimension size step");
    r.signature("unflatten", "input dim sizes");
    r.signature("constant_pad_nd", "input pad value=0");
    r.add(
        "constant_pad_nd",
        a ->
            Rearrangements.pad(
                a.tensor(0, "input"),
                longs(a, 1, "pad"),
                "constant",
                a.number(2, "value", 0).doubleValue()));
    r.signature("_chunk_cat", "tensors dim num_chunks");
    r.add(
        "_chunk_cat",
        a ->
            Tensor.chunkCat(
                ((List<?>) a.get(0, "tensors")).stream().map(t -> (Tensor) t).toList(),
                a.integer(1, "dim", 0),
                a.integer(2, "num_chunks", 0)));
    r.add(
        "as_strided_scatter",
        a ->
            a.tensor(0, "input")
                .asStridedScatter(
                    a.tensor(1, "src"),
                    longs(a, 2, "size"),
                    longs(a, 3, "stride"),
                    a.number(4, "storage_offset", a.tensor(0, "input").storageOffset())
                        .longValue()));
    r.add(
        "broadcast_shapes",
        a -> {
          long[][] shapes = new long[a.positional().size()][];
          for (int i = 0; i < shapes.length; i++) {
            shapes[i] = longs(a, i, "");
          }
          return Arrays.stream(Tensor.broadcastShapes(shapes).toArray()).boxed().toList();
        });
    r.add("resize_", a -> a.tensor(0, "input").clone().resize_(longs(a, 1, "sizes")));
    r.add("resize_as_", a -> a.tensor(0, "input").clone().resizeAs_(a.tensor(1, "the_template")));
    r.signatures("input dim=null", "fft.fftshift", "fft.ifftshift");
    r.add("detach", a -> a.tensor(0, "input").detach());
    r.signature("combinations", "input r=2 with_replacement=false");
    r.signatures("tensors indexing=ij", "meshgrid");
    for (String view : COPIES) {
      if (!view.equals("alias")) {
        r.add(
            view + "_copy",
            a -> {
              Object result = r.call(view, a);
              return result instanceof Tensor t
                  ? t.clone()
                  : ((List<?>) result).stream().map(t -> ((Tensor) t).clone()).toList();
            });
      }
    }
    r.rename("mH", "adjoint");
    r.add("alias_copy", a -> a.tensor(0, "input").clone());
  }

  /** Tensors one by one, or in a list. */
  private static List<Tensor> tensors(Arguments a) {
    List<Tensor> all = new ArrayList<>();
    List<?> given =
        a.positional().size() == 1 && a.positional().get(0) instanceof List<?> list
            ? list
            : a.positional();
    for (Object part : given) {
      if (!(part instanceof Tensor t)) {
        throw new InexpressibleException("no tensor: " + part);
      }
      all.add(t);
    }
    return all;
  }

  private static Object tensorSplit(Arguments a) {
    Tensor t = a.tensor(0, "input");
    int dim = a.integer(2, "dim", 0);
    Object how = a.get(1, "indices_or_sections");
    if (how instanceof Long n) {
      return t.tensorSplit(Math.toIntExact(n), dim);
    }
    if (how instanceof Tensor places) {
      return places.dim() == 0
          ? t.tensorSplit(places.item().intValue(), dim)
          : t.tensorSplit(places.longArray(), dim);
    }
    return t.tensorSplit(((List<?>) how).stream().mapToLong(x -> (Long) x).toArray(), dim);
  }

  /** The size of the result, which PyTorch takes as a hint, goes unsaid. */
  private static @Nullable Object repeatInterleave(Arguments a) {
    List<@Nullable Object> all = new ArrayList<>();
    all.add(a.tensor(0, "input"));
    all.add(a.get(1, "repeats"));
    if (a.get(2, "dim") != null) {
      all.add(a.get(2, "dim"));
    }
    return Reflection.call("repeat_interleave", List.of(all));
  }

  private static long[] longs(Arguments a, int position, String name) {
    return a.get(position, name) instanceof Long n
        ? new long[] {n}
        : ((List<?>) a.get(position, name)).stream().mapToLong(x -> (Long) x).toArray();
  }

  private static Tensor roll(Arguments a) {
    Tensor t = a.tensor(0, "input");
    long[] shifts = longs(a, 1, "shifts");
    int[] dims = a.dims(2, "dims");
    return dims.length == 0 && shifts.length == 1 ? t.roll(shifts[0]) : t.roll(shifts, dims);
  }

  private static Tensor narrow(Arguments a) {
    Tensor t = a.tensor(0, "input");
    int dim = a.integer(1, "dim", 0);
    if (!(a.get(3, "length") instanceof Long length)) {
      throw new InexpressibleException("narrow to " + a.get(3, "length"));
    }
    return a.get(2, "start") instanceof Tensor start
        ? t.narrow(dim, start, length)
        : t.narrow(dim, a.number(2, "start", 0).longValue(), length);
  }

  private static Tensor slice(Arguments a) {
    return a.tensor(0, "input").slice(a.integer(1, "dim", 0), range(a, 2));
  }

  private static Slice range(Arguments a, int first) {
    return new Slice(
        (Long) a.get(first, "start"),
        (Long) a.get(first + 1, "end"),
        a.get(first + 2, "step") instanceof Long s ? s : 1);
  }

  private static Tensor rot90(Arguments a) {
    int[] dims = a.get(2, "dims") == null ? new int[] {0, 1} : a.dims(2, "dims");
    if (dims.length != 2) {
      throw new InexpressibleException("rot90 over " + dims.length + " dimensions");
    }
    return a.tensor(0, "input").rot90(a.integer(1, "k", 1), dims[0], dims[1]);
  }
}
