package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry;
import io.gradus.nn.Interpolation;
import io.gradus.nn.Interpolation.Mode;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Interpolation: size and factors are two methods here. */
final class Interpolating {
  private Interpolating() {}

  static void register(OperationRegistry r) {
    r.signature("nn.functional.upsample_bilinear", "input size=null scale_factor=null");
    r.signature("nn.functional.upsample_nearest", "input size=null scale_factor=null");
    r.add(
        "nn.functional.interpolate",
        a -> {
          Object mode = a.get(3, "mode");
          Mode how =
              switch (mode == null ? "nearest" : mode.toString()) {
                case "nearest" -> Mode.NEAREST;
                case "nearest-exact" -> Mode.NEAREST_EXACT;
                case "bicubic" -> Mode.BICUBIC;
                case "area" -> Mode.AREA;
                default -> Mode.LINEAR;
              };
          return call(a, how, a.flag(4, "align_corners"), a.flag(5, "recompute_scale_factor"));
        });
    r.add("nn.functional.upsample_bilinear", a -> call(a, Mode.LINEAR, true, false));
    r.add("nn.functional.upsample_nearest", a -> call(a, Mode.NEAREST, false, false));
    r.add(
        "_upsample_bilinear2d_aa",
        a -> {
          Tensor x = a.tensor(0, "input");
          boolean corners = a.flag(2, "align_corners");
          if (a.get(1, "output_size") == null) {
            return Interpolation.interpolateAntialias(
                x, factors(a.get(3, "scale_factors")), Mode.LINEAR, corners);
          }
          double[] factors = {
            a.number(3, "scales_h", 0).doubleValue(), a.number(4, "scales_w", 0).doubleValue()
          };
          long[] size = Convolving.longs(a, 1, "output_size", 1);
          return Interpolation.interpolateAntialias(x, size, factors, Mode.LINEAR, corners);
        });
  }

  private static double[] factors(@Nullable Object given) {
    return given instanceof List<?> list
        ? list.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray()
        : new double[] {((Number) Objects.requireNonNull(given)).doubleValue()};
  }

  private static Tensor call(Arguments a, Mode mode, boolean corners, boolean recompute) {
    Tensor x = a.tensor(0, "input");
    if (a.get(1, "size") != null) {
      return Interpolation.interpolate(x, Convolving.longs(a, 1, "size", 1), mode, corners);
    }
    Object given = a.get(2, "scale_factor");
    if (given == null) {
      throw new InvalidArgumentException("either size or scale_factor should be defined");
    }
    double[] factors = factors(given);
    if (recompute) {
      long[] size = new long[x.dim() - 2];
      Arrays.setAll(size, i -> (long) (x.size(i + 2) * factors[factors.length == 1 ? 0 : i]));
      return Interpolation.interpolate(x, size, mode, corners);
    }
    return Interpolation.interpolate(x, factors, mode, corners);
  }
}
