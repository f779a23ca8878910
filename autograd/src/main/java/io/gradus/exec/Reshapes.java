package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.ViewOp;
import java.util.Arrays;

/** Works out the order, sizes and strides of the less simple views. */
public final class Reshapes {
  private Reshapes() {}

  /** The dimensions in reverse order. */
  public static Tensor reversed(Tensor t) {
    int[] dims = new int[t.dim()];
    Arrays.setAll(dims, d -> dims.length - 1 - d);
    return Views.view(t, new ViewOp.Permute("permute", dims));
  }

  /** The exchange of two dimensions. */
  public static ViewOp swap(Tensor t, int dim0, int dim1) {
    int a = Shape.wrapDim(dim0, t.dim());
    int b = Shape.wrapDim(dim1, t.dim());
    int[] dims = new int[t.dim()];
    Arrays.setAll(dims, d -> d == a ? b : d == b ? a : d);
    return new ViewOp.Permute("transpose", dims);
  }

  /** See {@link Tensor#movedim(int[], int[])}. */
  public static Tensor movedim(Tensor t, int[] source, int[] destination) {
    if (source.length != destination.length) {
      throw new InvalidArgumentException(
          "[movedim] Invalid source or destination dims: source (%s dims) should contain the same number of dims as destination (%s dims)"
              .formatted(Arrays.toString(source), Arrays.toString(destination)));
    }
    if (t.dim() == 0) {
      Axes.of(t, source);
      return Views.view(t, new ViewOp.Permute("permute", new int[0]));
    }
    int[] order = new int[t.dim()];
    Arrays.fill(order, -1);
    boolean[] used = new boolean[t.dim()];
    for (int i = 0; i < source.length; i++) {
      int s = Shape.wrapDim(source[i], t.dim());
      int d = Shape.wrapDim(destination[i], t.dim());
      if (used[s] || order[d] >= 0) {
        throw new InvalidArgumentException(
            "[movedim] repeated dim in `%s` (%s)"
                .formatted(
                    used[s] ? "source" : "destination",
                    Arrays.toString(used[s] ? source : destination)));
      }
      used[s] = true;
      order[d] = s;
    }
    int next = 0;
    for (int d = 0; d < order.length; d++) {
      if (order[d] < 0) {
        while (used[next]) {
          next++;
        }
        order[d] = next++;
      }
    }
    return Views.view(t, new ViewOp.Permute("permute", order));
  }

  /** See {@link Tensor#unflatten}. */
  public static Tensor unflatten(Tensor t, int dim, long... sizes) {
    int d = Shape.wrapDim(dim, t.dim());
    if (sizes.length == 0) {
      throw new InvalidArgumentException("[unflatten] unflatten: sizes must be non-empty");
    }
    if (t.dim() == 0) {
      throw new ShapeException("[unflatten] a 0-dim tensor has no dimension to unflatten");
    }
    long known = 1;
    int hole = -1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == -1 && hole < 0) {
        hole = i;
      } else {
        known *= sizes[i];
      }
    }
    long have = t.size(d);
    boolean fits = hole < 0 ? known == have : known > 0 && have % known == 0;
    if (!fits) {
      throw new ShapeException(
          "[unflatten] unflatten: Provided sizes %s don't multiply up to the size of dim %d (%d) in the input tensor"
              .formatted(Arrays.toString(sizes), d, have));
    }
    long[] all = new long[t.dim() - 1 + sizes.length];
    for (int i = 0; i < t.dim(); i++) {
      if (i != d) {
        all[i < d ? i : i + sizes.length - 1] = t.size(i);
      }
    }
    System.arraycopy(sizes, 0, all, d, sizes.length);
    if (hole >= 0) {
      all[d + hole] = have / known;
    }
    return t.view(all);
  }

  /** See {@link Tensor#asStrided(long[], long[], long)}. */
  public static Tensor asStrided(Tensor t, long[] sizes, long[] strides, long offset) {
    if (sizes.length != strides.length) {
      throw new ShapeException(
          "[as_strided] mismatch in length of strides and shape: %s and %s"
              .formatted(Arrays.toString(sizes), Arrays.toString(strides)));
    }
    for (long stride : strides) {
      if (stride < 0) {
        throw new InvalidArgumentException(
            "[as_strided] as_strided: Negative strides are not supported at the moment, got"
                + " strides: "
                + Arrays.toString(strides));
      }
    }
    Layout layout = Layout.of(Shape.of(sizes), strides, offset);
    long have = Internals.operand(t).storage().size();
    if (offset < 0 || layout.numel() > 0 && !fits(sizes, strides, offset, have)) {
      throw new TensorException(
          "[as_strided] setStorage: sizes %s, strides %s, storage offset %d requiring a storage size of %d elements are out of bounds for storage of size %d"
              .formatted(
                  Arrays.toString(sizes), Arrays.toString(strides), offset, layout.end(), have));
    }
    return Views.view(t, new ViewOp.AsStrided(layout));
  }

  /** Whether the last element lies inside; no product or sum here can overflow. */
  private static boolean fits(long[] sizes, long[] strides, long offset, long have) {
    long left = have - 1 - offset;
    for (int d = 0; d < sizes.length && left >= 0; d++) {
      long steps = sizes[d] - 1;
      left = steps > 0 && strides[d] > left / steps ? -1 : left - steps * strides[d];
    }
    return left >= 0;
  }
}
