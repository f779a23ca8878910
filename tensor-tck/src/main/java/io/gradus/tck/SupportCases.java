package io.gradus.tck;

import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a device says of itself is what it does. */
final class SupportCases {
  private SupportCases() {}

  /** The kernel's results where the device supports it, else a refusal that changes nothing. */
  static void agreeOrRefuse(Trial t, Tolerance tolerance, List<Part> out, Trial.Build build) {
    Map<Block, Storage> storages = new IdentityHashMap<>();
    Kernel kernel = build.of(p -> Trial.place(t.device, p, storages));
    boolean optional =
        switch (kernel) {
          case Kernel.Rows k -> true;
          case Kernel.Convolve k -> true;
          case Kernel.Factor k -> true;
          case Kernel.Fft k -> true;
          case Kernel.Elementwise k -> false;
          case Kernel.Reduce k -> false;
          case Kernel.Scan k -> false;
          case Kernel.Sort k -> false;
          case Kernel.Contract k -> false;
          case Kernel.Gather k -> false;
          case Kernel.Scatter k -> false;
        };
    if (t.device.supports(kernel)) {
      t.agree(tolerance, out, build);
      return;
    }
    t.check(optional, "supports() is false for a kernel that every device must have");
    refuses(t, kernel, storages);
  }

  private static void refuses(Trial t, Kernel kernel, Map<Block, Storage> storages) {
    boolean refused = false;
    try {
      t.device.run(kernel);
      t.device.synchronize();
    } catch (TensorException e) {
      refused = true;
    }
    t.check(refused, "supports() is false, but run() takes the kernel without an error");
    storages.forEach(
        (block, storage) ->
            t.check(
                java.util.Arrays.equals(Trial.download(storage), block.values),
                "a refused kernel has written something"));
  }

  static Stream<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      for (LayoutKind kind : List.of(LayoutKind.DENSE, LayoutKind.TRANSPOSED)) {
        String at = dtype + "/" + kind;
        all.add(new Case("convolve/1d/" + at, t -> convolve(t, dtype, kind, 1, 1, 1, 1, 1, 0)));
        all.add(new Case("convolve/2d/" + at, t -> convolve(t, dtype, kind, 2, 1, 1, 1, 1, 1)));
        all.add(
            new Case("convolve/strided/" + at, t -> convolve(t, dtype, kind, 2, 2, 2, 1, 1, 1)));
        all.add(
            new Case("convolve/dilated/" + at, t -> convolve(t, dtype, kind, 2, 1, 1, 2, 1, 2)));
        all.add(
            new Case(
                "convolve/transposed-form/" + at, t -> convolve(t, dtype, kind, 2, 2, 1, 1, 2, 2)));
        all.add(new Case("convolve/3d/" + at, t -> convolve(t, dtype, kind, 3, 1, 1, 1, 1, 1)));
      }
      for (Kernel.Factor.Kind kind : Kernel.Factor.Kind.values()) {
        all.add(new Case("factor/" + kind + "/" + dtype, t -> factor(t, dtype, kind)));
      }
    }
    return all.stream();
  }

  private static void convolve(
      Trial t,
      DType dtype,
      LayoutKind kind,
      int spatial,
      int groups,
      int stride,
      int dilation,
      int inputDilation,
      int padding) {
    long[] in = new long[spatial + 2];
    long[] weight = new long[spatial + 2];
    long[] out = new long[spatial + 2];
    in[0] = 2;
    in[1] = 2L * groups;
    weight[0] = 3L * groups;
    weight[1] = 2;
    out[0] = 2;
    out[1] = weight[0];
    for (int d = 2; d < in.length; d++) {
      in[d] = 4L + d;
      weight[d] = d == 2 ? 3 : 2;
      long spread = (in[d] - 1) * inputDilation + 1 + 2L * padding;
      out[d] = (spread - dilation * (weight[d] - 1) - 1) / stride + 1;
    }
    Part x = t.tame(dtype, Shape.of(in), kind);
    Part w = t.tame(dtype, Shape.of(weight), kind);
    Part y = t.tame(dtype, Shape.of(out), kind);
    agreeOrRefuse(
        t,
        new Tolerance(100 * 4 * Tolerance.epsilon(dtype), 0),
        List.of(y),
        place ->
            new Kernel.Convolve(
                place.apply(x),
                place.apply(w),
                place.apply(y),
                all(spatial, stride),
                all(spatial, padding),
                all(spatial, dilation),
                all(spatial, inputDilation),
                groups));
  }

  private static int[] all(int n, int value) {
    int[] array = new int[n];
    java.util.Arrays.fill(array, value);
    return array;
  }

  /** A decomposition is checked where a device has it by multiplying the Cholesky factor back. */
  private static void factor(Trial t, DType dtype, Kernel.Factor.Kind kind) {
    long[] a = {4, 2, 2, 5};
    for (int i = 0; i < a.length; i++) {
      a[i] = Values.encode(dtype, a[i]);
    }
    Shape square = Shape.of(2, 2);
    Part in = new Part(new Block(dtype, a), Layout.of(square));
    List<Part> out = new ArrayList<>();
    for (Shape shape : outputs(kind)) {
      DType d = kind == Kernel.Factor.Kind.LU && !out.isEmpty() ? DType.I32 : dtype;
      out.add(t.tame(d, shape, LayoutKind.DENSE));
    }
    Map<Block, Storage> storages = new IdentityHashMap<>();
    Kernel kernel =
        new Kernel.Factor(
            kind,
            Trial.place(t.device, in, storages),
            out.stream().map(p -> Trial.place(t.device, p, storages)).toArray(Operand[]::new));
    if (!t.device.supports(kernel)) {
      refuses(t, kernel, storages);
      return;
    }
    t.device.run(kernel);
    t.device.synchronize();
    Storage first = storages.get(out.getFirst().block());
    t.check(first != null, "no first output");
    if (kind == Kernel.Factor.Kind.CHOLESKY && first != null) {
      double[] want = {2, 0, 1, 2};
      long[] got = Trial.download(first);
      for (int i = 0; i < 4; i++) {
        t.check(
            Math.abs(Values.decode(dtype, got[i]) - want[i]) < 1e-5,
            "the lower factor of [[4, 2], [2, 5]] is [[2, 0], [1, 2]], got "
                + Values.decode(dtype, got[i])
                + " at "
                + i);
      }
    }
  }

  private static List<Shape> outputs(Kernel.Factor.Kind kind) {
    Shape square = Shape.of(2, 2);
    Shape line = Shape.of(2);
    return switch (kind) {
      case CHOLESKY -> List.of(square);
      case QR -> List.of(square, square);
      case LU -> List.of(square, line);
      case EIGH -> List.of(line, square);
      case SVD -> List.of(square, line, square);
    };
  }
}
