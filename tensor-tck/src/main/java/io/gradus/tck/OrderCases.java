package io.gradus.tck;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.ScanOp;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Scans and sorts. */
final class OrderCases {
  private OrderCases() {}

  private static final List<LayoutKind> KINDS =
      List.of(LayoutKind.DENSE, LayoutKind.TRANSPOSED, LayoutKind.STEPPED, LayoutKind.ROW_REPEATED);

  static Stream<Case> scans() {
    List<Case> all = new ArrayList<>();
    for (ScanOp op : ScanOp.values()) {
      for (DType dtype : DType.values()) {
        if (op == ScanOp.LOGSUMEXP && !dtype.isFloating()) {
          continue;
        }
        for (LayoutKind kind : KINDS) {
          for (int axis = 0; axis < 2; axis++) {
            int along = axis;
            all.add(
                new Case(
                    "scan/" + op + "/" + dtype + "/" + kind + "/axis" + axis,
                    t -> scan(t, op, dtype, kind, along, Shape.of(9, 14), false)));
          }
        }
        all.add(
            new Case(
                "scan/" + op + "/" + dtype + "/empty",
                t -> scan(t, op, dtype, LayoutKind.DENSE, 0, Shape.of(0, 3), false)));
        if (op == ScanOp.MAX || op == ScanOp.MIN) {
          all.add(
              new Case(
                  "scan/" + op + "/" + dtype + "/special",
                  t -> scan(t, op, dtype, LayoutKind.DENSE, 1, Shape.of(9, 14), true)));
        }
      }
    }
    return all.stream();
  }

  private static void scan(
      Trial t, ScanOp op, DType dtype, LayoutKind kind, int axis, Shape shape, boolean wild) {
    boolean located = op == ScanOp.MAX || op == ScanOp.MIN;
    Part in = wild ? t.mixed(dtype, shape, kind) : t.tame(dtype, shape, kind);
    Part out = t.tame(dtype, shape, LayoutKind.PADDED);
    Part at = located ? t.tame(DType.I64, shape, LayoutKind.SHIFTED) : null;
    double unit = Tolerance.epsilon(dtype.compute().dtype());
    Tolerance tolerance =
        located || !dtype.isFloating()
            ? Tolerance.EXACT
            : new Tolerance(60 * unit, 60 * unit).storedAs(dtype);
    t.agree(
        tolerance,
        at == null ? List.of(out) : List.of(out, at),
        place ->
            new Kernel.Scan(
                op, place.apply(in), axis, place.apply(out), at == null ? null : place.apply(at)));
  }

  static Stream<Case> sorts() {
    List<Case> all = new ArrayList<>();
    for (DType dtype : DType.values()) {
      for (boolean descending : new boolean[] {false, true}) {
        String at = "sort/" + dtype + (descending ? "/descending" : "/ascending");
        for (LayoutKind kind : KINDS) {
          for (int axis = 0; axis < 2; axis++) {
            for (String contents : List.of("ties", "special")) {
              int along = axis;
              Sorting s = new Sorting(Shape.of(11, 17), along, descending, contents, true, true, 0);
              all.add(
                  new Case(
                      at + "/" + kind + "/axis" + axis + "/" + contents,
                      t -> sort(t, dtype, kind, s)));
            }
          }
        }
        Shape plane = Shape.of(5, 40);
        all.add(
            new Case(
                at + "/top-3",
                t ->
                    sort(
                        t,
                        dtype,
                        LayoutKind.DENSE,
                        new Sorting(plane, 1, descending, "special", true, true, 3))));
        all.add(
            new Case(
                at + "/values-only",
                t ->
                    sort(
                        t,
                        dtype,
                        LayoutKind.STEPPED,
                        new Sorting(plane, 1, descending, "special", true, false, 0))));
        all.add(
            new Case(
                at + "/indices-only",
                t ->
                    sort(
                        t,
                        dtype,
                        LayoutKind.STEPPED,
                        new Sorting(plane, 0, descending, "special", false, true, 2))));
        all.add(
            new Case(
                at + "/long",
                t ->
                    sort(
                        t,
                        dtype,
                        LayoutKind.DENSE,
                        new Sorting(Shape.of(3001), 0, descending, "special", true, true, 0))));
        all.add(
            new Case(
                at + "/empty",
                t ->
                    sort(
                        t,
                        dtype,
                        LayoutKind.DENSE,
                        new Sorting(Shape.of(3, 0), 1, descending, "ties", true, true, 0))));
      }
    }
    return all.stream();
  }

  private record Sorting(
      Shape shape,
      int axis,
      boolean descending,
      String contents,
      boolean values,
      boolean indices,
      int first) {}

  private static void sort(Trial t, DType dtype, LayoutKind kind, Sorting s) {
    Part in =
        t.part(
            dtype,
            s.shape,
            kind,
            (d, n, random) ->
                s.contents.equals("ties")
                    ? random.ints(n, 0, 3).mapToLong(x -> Values.encode(d, x)).toArray()
                    : Values.mixed(d, n, random));
    Shape to = s.first > 0 ? s.shape.with(s.axis, s.first) : s.shape;
    Part values = s.values ? t.tame(dtype, to, LayoutKind.PADDED) : null;
    Part indices = s.indices ? t.tame(DType.I64, to, LayoutKind.DENSE) : null;
    t.agree(
        Tolerance.EXACT,
        Stream.of(values, indices).flatMap(Stream::ofNullable).toList(),
        place ->
            new Kernel.Sort(
                place.apply(in),
                s.axis,
                s.descending,
                placed(values, place),
                placed(indices, place)));
  }

  private static io.gradus.tensor.kernel.@Nullable Operand placed(
      @Nullable Part part,
      java.util.function.Function<Part, io.gradus.tensor.kernel.Operand> place) {
    return part == null ? null : place.apply(part);
  }
}
