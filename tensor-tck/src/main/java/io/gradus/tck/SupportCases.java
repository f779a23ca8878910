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
          case Kernel.MaxPool k -> true;
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
      for (Kernel.Factor.Kind kind : Kernel.Factor.Kind.values()) {
        all.add(new Case("factor/" + kind + "/" + dtype, t -> factor(t, dtype, kind)));
      }
    }
    return Stream.of(ConvolveCases.cases(), MaxPoolCases.cases(), all.stream()).flatMap(s -> s);
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
