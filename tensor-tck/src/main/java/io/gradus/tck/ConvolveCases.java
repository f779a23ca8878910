package io.gradus.tck;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Convolutions, or their refusal; sizes that take a device through its different ways. */
final class ConvolveCases {
  private ConvolveCases() {}

  /** A convolution; channels and outputs are those of a group. */
  private record Form(
      String name,
      long batch,
      long channels,
      long outputs,
      int groups,
      long[] size,
      long[] window,
      int stride,
      int padding,
      int dilation,
      int inputDilation) {
    Shape in() {
      return shape(batch, channels * groups, size);
    }

    Shape weight() {
      return shape(outputs * groups, channels, window);
    }

    Shape out() {
      long[] out = new long[size.length];
      for (int d = 0; d < out.length; d++) {
        long spread = (size[d] - 1) * inputDilation + 1 + 2L * padding;
        out[d] = (spread - dilation * (window[d] - 1) - 1) / stride + 1;
      }
      return shape(batch, outputs * groups, out);
    }

    private static Shape shape(long a, long b, long[] rest) {
      long[] all = new long[rest.length + 2];
      all[0] = a;
      all[1] = b;
      System.arraycopy(rest, 0, all, 2, rest.length);
      return Shape.of(all);
    }

    int[] all(int value) {
      int[] array = new int[size.length];
      Arrays.fill(array, value);
      return array;
    }
  }

  private static long[] of(long... sizes) {
    return sizes;
  }

  private static final List<Form> FORMS =
      List.of(
          new Form("1d", 2, 2, 3, 1, of(6), of(3), 1, 0, 1, 1),
          new Form("2d", 2, 2, 3, 1, of(6, 7), of(3, 2), 1, 1, 1, 1),
          new Form("3d", 2, 2, 3, 1, of(6, 7, 8), of(3, 2, 2), 1, 1, 1, 1),
          new Form("plain", 2, 2, 3, 1, of(6, 7), of(3, 2), 1, 0, 1, 1),
          new Form("wide", 2, 3, 9, 1, of(5, 45), of(3, 3), 1, 1, 1, 1),
          new Form("one-by-one", 3, 5, 6, 1, of(7, 5), of(1, 1), 1, 0, 1, 1),
          new Form("one-by-one-strided", 3, 5, 6, 1, of(7, 5), of(1, 1), 2, 0, 1, 1),
          new Form("single-output", 2, 1, 1, 1, of(9, 11), of(2, 2), 2, 0, 1, 1),
          new Form("strided", 2, 2, 3, 2, of(6, 7), of(3, 2), 2, 1, 1, 1),
          new Form("dilated", 2, 2, 3, 1, of(6, 7), of(3, 2), 1, 2, 2, 1),
          new Form("strided-dilated", 2, 2, 3, 1, of(12, 13), of(3, 3), 3, 2, 2, 1),
          new Form("transposed-form", 2, 2, 3, 2, of(6, 7), of(3, 2), 1, 2, 1, 2),
          new Form("all-at-once", 2, 2, 2, 2, of(6, 7), of(3, 2), 2, 3, 3, 3),
          new Form("uneven-dilations", 2, 2, 2, 1, of(9, 8), of(3, 2), 3, 1, 1, 2),
          new Form("negative-padding", 2, 2, 3, 1, of(8, 9), of(2, 3), 1, -1, 1, 1),
          new Form("negative-padding-strided", 2, 2, 3, 1, of(8, 9), of(2, 3), 2, -1, 1, 2),
          new Form("each-channel", 2, 1, 1, 5, of(6, 7), of(3, 3), 1, 1, 1, 1),
          new Form("weight-gradient", 3, 7, 18, 1, of(9, 9), of(7, 7), 1, 0, 1, 1),
          new Form("weight-gradient-padded", 2, 50, 5, 1, of(8, 8), of(8, 8), 1, 1, 1, 1),
          new Form("weight-gradient-strided", 2, 40, 4, 2, of(9, 9), of(4, 4), 1, 0, 2, 1),
          new Form("weight-gradient-long", 2, 20, 5, 1, of(16, 16), of(16, 16), 1, 1, 1, 1),
          new Form(
              "weight-gradient-long-in-place", 1, 20, 34, 1, of(18, 18), of(16, 16), 1, 0, 1, 1),
          new Form("weight-gradient-long-strided", 2, 20, 9, 1, of(31, 31), of(16, 16), 1, 1, 2, 1),
          new Form("long-sums", 1, 150, 3, 1, of(6, 6), of(6, 6), 1, 0, 1, 1),
          new Form("strided-with-rest", 1, 1, 8, 1, of(64, 64), of(3, 3), 2, 0, 1, 1),
          new Form("strided-with-rest-3d", 1, 2, 3, 1, of(12, 12, 14), of(3, 3, 3), 2, 0, 1, 1),
          new Form("many-outputs", 3, 8, 96, 1, of(9, 20), of(3, 3), 1, 1, 1, 1),
          new Form("many-outputs-in-place", 2, 70, 230, 1, of(7, 11), of(1, 1), 1, 0, 1, 1),
          new Form("many-outputs-strided", 2, 9, 160, 2, of(15, 17), of(3, 3), 2, 1, 1, 1),
          new Form("many-outputs-3d", 1, 5, 64, 1, of(6, 7, 8), of(2, 3, 3), 1, 1, 1, 1),
          new Form("many-outputs-deep", 2, 115, 96, 1, of(9, 9), of(3, 3), 1, 0, 1, 1),
          new Form(
              "many-outputs-weight-gradient", 11, 2, 270, 1, of(12, 10), of(10, 9), 1, 0, 1, 1),
          new Form("many-outputs-one-weight", 70, 4, 147, 1, of(5, 6), of(5, 6), 1, 0, 1, 1),
          new Form("transposed-form-dilated", 2, 3, 5, 1, of(6, 7), of(3, 3), 1, 3, 2, 3),
          new Form("transposed-form-one-by-one", 2, 3, 5, 1, of(6, 7), of(1, 1), 1, 0, 1, 2),
          new Form("transposed-form-many", 2, 5, 49, 1, of(9, 10), of(4, 5), 1, 3, 1, 2),
          new Form("one-image", 1, 8, 16, 1, of(45, 40), of(3, 3), 1, 1, 1, 1),
          new Form("one-image-in-place", 1, 8, 17, 1, of(44, 39), of(3, 2), 1, 0, 1, 1),
          new Form("one-image-cropped", 1, 8, 16, 1, of(45, 40), of(3, 3), 1, -2, 1, 1),
          new Form("one-image-strided", 1, 8, 16, 1, of(87, 60), of(3, 3), 2, 1, 1, 1),
          new Form("one-image-1d", 1, 16, 18, 1, of(2101), of(5), 1, 2, 1, 1),
          new Form("one-image-3d", 1, 4, 16, 1, of(13, 10, 12), of(3, 3, 3), 1, 1, 1, 1),
          new Form("one-image-transposed-form", 1, 12, 20, 1, of(25, 24), of(4, 5), 1, 2, 1, 2),
          new Form("one-image-1d-transposed-form", 1, 8, 33, 1, of(1050), of(4), 1, 2, 1, 2),
          new Form("two-images-all-at-once", 2, 3, 6, 1, of(39, 38), of(4, 5), 2, 5, 1, 3),
          new Form("no-channels", 2, 0, 3, 1, of(6, 7), of(3, 2), 1, 0, 1, 1));

  static Stream<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      for (Form form : FORMS) {
        for (LayoutKind kind :
            List.of(LayoutKind.DENSE, LayoutKind.SHIFTED, LayoutKind.TRANSPOSED)) {
          all.add(
              new Case(
                  "convolve/" + form.name + "/" + dtype + "/" + kind,
                  t -> convolve(t, dtype, kind, form, false)));
        }
        all.add(
            new Case(
                "convolve/" + form.name + "/" + dtype + "/biased",
                t -> convolve(t, dtype, LayoutKind.DENSE, form, true)));
      }
    }
    return all.stream();
  }

  private static void convolve(Trial t, DType dtype, LayoutKind kind, Form f, boolean biased) {
    Part x = t.tame(dtype, f.in(), kind);
    Part w = t.tame(dtype, f.weight(), kind);
    Part b = t.tame(dtype, Shape.of(f.outputs * f.groups), LayoutKind.STEPPED);
    Part y = t.tame(dtype, f.out(), kind);
    double products = f.channels * Shape.of(f.window).numel() + 4;
    SupportCases.agreeOrRefuse(
        t,
        new Tolerance(products * 8 * Math.sqrt(products) * Tolerance.epsilon(dtype), 0),
        List.of(y),
        place ->
            new Kernel.Convolve(
                place.apply(x),
                place.apply(w),
                biased ? place.apply(b) : null,
                place.apply(y),
                f.all(f.stride),
                f.all(f.padding),
                f.all(f.dilation),
                f.all(f.inputDilation),
                f.groups));
  }
}
