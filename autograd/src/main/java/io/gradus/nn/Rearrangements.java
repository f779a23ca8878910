package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.exec.Counts;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Padding, and moving elements between channels and positions. */
public final class Rearrangements {
  private Rearrangements() {}

  /**
   * Adds elements at both ends of the last dimensions, or takes some away.
   *
   * @param pad before and behind the last dimension, then before and behind the one before it …;
   *     negative numbers take elements away
   * @param mode {@code constant}, {@code reflect} (mirrored, the edge once), {@code replicate} (the
   *     edge again) or {@code circular}; all but the first ask for as many pairs as there are
   *     dimensions behind the batch and the channels
   * @param value of the new elements, for {@code constant} only; null for 0
   */
  public static Tensor pad(Tensor input, long[] pad, String mode, @Nullable Double value) {
    int dims = pad.length / 2;
    if (pad.length % 2 != 0) {
      throw new InvalidArgumentException(
          "[pad] Padding length must be divisible by 2, got " + Arrays.toString(pad));
    }
    if (dims > input.dim()) {
      throw new InvalidArgumentException(
          "[pad] Padding length should be less than or equal to two times the input dimension but got padding length %d and input of dimension %d"
              .formatted(pad.length, input.dim()));
    }
    boolean constant = mode.equals("constant");
    if (!constant && !List.of("reflect", "replicate", "circular").contains(mode)) {
      throw new InvalidArgumentException("[pad] Unrecognised padding mode " + mode);
    }
    if (!constant && value != null && value != 0) {
      throw new InvalidArgumentException(
          "[pad] Padding mode \"%s\" doesn't take in value argument".formatted(mode));
    }
    if (!constant && (dims < 1 || dims > 3 || input.dim() < dims + 1 || input.dim() > dims + 2)) {
      throw new InvalidArgumentException(
          "[pad] Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now; got padding %s for %s"
              .formatted(Arrays.toString(pad), input.shape()));
    }
    for (int i = 0; i < dims; i++) {
      check(input, pad, mode, i);
    }
    Tensor out = input;
    for (int i = 0; i < dims; i++) {
      int dim = input.dim() - 1 - i;
      long before = pad[2 * i];
      long behind = pad[2 * i + 1];
      if (before != 0 || behind != 0) {
        out =
            constant
                ? constant(out, dim, before, behind, value == null ? 0 : value)
                : picked(out, dim, before, behind, mode);
      }
    }
    return out == input ? input.clone() : out;
  }

  /** {@link #pad(Tensor, long[], String, Double)} with zeros. */
  public static Tensor pad(Tensor input, long... pad) {
    return pad(input, pad, "constant", null);
  }

  private static void check(Tensor input, long[] pad, String mode, int i) {
    int dim = input.dim() - 1 - i;
    long size = input.size(dim);
    long before = pad[2 * i];
    long behind = pad[2 * i + 1];
    if (size + before + behind < 0 || size + Math.min(before, 0) + Math.min(behind, 0) < 0) {
      throw new ShapeException(
          "[pad] The input size %d, plus negative padding %d and %d, resulted in a negative output size, which is invalid; dimension %d"
              .formatted(size, before, behind, dim));
    }
    if (mode.equals("reflect") && Math.max(before, behind) >= size) {
      throw new ShapeException(
          "[pad] Padding size should be less than the corresponding input dimension, but got: padding (%d, %d) at dimension %d of input %s"
              .formatted(before, behind, dim, input.shape()));
    }
    if (mode.equals("circular") && Math.max(before, behind) > size) {
      throw new ShapeException(
          "[pad] Padding value causes wrapping around more than once: (%d, %d) at dimension %d of input %s"
              .formatted(before, behind, dim, input.shape()));
    }
    if (mode.equals("circular")
        && Math.max(before, behind) > 0
        && size + Math.min(before, behind) == 0) {
      throw new ShapeException(
          "[pad] The negative padding leaves no element to wrap around: (%d, %d) at dimension %d of input %s; pad less"
              .formatted(before, behind, dim, input.shape()));
    }
    if (mode.equals("replicate") && size == 0) {
      throw new ShapeException(
          "[pad] Expected a non-empty dimension %d to replicate, got %s"
              .formatted(dim, input.shape()));
    }
  }

  private static Tensor constant(Tensor x, int dim, long before, long behind, double value) {
    long from = Math.max(0, -before);
    long kept = x.size(dim) - from - Math.max(0, -behind);
    Tensor middle = x.narrow(dim, from, kept);
    List<Tensor> parts =
        java.util.stream.Stream.of(
                filled(x, dim, before, value), middle, filled(x, dim, behind, value))
            .filter(t -> t == middle || t.size(dim) > 0)
            .toList();
    return parts.size() == 1 ? middle.clone() : Tensor.cat(parts, dim);
  }

  private static Tensor filled(Tensor x, int dim, long size, double value) {
    long[] shape = x.shape().toArray();
    shape[dim] = Math.max(0, size);
    Number fill = x.dtype().isFloating() ? (Number) value : (Number) (long) value;
    return Tensor.full(Options.dtype(x.dtype()).withDevice(x.device()), shape, fill);
  }

  private static Tensor picked(Tensor x, int dim, long before, long behind, String mode) {
    long size = x.size(dim);
    long from = Math.max(0, -before);
    long kept = size - from - Math.max(0, -behind);
    long[] index = new long[Counts.of("pad", size + before + behind)];
    for (int i = 0; i < index.length; i++) {
      long at = i - before;
      index[i] =
          switch (mode) {
            case "reflect" -> at < 0 ? -at : at >= size ? 2 * size - 2 - at : at;
            case "replicate" -> Math.clamp(at, 0, size - 1);
            default -> from + Math.floorMod(i - Math.max(0, before), kept);
          };
    }
    return x.indexSelect(dim, Tensor.tensor(index).to(x.device()));
  }

  /**
   * Interleaves the groups of channels.
   *
   * @param input [n, channels, …]
   * @param groups divides the channels
   */
  public static Tensor channelShuffle(Tensor input, int groups) {
    if (input.dim() < 3) {
      throw new ShapeException(
          "[channel_shuffle] channel_shuffle expects input with > 2 dims, but got input with sizes "
              + input.shape());
    }
    if (groups < 1 || input.size(1) % groups != 0) {
      throw new ShapeException(
          "[channel_shuffle] Number of channels must be divisible by groups. Got %d channels and %d groups."
              .formatted(input.size(1), groups));
    }
    return input
        .unflatten(1, groups, input.size(1) / groups)
        .transpose(1, 2)
        .flatten(1, 2)
        .reshape(input.shape().toArray());
  }

  /**
   * [*, channels r², h, w] to [*, channels, h r, w r].
   *
   * @param factor r
   */
  public static Tensor pixelShuffle(Tensor input, int factor) {
    long[] in = image("pixel_shuffle", input, factor);
    if (factor == 1) {
      return input.clone();
    }
    int d = in.length;
    long square = (long) factor * factor;
    if (in[d - 3] % square != 0) {
      throw new ShapeException(
          "[pixel_shuffle] pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=%d is not divisible by %d"
              .formatted(in[d - 3], square));
    }
    long c = in[d - 3] / square;
    long lead = product(in, d - 3);
    long[] out = in.clone();
    out[d - 3] = c;
    out[d - 2] *= factor;
    out[d - 1] *= factor;
    return input
        .reshape(lead, c, factor, factor, in[d - 2], in[d - 1])
        .permute(0, 1, 4, 2, 5, 3)
        .reshape(out);
  }

  /**
   * [*, channels, h r, w r] to [*, channels r², h, w].
   *
   * @param factor r
   */
  public static Tensor pixelUnshuffle(Tensor input, int factor) {
    long[] in = image("pixel_unshuffle", input, factor);
    if (factor == 1) {
      return input.clone();
    }
    int d = in.length;
    if (in[d - 2] % factor != 0 || in[d - 1] % factor != 0) {
      throw new ShapeException(
          "[pixel_unshuffle] pixel_unshuffle expects height and width to be divisible by downscale_factor, but got %s and %d"
              .formatted(input.shape(), factor));
    }
    long[] out = in.clone();
    out[d - 3] *= (long) factor * factor;
    out[d - 2] /= factor;
    out[d - 1] /= factor;
    return input
        .reshape(product(in, d - 3), in[d - 3], out[d - 2], factor, out[d - 1], factor)
        .permute(0, 1, 3, 5, 2, 4)
        .reshape(out);
  }

  private static long[] image(String name, Tensor input, int factor) {
    if (input.dim() < 3) {
      throw new ShapeException(
          "[%s] %s expects input to have at least 3 dimensions, but got input with %d dimension(s)"
              .formatted(name, name, input.dim()));
    }
    if (factor < 1) {
      throw new InvalidArgumentException(
          "[%s] %s expects a positive factor, but got %d".formatted(name, name, factor));
    }
    return input.shape().toArray();
  }

  private static long product(long[] sizes, int end) {
    long all = 1;
    for (int i = 0; i < end; i++) {
      all *= sizes[i];
    }
    return all;
  }
}
