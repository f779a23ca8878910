package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.Imagined;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every way to write products on tensor cores: the conformance suite's sizes are too small. */
final class TensorTexts {
  private static final DeviceTraits TRAITS = new DeviceTraits(80, 4, 48 << 10, 32);

  private TensorTexts() {}

  static Set<PtxSource> all() {
    Set<PtxSource> all = new LinkedHashSet<>();
    for (boolean wide : new boolean[] {false, true}) {
      Planner planner = new Planner(new Sources(wide, false, true));
      for (Kernel kernel : kernels()) {
        all.add(((Step.Launch) planner.plan(kernel, TRAITS).steps().getFirst()).source());
      }
    }
    return all;
  }

  private static List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    for (DType dtype : List.of(DType.F16, DType.BF16, DType.F32)) {
      for (long n : new long[] {64, 67, 1024, 1025}) {
        for (int order = 0; order < 4; order++) {
          kernels.add(
              new Kernel.Contract(
                  matrix(dtype, n, (order & 1) == 0),
                  matrix(dtype, n, (order & 2) == 0),
                  matrix(dtype, n, true),
                  1,
                  0,
                  null,
                  new Operand[0],
                  Params.NONE));
        }
      }
      for (long n : new long[] {8, 128}) {
        kernels.add(
            new Kernel.Convolve(
                Imagined.operand(dtype, Layout.of(Shape.of(2, 32, n, n))),
                Imagined.operand(dtype, Layout.of(Shape.of(256, 32, 3, 3))),
                null,
                Imagined.operand(dtype, Layout.of(Shape.of(2, 256, n, n))),
                new int[] {1, 1},
                new int[] {1, 1},
                new int[] {1, 1},
                new int[] {1, 1},
                1));
      }
    }
    return kernels;
  }

  private static Operand matrix(DType dtype, long n, boolean byRows) {
    long[] strides = byRows ? new long[] {n, 1} : new long[] {1, n};
    return Imagined.operand(dtype, Layout.of(Shape.of(n, n), strides, 0));
  }
}
