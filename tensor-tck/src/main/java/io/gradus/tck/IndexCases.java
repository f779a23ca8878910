package io.gradus.tck;

import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.ScatterMode;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Gather and scatter, and what an index out of range does. */
final class IndexCases {
  private IndexCases() {}

  private static final List<LayoutKind> KINDS =
      List.of(LayoutKind.DENSE, LayoutKind.TRANSPOSED, LayoutKind.STEPPED);
  private static final long SIZE = 6;

  static Stream<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (DType dtype : DType.values()) {
      for (int axis = 0; axis < 3; axis++) {
        for (LayoutKind kind : KINDS) {
          for (LayoutKind index :
              List.of(LayoutKind.DENSE, LayoutKind.ROW_REPEATED, LayoutKind.COLUMN_REPEATED)) {
            Plan p = new Plan(dtype, axis, kind, index, axis == 1 ? DType.I32 : DType.I64);
            String at = dtype + "/axis" + axis + "/" + kind + "/" + index;
            all.add(new Case("gather/" + at, t -> gather(t, p)));
            for (ScatterMode mode : ScatterMode.values()) {
              all.add(new Case("scatter/" + mode + "/" + at, t -> scatter(t, p, mode)));
            }
          }
        }
      }
    }
    for (long bad : new long[] {-1, SIZE, Integer.MAX_VALUE, Long.MIN_VALUE, 1L << 32}) {
      all.add(new Case("gather/out-of-range/" + bad, t -> refusesGather(t, bad)));
      all.add(new Case("scatter/out-of-range/" + bad, t -> refusesScatter(t, bad)));
    }
    return all.stream();
  }

  private record Plan(
      DType dtype, int axis, LayoutKind kind, LayoutKind indexKind, DType indexType) {
    Shape indexed() {
      return shape().with(axis, SIZE);
    }

    Shape shape() {
      return Shape.of(4, 5, 7);
    }
  }

  private static Part index(Trial t, Plan p) {
    return t.part(
        p.indexType, p.shape(), p.indexKind, (d, n, random) -> random.longs(n, 0, SIZE).toArray());
  }

  private static void gather(Trial t, Plan p) {
    Part in = t.mixed(p.dtype, p.indexed(), p.kind);
    Part index = index(t, p);
    Part out = t.mixed(p.dtype, p.shape(), p.kind);
    t.agree(
        Tolerance.EXACT,
        List.of(out),
        place -> new Kernel.Gather(place.apply(in), place.apply(index), p.axis, place.apply(out)));
  }

  private static void scatter(Trial t, Plan p, ScatterMode mode) {
    Part out = t.mixed(p.dtype, p.indexed(), p.kind);
    Part index = index(t, p);
    Part source = t.mixed(p.dtype, p.shape(), LayoutKind.PADDED);
    t.agree(
        Tolerance.EXACT,
        List.of(out),
        place ->
            new Kernel.Scatter(
                mode, place.apply(out), place.apply(index), p.axis, place.apply(source)));
  }

  /** All good but the last index. */
  private static Part badIndex(Trial t, long bad) {
    return t.part(
        DType.I64,
        Shape.of(3, 40),
        LayoutKind.DENSE,
        (d, n, random) -> {
          long[] values = random.longs(n, 0, SIZE).toArray();
          values[3 * 40 - 1] = bad;
          return values;
        });
  }

  private static void refusesGather(Trial t, long bad) {
    Part in = t.tame(DType.F32, Shape.of(SIZE, 40), LayoutKind.DENSE);
    Part out = t.tame(DType.F32, Shape.of(3, 40), LayoutKind.DENSE);
    Part index = badIndex(t, bad);
    refuses(
        t, place -> new Kernel.Gather(place.apply(in), place.apply(index), 0, place.apply(out)));
  }

  private static void refusesScatter(Trial t, long bad) {
    Part out = t.tame(DType.F32, Shape.of(SIZE, 40), LayoutKind.DENSE);
    Part source = t.tame(DType.F32, Shape.of(3, 40), LayoutKind.DENSE);
    Part index = badIndex(t, bad);
    refuses(
        t,
        place ->
            new Kernel.Scatter(
                ScatterMode.ADD, place.apply(out), place.apply(index), 0, place.apply(source)));
  }

  private static void refuses(Trial t, Trial.Build build) {
    Map<Block, Storage> storages = new IdentityHashMap<>();
    Kernel kernel = build.of(p -> Trial.place(t.device, p, storages));
    boolean refused = false;
    try {
      t.device.run(kernel);
      t.device.synchronize();
    } catch (TensorIndexException e) {
      refused = true;
    }
    t.check(refused, "an index out of range raises no TensorIndexException");
    storages.forEach(
        (block, storage) ->
            t.check(
                java.util.Arrays.equals(Trial.download(storage), block.values),
                "something was written although an index is out of range"));
  }
}
