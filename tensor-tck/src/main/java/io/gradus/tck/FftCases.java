package io.gradus.tck;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Kernel.Fft.Form;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Fourier transforms where a device has them. */
final class FftCases {
  private static final List<LayoutKind> INPUTS =
      List.of(
          LayoutKind.DENSE,
          LayoutKind.TRANSPOSED,
          LayoutKind.STEPPED,
          LayoutKind.ROW_REPEATED,
          LayoutKind.COLUMN_REPEATED);

  /** Powers of two, products of small primes, primes, and products with large ones. */
  private static final int[] LENGTHS = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 15, 16, 17, 25, 27, 30, 32, 49, 60, 64, 97, 121, 128, 202,
    211, 1009, 1024
  };

  private FftCases() {}

  private record Line(Form form, boolean inverse, double scale) {}

  static Stream<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      for (Form form : Form.values()) {
        for (boolean inverse : new boolean[] {false, true}) {
          String id = "fft/" + form + (inverse ? "/inverse/" : "/forward/") + dtype;
          Line line = new Line(form, inverse, inverse ? 0.25 : 1);
          for (int n : LENGTHS) {
            all.add(
                new Case(
                    id + "/" + n, t -> run(t, dtype, line, LayoutKind.DENSE, Shape.of(2, n), 1)));
          }
          for (LayoutKind kind : INPUTS) {
            for (int axis = 0; axis < 3; axis++) {
              int along = axis;
              all.add(
                  new Case(
                      id + "/" + kind + "/axis" + axis,
                      t -> run(t, dtype, line, kind, Shape.of(4, 9, 6), along)));
            }
          }
          all.add(
              new Case(
                  id + "/many", t -> run(t, dtype, line, LayoutKind.DENSE, Shape.of(3001, 8), 1)));
          all.add(
              new Case(
                  id + "/none", t -> run(t, dtype, line, LayoutKind.DENSE, Shape.of(0, 8), 1)));
        }
      }
      for (int n : new int[] {12, 16, 97}) {
        all.add(new Case("fft/in-place/" + dtype + "/" + n, t -> inPlace(t, dtype, n)));
      }
    }
    return all.stream();
  }

  private static void run(Trial t, DType dtype, Line line, LayoutKind kind, Shape real, int axis) {
    Shape whole = pairs(real);
    Shape half = pairs(real.with(axis, real.size(axis) / 2 + 1));
    Part in =
        t.tame(
            dtype,
            switch (line.form) {
              case COMPLEX -> whole;
              case REAL_TO_HALF -> real;
              case HALF_TO_REAL -> half;
            },
            kind);
    Part out =
        t.tame(
            dtype,
            switch (line.form) {
              case COMPLEX -> whole;
              case REAL_TO_HALF -> half;
              case HALF_TO_REAL -> real;
            },
            kind == LayoutKind.DENSE ? LayoutKind.SHIFTED : LayoutKind.PADDED);
    SupportCases.agreeOrRefuse(
        t,
        tolerance(dtype, real.size(axis)),
        List.of(out),
        place ->
            new Kernel.Fft(
                place.apply(in), axis, line.form, line.inverse, line.scale, place.apply(out)));
  }

  private static Shape pairs(Shape real) {
    long[] sizes = new long[real.rank() + 1];
    System.arraycopy(real.toArray(), 0, sizes, 0, real.rank());
    sizes[real.rank()] = 2;
    return Shape.of(sizes);
  }

  private static void inPlace(Trial t, DType dtype, int n) {
    Part both = t.tame(dtype, Shape.of(3, n, 2), LayoutKind.PADDED);
    SupportCases.agreeOrRefuse(
        t,
        tolerance(dtype, n),
        List.of(both),
        place -> new Kernel.Fft(place.apply(both), 1, Form.COMPLEX, false, 1, place.apply(both)));
  }

  /** The error of n numbers up to 2 grows with the root of n, and slowly with its logarithm. */
  private static Tolerance tolerance(DType dtype, long n) {
    return new Tolerance(8 * Tolerance.epsilon(dtype) * Math.sqrt(n) * Math.log(n + 2.0), 0);
  }
}
