package io.gradus.tck;

import io.gradus.tensor.layout.Shape;
import java.util.List;

/**
 * How the operands of a pointwise operation lie.
 *
 * @param inputs at least three; an operation takes as many as it needs
 * @param inPlace which input is the output too, or -1
 */
record Arrangement(
    String name, Shape shape, List<LayoutKind> inputs, LayoutKind output, int inPlace) {
  private static final Shape PLANE = Shape.of(7, 13);

  static final List<Arrangement> ALL =
      List.of(
          same("dense", PLANE, LayoutKind.DENSE),
          same("transposed", PLANE, LayoutKind.TRANSPOSED),
          same("padded", PLANE, LayoutKind.PADDED),
          same("stepped", PLANE, LayoutKind.STEPPED),
          same("shifted", PLANE, LayoutKind.SHIFTED),
          same("long", Shape.of(5003), LayoutKind.DENSE),
          same("parallel", Shape.of(70_001), LayoutKind.SHIFTED),
          same("one-element", Shape.of(1), LayoutKind.DENSE),
          same("zero-dim", Shape.SCALAR, LayoutKind.SHIFTED),
          same("empty", Shape.of(0, 3), LayoutKind.DENSE),
          same("size-one-dims", Shape.of(3, 1, 5, 1), LayoutKind.TRANSPOSED),
          same("rank-six", Shape.of(2, 1, 3, 2, 1, 4), LayoutKind.TRANSPOSED),
          of("transposed-inputs", LayoutKind.TRANSPOSED, LayoutKind.DENSE, LayoutKind.DENSE),
          of("transposed-output", LayoutKind.DENSE, LayoutKind.DENSE, LayoutKind.TRANSPOSED),
          of("row-repeated", LayoutKind.DENSE, LayoutKind.ROW_REPEATED, LayoutKind.DENSE),
          of("column-repeated", LayoutKind.DENSE, LayoutKind.COLUMN_REPEATED, LayoutKind.DENSE),
          of("outer", LayoutKind.COLUMN_REPEATED, LayoutKind.ROW_REPEATED, LayoutKind.DENSE),
          of("single-left", LayoutKind.SINGLE, LayoutKind.DENSE, LayoutKind.DENSE),
          of("single-right", LayoutKind.DENSE, LayoutKind.SINGLE, LayoutKind.SHIFTED),
          of("single-both", LayoutKind.SINGLE, LayoutKind.SINGLE, LayoutKind.DENSE),
          of("mixed", LayoutKind.STEPPED, LayoutKind.TRANSPOSED, LayoutKind.PADDED),
          inPlace("in-place", LayoutKind.DENSE, 0),
          inPlace("in-place-shifted", LayoutKind.SHIFTED, 0),
          inPlace("in-place-transposed", LayoutKind.TRANSPOSED, 0),
          inPlace("in-place-second", LayoutKind.STEPPED, 1));

  /** Large enough that devices share the work among threads; for a few operations only. */
  boolean isLarge() {
    return name.equals("parallel");
  }

  /** Enough for dtypes that differ from another one in loading and storing only. */
  boolean isBasic() {
    return switch (name) {
      case "dense", "mixed", "row-repeated", "in-place-shifted" -> true;
      default -> false;
    };
  }

  private static Arrangement same(String name, Shape shape, LayoutKind kind) {
    return new Arrangement(name, shape, List.of(kind, kind, kind), kind, -1);
  }

  private static Arrangement of(String name, LayoutKind a, LayoutKind b, LayoutKind output) {
    return new Arrangement(name, PLANE, List.of(a, b, a), output, -1);
  }

  private static Arrangement inPlace(String name, LayoutKind kind, int input) {
    return new Arrangement(name, PLANE, List.of(kind, kind, LayoutKind.DENSE), kind, input);
  }
}
