package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Images and volumes read at arbitrary places.
 *
 * <p>M. Jaderberg et al., "Spatial Transformer Networks", NeurIPS 2015.
 */
public final class GridSampling {
  /** How a value is made of the elements around a place. */
  public enum Mode {
    /** Linear along each dimension. */
    LINEAR,
    /** The nearest element. */
    NEAREST,
    /** Cubic along both dimensions of an image. */
    BICUBIC
  }

  /** What lies outside of the input. */
  public enum Padding {
    /** Zeros. */
    ZEROS,
    /** The nearest element at the border. */
    BORDER,
    /** The input, reflected at its borders. */
    REFLECTION
  }

  private GridSampling() {}

  /**
   * The input at the places of a grid.
   *
   * @param input [batch, channels, h, w], or [batch, channels, d, h, w]
   * @param grid [batch, oh, ow, 2] with (x, y), or [batch, od, oh, ow, 3] with (x, y, z), each from
   *     -1 to 1 over the input
   * @param mode {@code BICUBIC} for images only
   * @param alignCorners whether -1 and 1 are the centres of the outermost elements, not their edges
   * @return [batch, channels, oh, ow] or [batch, channels, od, oh, ow]
   * @throws ShapeException if input and grid do not fit
   * @throws InvalidArgumentException if a volume is to be sampled with {@code BICUBIC}
   */
  public static Tensor gridSample(
      Tensor input, Tensor grid, Mode mode, Padding padding, boolean alignCorners) {
    int n = input.dim() - 2;
    if ((n != 2 && n != 3) || grid.dim() != input.dim() || grid.size(grid.dim() - 1) != n) {
      throw new ShapeException(
          "[grid_sample] expected 4D or 5D input and grid with same number of dimensions and a last dimension of the grid of that number less 2, but got input with sizes %s and grid with sizes %s"
              .formatted(input.shape(), grid.shape()));
    }
    if (grid.size(0) != input.size(0) || grid.dtype() != input.dtype()) {
      throw new ShapeException(
          "[grid_sample] expected grid and input to have same batch size and dtype, but got input %s%s and grid %s%s"
              .formatted(input.dtype(), input.shape(), grid.dtype(), grid.shape()));
    }
    long[] sizes = Spatial.sizes(input, n);
    Spatial.atLeast("grid_sample", "expected input to have non-empty spatial dimensions", sizes, 1);
    if (mode == Mode.BICUBIC && n != 2) {
      throw new InvalidArgumentException(
          "[grid_sample] bicubic interpolation only supports 4D input, got " + input.shape());
    }
    Tensor places = grid.reshape(grid.size(0), -1, n);
    List<Tensor> at = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Tensor raw = unnormalised(places.select(2, n - 1 - i), sizes[i], alignCorners);
      at.add(mode == Mode.BICUBIC ? raw : inside(raw, sizes[i], padding, alignCorners));
    }
    Tensor flat = input.reshape(input.size(0), input.size(1), Spatial.product(sizes));
    Tensor y =
        switch (mode) {
          case NEAREST -> corner(flat, rounded(at), sizes);
          case LINEAR -> linear(flat, at, sizes);
          case BICUBIC -> cubic(flat, at, sizes, padding, alignCorners);
        };
    long[] out = Arrays.copyOfRange(grid.shape().toArray(), 1, n + 1);
    return y.reshape(Spatial.shape(input.size(0), input.size(1), out));
  }

  private static List<Tensor> rounded(List<Tensor> at) {
    return at.stream().map(t -> t.detach().round()).toList();
  }

  /** From -1 … 1 to positions of elements. */
  private static Tensor unnormalised(Tensor x, long size, boolean alignCorners) {
    return alignCorners ? x.add(1).mul((size - 1) / 2.0) : x.add(1).mul(size).sub(1).div(2);
  }

  /** Kept inside as the padding asks. */
  private static Tensor inside(Tensor at, long size, Padding padding, boolean alignCorners) {
    return switch (padding) {
      case ZEROS -> at;
      case BORDER -> clip(at, size);
      case REFLECTION ->
          clip(alignCorners ? reflect(at, 0, 2 * (size - 1)) : reflect(at, -1, 2 * size - 1), size);
    };
  }

  /** Four by four elements around each place; those outside of the input as the padding asks. */
  private static Tensor cubic(
      Tensor flat, List<Tensor> at, long[] sizes, Padding padding, boolean alignCorners) {
    List<List<Tensor>> taps = new ArrayList<>();
    List<List<Tensor>> weights = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      Tensor base = at.get(i).detach().floor();
      Tensor fraction = at.get(i).sub(base);
      List<Tensor> tap = new ArrayList<>();
      List<Tensor> weight = new ArrayList<>();
      for (int k = -1; k < 3; k++) {
        tap.add(inside(base.add(k), sizes[i], padding, alignCorners));
        weight.add(Resampling.cubicWeight(fraction, k));
      }
      taps.add(tap);
      weights.add(weight);
    }
    Tensor total = null;
    for (int row = 0; row < 4; row++) {
      Tensor line = null;
      for (int column = 0; column < 4; column++) {
        List<Tensor> place = List.of(taps.get(0).get(row), taps.get(1).get(column));
        Tensor part = corner(flat, place, sizes).mul(weights.get(1).get(column).unsqueeze(1));
        line = line == null ? part : line.add(part);
      }
      Tensor part = Objects.requireNonNull(line).mul(weights.get(0).get(row).unsqueeze(1));
      total = total == null ? part : total.add(part);
    }
    return Objects.requireNonNull(total);
  }

  /** No gradient at the borders themselves, as in PyTorch. */
  private static Tensor clip(Tensor at, long size) {
    Tensor inside = at.detach().gt(0).logicalAnd(at.detach().lt(size - 1));
    return Tensor.where(inside, at, at.detach().clamp(0, size - 1).nanToNum());
  }

  private static Tensor reflect(Tensor at, long twiceLow, long twiceHigh) {
    if (twiceLow == twiceHigh) {
      return at.mul(0);
    }
    double low = twiceLow / 2.0;
    double span = (twiceHigh - twiceLow) / 2.0;
    Tensor away = at.sub(low).abs();
    Tensor flips = away.detach().div(span).floor();
    Tensor extra = away.sub(flips.mul(span));
    Tensor even = flips.remainder(2).eq(0);
    return Tensor.where(even, extra.add(low), extra.neg().add(span + low));
  }

  private static Tensor linear(Tensor flat, List<Tensor> at, long[] sizes) {
    int n = sizes.length;
    List<Tensor> base = at.stream().map(t -> t.detach().floor()).toList();
    Tensor total = null;
    for (int c = 0; c < 1 << n; c++) {
      List<Tensor> corner = new ArrayList<>();
      Tensor weight = null;
      for (int i = 0; i < n; i++) {
        boolean high = (c >> (n - 1 - i) & 1) == 1;
        Tensor fraction = at.get(i).sub(base.get(i));
        Tensor w = high ? fraction : fraction.neg().add(1);
        weight = weight == null ? w : weight.mul(w);
        corner.add(high ? base.get(i).add(1) : base.get(i));
      }
      Tensor part = corner(flat, corner, sizes).mul(Objects.requireNonNull(weight).unsqueeze(1));
      total = total == null ? part : total.add(part);
    }
    return Objects.requireNonNull(total);
  }

  /** The elements at whole positions; 0 outside. */
  private static Tensor corner(Tensor flat, List<Tensor> at, long[] sizes) {
    Tensor inside = null;
    Tensor index = null;
    for (int i = 0; i < sizes.length; i++) {
      Tensor p = at.get(i);
      Tensor in = p.ge(0).logicalAnd(p.lt(sizes[i]));
      inside = inside == null ? in : inside.logicalAnd(in);
      Tensor whole = p.nanToNum().clamp(0, sizes[i] - 1).to(DType.I64);
      index = index == null ? whole : index.mul(sizes[i]).add(whole);
    }
    Tensor chosen = Objects.requireNonNull(index).unsqueeze(1);
    Tensor picked = flat.gather(2, chosen.expand(flat.size(0), flat.size(1), chosen.size(2)));
    return picked.maskedFill(Objects.requireNonNull(inside).logicalNot().unsqueeze(1), 0);
  }

  /**
   * The grid of an affine map of the output.
   *
   * @param theta [batch, 2, 3] or [batch, 3, 4]
   * @param size [batch, channels, h, w] or [batch, channels, d, h, w] of the output
   * @return [batch, h, w, 2] or [batch, d, h, w, 3], for {@link #gridSample}
   */
  public static Tensor affineGrid(Tensor theta, long[] size, boolean alignCorners) {
    int n = size.length - 2;
    if ((n != 2 && n != 3)
        || theta.dim() != 3
        || theta.size(0) != size[0]
        || theta.size(1) != n
        || theta.size(2) != n + 1) {
      throw new InvalidArgumentException(
          "[affine_grid] Expected a batch of %dx%d affine matrices for size %s. Got %s"
              .formatted(n, n + 1, Arrays.toString(size), theta.shape()));
    }
    long[] out = Arrays.copyOfRange(size, 2, size.length);
    Options options = Options.dtype(theta.dtype()).withDevice(theta.device());
    List<Tensor> parts = new ArrayList<>();
    for (int i = n - 1; i >= 0; i--) {
      double edge = alignCorners ? 1 : (out[i] - 1.0) / out[i];
      double first = out[i] == 1 ? 0 : -edge;
      Tensor line = Tensor.linspace(options, first, -first, out[i]);
      long[] shape = new long[n];
      Arrays.fill(shape, 1);
      shape[i] = out[i];
      parts.add(line.reshape(shape).expand(out));
    }
    parts.add(Tensor.ones(options, out));
    Tensor places = Tensor.stack(parts, n).reshape(1, Spatial.product(out), n + 1);
    long[] shape = new long[n + 2];
    shape[0] = size[0];
    System.arraycopy(out, 0, shape, 1, n);
    shape[n + 1] = n;
    return places.matmul(theta.transpose(1, 2)).reshape(shape);
  }
}
