package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry;
import io.gradus.nn.GridSampling;
import io.gradus.nn.GridSampling.Mode;
import io.gradus.nn.GridSampling.Padding;
import java.util.List;

/** Sampling at the places of a grid. */
final class Sampling {
  private static final List<String> MODES = List.of("bilinear", "nearest", "bicubic");
  private static final List<String> PADDINGS = List.of("zeros", "border", "reflection");

  private Sampling() {}

  static void register(OperationRegistry r) {
    r.add(
        "nn.functional.grid_sample",
        a ->
            call(
                a,
                MODES.indexOf(String.valueOf(a.get(2, "mode"))),
                PADDINGS.indexOf(String.valueOf(a.get(3, "padding_mode")))));
    r.add(
        "grid_sampler_2d", a -> call(a, a.integer(2, "mode", 0), a.integer(3, "padding_mode", 0)));
    r.add(
        "grid_sampler_3d", a -> call(a, a.integer(2, "mode", 0), a.integer(3, "padding_mode", 0)));
  }

  private static Tensor call(Arguments a, int mode, int padding) {
    return GridSampling.gridSample(
        a.tensor(0, "input"),
        a.tensor(1, "grid"),
        Mode.values()[Math.max(mode, 0)],
        Padding.values()[Math.max(padding, 0)],
        a.flag(4, "align_corners"));
  }
}
