package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;

/** Other sizes for signals, images and volumes. */
public final class Interpolation {
  /** How new elements are made of old ones. */
  public enum Mode {
    /** The element at the rounded-down position, as PyTorch has always done it. */
    NEAREST,
    /** The element whose centre is nearest. */
    NEAREST_EXACT,
    /** Linear along each dimension: linear, bilinear or trilinear. */
    LINEAR,
    /** Cubic along both dimensions of an image. */
    BICUBIC,
    /** Means over areas, see {@link Pooling#adaptiveAvgPool}. */
    AREA
  }

  private Interpolation() {}

  /**
   * The input with other sizes.
   *
   * @param input [batch, channels, d1, …] with one to three dimensions d
   * @param size of the result, one number for each dimension d or a single one for all
   */
  public static Tensor interpolate(Tensor input, long[] size, Mode mode, boolean alignCorners) {
    int n = dims(input);
    long[] sizes = Spatial.each("interpolate", "size", size, n);
    return resample(input, sizes, new double[n], mode, alignCorners, false);
  }

  /**
   * The input with sizes multiplied by factors, rounded down; positions follow the factors given.
   *
   * @param scaleFactor one number for each dimension d or a single one for all
   */
  public static Tensor interpolate(
      Tensor input, double[] scaleFactor, Mode mode, boolean alignCorners) {
    double[] factors = factors(scaleFactor, dims(input));
    return resample(input, scaled(input, factors), factors, mode, alignCorners, false);
  }

  /**
   * Smoothed before it is made smaller, by a triangle or cubic kernel as wide as an element of the
   * result.
   *
   * @param mode {@code LINEAR} or {@code BICUBIC}
   */
  public static Tensor interpolateAntialias(
      Tensor input, long[] size, Mode mode, boolean alignCorners) {
    return interpolateAntialias(input, size, new double[] {0, 0}, mode, alignCorners);
  }

  /**
   * {@link #interpolateAntialias(Tensor, long[], Mode, boolean)} with sizes multiplied by factors,
   * rounded down; positions follow the factors given.
   */
  public static Tensor interpolateAntialias(
      Tensor input, double[] scaleFactor, Mode mode, boolean alignCorners) {
    double[] factors = factors(scaleFactor, dims(input));
    return interpolateAntialias(input, scaled(input, factors), factors, mode, alignCorners);
  }

  /**
   * {@link #interpolateAntialias(Tensor, long[], Mode, boolean)} whose positions follow factors of
   * their own.
   *
   * @param factors elements of the result for each of the input; 0 for those that the sizes give
   */
  public static Tensor interpolateAntialias(
      Tensor input, long[] size, double[] factors, Mode mode, boolean alignCorners) {
    int n = dims(input);
    if (n != 2 || (mode != Mode.LINEAR && mode != Mode.BICUBIC)) {
      throw new InvalidArgumentException(
          "[interpolate] Anti-alias option is restricted to bilinear and bicubic modes and requires a 4-D tensor as input, but got %s of shape %s"
              .formatted(mode, input.shape()));
    }
    long[] sizes = Spatial.each("interpolate", "size", size, n);
    return resample(input, sizes, factors(factors, n), mode, alignCorners, true);
  }

  private static double[] factors(double[] given, int n) {
    if (given.length == n) {
      return given;
    }
    if (given.length != 1) {
      throw new InvalidArgumentException(
          "[interpolate] expected scale_factor to be a single value or a list of %d values, but got %s"
              .formatted(n, Arrays.toString(given)));
    }
    double[] factors = new double[n];
    Arrays.fill(factors, given[0]);
    return factors;
  }

  /** The sizes that factors lead to. */
  static long[] scaled(Tensor input, double[] factors) {
    long[] sizes = new long[factors.length];
    Arrays.setAll(sizes, i -> (long) Math.floor(input.size(i + 2) * factors[i]));
    return sizes;
  }

  private static int dims(Tensor input) {
    if (input.dim() < 3 || input.dim() > 5) {
      throw new ShapeException(
          "[interpolate] Input Error: Only 3D, 4D and 5D input Tensors supported, got %dD: shape %s"
              .formatted(input.dim(), input.shape()));
    }
    return input.dim() - 2;
  }

  private static Tensor resample(
      Tensor input,
      long[] sizes,
      double[] factors,
      Mode mode,
      boolean alignCorners,
      boolean smooth) {
    int n = sizes.length;
    Spatial.atLeast("interpolate", "Input and output sizes should be greater than 0", sizes, 1);
    Spatial.atLeast(
        "interpolate",
        "Input and output sizes should be greater than 0",
        Spatial.sizes(input, n),
        1);
    if (mode == Mode.BICUBIC && n != 2) {
      throw new InvalidArgumentException(
          "[interpolate] bicubic needs a 4-D input [batch, channels, h, w], got shape "
              + input.shape());
    }
    if (mode == Mode.AREA) {
      return Pooling.adaptiveAvgPool(input, n, sizes);
    }
    boolean picks = mode == Mode.NEAREST || mode == Mode.NEAREST_EXACT;
    if (picks && alignCorners) {
      throw new InvalidArgumentException(
          "[interpolate] align_corners option can only be set with the interpolating modes, not "
              + mode);
    }
    DType dtype = input.dtype();
    if (dtype == DType.U8 && n == 2 && (mode == Mode.LINEAR || mode == Mode.BICUBIC)) {
      boolean cubic = mode == Mode.BICUBIC;
      Tensor y = input;
      for (int dim = 3; dim >= 2; dim--) {
        FixedPoint line =
            FixedPoint.of(
                input.size(dim), sizes[dim - 2], factors[dim - 2], alignCorners, cubic, smooth);
        y = line.resample(y, dim);
      }
      return y;
    }
    DType wide = picks ? dtype : dtype.isFloating() ? Precision.wide(dtype) : DType.F32;
    Tensor y = dtype == wide ? input : input.to(wide);
    for (int i = n - 1; i >= 0; i--) {
      int dim = i + 2;
      double given = factors[i];
      y =
          switch (mode) {
            case NEAREST -> Resampling.nearest(y, dim, sizes[i], given, false);
            case NEAREST_EXACT -> Resampling.nearest(y, dim, sizes[i], given, true);
            case LINEAR, AREA ->
                smooth
                    ? Resampling.smoothed(y, dim, sizes[i], given, alignCorners, false)
                    : Resampling.linear(
                        y, dim, sizes[i], given, alignCorners, n == 2 ? wide : dtype);
            case BICUBIC ->
                smooth
                    ? Resampling.smoothed(y, dim, sizes[i], given, alignCorners, true)
                    : Resampling.cubic(y, dim, sizes[i], given, alignCorners, dtype);
          };
    }
    if (y.dtype() == dtype) {
      return y;
    }
    return dtype.isFloating() ? y.to(dtype) : y.add(0.5).floor().clamp(0, 255).to(dtype);
  }
}
