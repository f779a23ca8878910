package io.gradus.tck;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Maxima of windows, or their refusal. */
final class MaxPoolCases {
  private MaxPoolCases() {}

  private record Form(
      String name, long[] size, long[] window, long[] stride, long[] padding, long[] dilation) {
    long[] out() {
      long[] out = new long[size.length];
      for (int d = 0; d < out.length; d++) {
        out[d] = (size[d] + 2 * padding[d] - dilation[d] * (window[d] - 1) - 1) / stride[d] + 1;
      }
      return out;
    }
  }

  private static long[] of(long... sizes) {
    return sizes;
  }

  private static int[] ints(long[] sizes) {
    return Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
  }

  private static final List<Form> FORMS =
      List.of(
          new Form("1d", of(9), of(3), of(2), of(1), of(1)),
          new Form("pairs", of(8, 10), of(2, 2), of(2, 2), of(0, 0), of(1, 1)),
          new Form("pairs-dilated", of(3, 10), of(3, 2), of(1, 2), of(1, 0), of(2, 1)),
          new Form("2d", of(9, 8), of(3, 2), of(1, 1), of(0, 0), of(1, 1)),
          new Form("padded", of(9, 8), of(3, 2), of(2, 2), of(1, 1), of(1, 1)),
          new Form("dilated", of(9, 8), of(3, 2), of(2, 2), of(0, 0), of(2, 2)),
          new Form("3d", of(5, 6, 7), of(2, 3, 2), of(2, 2, 2), of(1, 1, 1), of(1, 1, 1)));

  static Stream<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (DType dtype : List.of(DType.F32, DType.F64, DType.BF16, DType.I32)) {
      for (Form form : FORMS) {
        for (LayoutKind kind :
            List.of(LayoutKind.DENSE, LayoutKind.SHIFTED, LayoutKind.TRANSPOSED)) {
          String at = form.name + "/" + dtype + "/" + kind;
          all.add(new Case("max-pool/" + at, t -> pool(t, dtype, kind, form, Values::mixed)));
          all.add(
              new Case("max-pool/ties/" + at, t -> pool(t, dtype, kind, form, MaxPoolCases::few)));
        }
      }
    }
    return all.stream();
  }

  /** Zeros of both signs, and few other numbers. */
  private static long[] few(DType dtype, int n, Random random) {
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      double[] some = {0, -0.0, -1, 0, 1, dtype.isFloating() ? Double.NaN : 0};
      values[i] = Values.encode(dtype, some[random.nextInt(some.length)]);
    }
    return values;
  }

  private static Shape shape(long[] rest) {
    long[] all = new long[rest.length + 2];
    all[0] = 2;
    all[1] = 3;
    System.arraycopy(rest, 0, all, 2, rest.length);
    return Shape.of(all);
  }

  private static void pool(Trial t, DType dtype, LayoutKind kind, Form f, Trial.Contents contents) {
    Part x = t.part(dtype, shape(f.size), kind, contents);
    Part values = t.tame(dtype, shape(f.out()), kind);
    Part indices = t.tame(DType.I64, shape(f.out()), LayoutKind.DENSE);
    SupportCases.agreeOrRefuse(
        t,
        Tolerance.EXACT,
        List.of(values, indices),
        place ->
            new Kernel.MaxPool(
                place.apply(x),
                place.apply(values),
                place.apply(indices),
                ints(f.window),
                ints(f.stride),
                ints(f.padding),
                ints(f.dilation)));
  }
}
