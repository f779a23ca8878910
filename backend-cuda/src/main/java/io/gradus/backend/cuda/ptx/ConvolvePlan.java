package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The launch for {@link Kernel.Convolve}. */
final class ConvolvePlan {
  private ConvolvePlan() {}

  static Plan of(Kernel.Convolve k, DeviceTraits traits, Sources sources) {
    Layout in = k.in().layout();
    Layout weight = k.weight().layout();
    Layout out = k.out().layout();
    if (out.numel() == 0) {
      return Plan.of();
    }
    int spatial = out.rank() - 2;
    DType dtype = k.out().dtype();
    long outputs = out.size(1) / k.groups();
    long channels = weight.size(1);
    long taps = 1;
    long places = out.size(0);
    for (int d = 2; d < out.rank(); d++) {
      taps *= weight.size(d);
      places *= out.size(d);
    }
    boolean spread = Arrays.stream(k.inputDilation()).anyMatch(d -> d > 1);
    boolean wide = sources.wide(places > Integer.MAX_VALUE || channels * taps > Integer.MAX_VALUE);
    for (Operand operand : List.of(k.in(), k.weight(), k.out())) {
      Layout layout = operand.layout();
      wide |= layout.end() - layout.offset() > Integer.MAX_VALUE || Walk.isReversed(layout);
    }
    TileShape shape = TileShape.of(outputs, places, k.groups(), dtype, 0, sources.tf32(), traits);
    List<Argument> arguments = new ArrayList<>();
    arguments.add(IndexMath.argument(wide, outputs));
    arguments.add(IndexMath.argument(wide, places));
    arguments.add(IndexMath.argument(wide, channels * taps));
    long tiles = shape.tiles(outputs, places);
    arguments.add(new Argument.I32(Math.toIntExact(tiles)));
    arguments.add(new Argument.I32(Math.toIntExact(Math.ceilDiv(places, shape.columns))));
    WalkCode.arguments(arguments, walk(weight, 1, weight.strides()), wide);
    long[] batchOnly = new long[out.rank()];
    batchOnly[0] = in.stride(0);
    Walk placesWalk = walk(out, 0, out.strides(), batchOnly);
    WalkCode.arguments(arguments, placesWalk, wide);
    for (int d = 0; d < spatial; d++) {
      WindowCode.arguments(
          arguments,
          wide,
          k.stride()[d],
          k.padding()[d],
          k.dilation()[d],
          in.size(2 + d),
          in.stride(2 + d),
          spread ? k.inputDilation()[d] : 0);
    }
    add(arguments, wide, k.weight(), outputs * weight.stride(0), weight.stride(0));
    add(arguments, wide, k.in(), channels * in.stride(1), in.stride(1));
    add(arguments, wide, k.out(), outputs * out.stride(1), out.stride(1));
    ConvolveSource source = new ConvolveSource(dtype, spatial, spread, shape, wide);
    return Plan.of(
        Step.Launch.of(
            sources.get(source, ConvolveSource::write),
            Grids.each(tiles * k.groups()),
            TileShape.THREADS,
            arguments,
            "convolution"));
  }

  /** A walk over one of the first two axes and all spatial ones, one by one. */
  private static Walk walk(Layout layout, int first, long[]... strides) {
    int rank = layout.rank() - 1;
    long[] sizes = new long[rank];
    long[][] steps = new long[strides.length][rank];
    for (int d = 0; d < rank; d++) {
      int axis = d == 0 ? first : d + 1;
      sizes[d] = layout.size(axis);
      for (int i = 0; i < strides.length; i++) {
        steps[i][d] = strides[i][axis];
      }
    }
    return new Walk(sizes, steps, new int[rank]);
  }

  private static void add(
      List<Argument> to, boolean wide, Operand operand, long groupStep, long rowStep) {
    to.add(Addresses.of(operand));
    to.add(IndexMath.argument(wide, groupStep));
    to.add(IndexMath.argument(wide, rowStep));
  }
}
