package io.gradus.golden.table;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Convolutions, whose options are a record here. */
final class Convolving {
  private static final String F = "nn.functional.";

  @FunctionalInterface
  private interface Conv {
    Tensor apply(Tensor input, Tensor weight, @Nullable Tensor bias, ConvOptions options);
  }

  private Convolving() {}

  static void register(OperationRegistry r) {
    add(r, "conv1d", false, Convolutions::conv1d);
    add(r, "conv2d", false, Convolutions::conv2d);
    add(r, "conv3d", false, Convolutions::conv3d);
    add(r, "conv_transpose1d", true, Convolutions::convTranspose1d);
    add(r, "conv_transpose2d", true, Convolutions::convTranspose2d);
    add(r, "conv_transpose3d", true, Convolutions::convTranspose3d);
    r.add(
        F + "unfold",
        a ->
            Convolutions.unfold(
                a.tensor(0, "input"),
                longs(a, 1, "kernel_size", 1),
                longs(a, 2, "dilation", 1),
                longs(a, 3, "padding", 0),
                longs(a, 4, "stride", 1)));
  }

  private static void add(OperationRegistry r, String name, boolean transposed, Conv conv) {
    r.add(
        F + name,
        a -> {
          ConvOptions o =
              ConvOptions.DEFAULT
                  .stride(longs(a, 3, "stride", 1))
                  .dilation(longs(a, transposed ? 7 : 5, "dilation", 1))
                  .groups(a.number(6, "groups", 1L).longValue());
          if ("same".equals(a.get(4, "padding"))) {
            o = o.samePadding();
          } else {
            o = o.padding(longs(a, 4, "padding", 0));
          }
          if (transposed) {
            o = o.outputPadding(longs(a, 5, "output_padding", 0));
          }
          return conv.apply(
              a.tensor(0, "input"),
              a.tensor(1, "weight"),
              a.get(2, "bias") instanceof Tensor b ? b : null,
              o);
        });
  }

  /** One number or several. */
  static long[] longs(Arguments a, int position, String name, long ifMissing) {
    Object v = a.get(position, name);
    if (v instanceof List<?> list && !list.isEmpty()) {
      return list.stream().mapToLong(x -> (Long) x).toArray();
    }
    return new long[] {v instanceof Long n ? n : ifMissing};
  }
}
