package io.gradus;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Along which dimensions a Fourier transform runs, how long it is, and who divides.
 *
 * <pre>{@code
 * Fft.rfft(x, FftOptions.DEFAULT.n(256).dim(0).norm(FftOptions.Norm.ORTHO))
 * }</pre>
 *
 * @param s the number of points along each dimension, -1 for that of the input; what is too long is
 *     cut, what is too short is followed by zeros; null for all as they are
 * @param dim the dimensions; of pairs, the one of size 2 does not count. Null for the last one
 *     ({@code fft}), the last two ({@code fft2}), as many as {@code s} has or else all ({@code
 *     fftn})
 * @param norm which of a transform and its inverse divides by the number of points
 */
public record FftOptions(@Nullable List<Long> s, @Nullable List<Integer> dim, Norm norm) {
  /** Who divides by the number of points N, so that a transform and its inverse cancel. */
  public enum Norm {
    /** The inverse transform, by N. */
    BACKWARD,
    /** Both, by the square root of N; lengths of vectors are kept. */
    ORTHO,
    /** The forward transform, by N. */
    FORWARD
  }

  /** The size of the input, the usual dimensions, the inverse divides. */
  public static final FftOptions DEFAULT = new FftOptions(null, null, Norm.BACKWARD);

  /** Options; see the parameters of the record. */
  public FftOptions {
    s = s == null ? null : List.copyOf(s);
    dim = dim == null ? null : List.copyOf(dim);
  }

  /** With a number of points, for transforms along one dimension. */
  public FftOptions n(long points) {
    return s(points);
  }

  /** With a number of points for each dimension. */
  public FftOptions s(long... points) {
    return new FftOptions(Arrays.stream(points).boxed().toList(), dim, norm);
  }

  /** Along these dimensions. */
  public FftOptions dim(int... dims) {
    return new FftOptions(s, Arrays.stream(dims).boxed().toList(), norm);
  }

  /** With another division. */
  public FftOptions norm(Norm other) {
    return new FftOptions(s, dim, other);
  }
}
