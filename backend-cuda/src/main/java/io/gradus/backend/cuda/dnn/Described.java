package io.gradus.backend.cuda.dnn;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution as cuDNN's descriptors say it; equal ones share the choice of an algorithm.
 *
 * <p>There are at least two spatial axes: a line becomes a picture of height 1.
 */
record Described(
    Direction direction,
    DType dtype,
    Tensor x,
    List<Integer> filter,
    Tensor y,
    List<Integer> padding,
    List<Integer> stride,
    List<Integer> dilation,
    int groups) {

  /** Sizes and distances in memory of [batch, channels, spatial…]. */
  record Tensor(List<Integer> sizes, List<Integer> strides) {
    static Tensor of(Layout layout) {
      List<Integer> sizes = Described.sizes(layout);
      Integer[] strides = new Integer[sizes.size()];
      int inserted = sizes.size() - layout.rank();
      long packed = 1;
      for (int d = sizes.size() - 1; d >= 0; d--) {
        int from = d < 2 ? d : d - inserted;
        boolean isPadding = inserted > 0 && d == 2;
        // Where there is a single element, its distance is what it would be in packed memory.
        long step = isPadding || sizes.get(d) == 1 ? packed : layout.stride(from);
        strides[d] = Math.toIntExact(step);
        packed = step * sizes.get(d);
      }
      return new Tensor(sizes, List.of(strides));
    }
  }

  /** Parts that must be copied are described as their copies. */
  static Described of(Reading r) {
    Layout x = layout(r, Direction.Part.X);
    Layout filter = layout(r, Direction.Part.W);
    Layout y = layout(r, Direction.Part.Y);
    int inserted = x.rank() == 3 ? 1 : 0;
    return new Described(
        r.direction(),
        r.x().dtype(),
        Tensor.of(x),
        sizes(filter),
        Tensor.of(y),
        filled(r.padding(), inserted, 0),
        filled(r.stride(), inserted, 1),
        filled(r.dilation(), inserted, 1),
        r.groups());
  }

  private static Layout layout(Reading r, Direction.Part part) {
    Layout direct = r.direct(part);
    return direct != null ? direct : Layout.of(r.shape(part));
  }

  private static List<Integer> sizes(Layout layout) {
    List<Integer> sizes = new ArrayList<>();
    for (int d = 0; d < layout.rank(); d++) {
      sizes.add(Math.toIntExact(layout.size(d)));
    }
    if (layout.rank() == 3) {
      sizes.add(2, 1);
    }
    return List.copyOf(sizes);
  }

  private static List<Integer> filled(int[] values, int inserted, int with) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < inserted; i++) {
      all.add(with);
    }
    for (int value : values) {
      all.add(value);
    }
    return List.copyOf(all);
  }
}
