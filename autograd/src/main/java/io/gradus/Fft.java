package io.gradus;

import io.gradus.fft.Frequencies;
import io.gradus.fft.Stft;
import io.gradus.fft.Transforms;
import io.gradus.fft.Transforms.Reach;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;

/**
 * Discrete Fourier transforms (PyTorch's {@code torch.fft}, {@code stft} and {@code istft}).
 *
 * <p>Complex numbers are pairs along a last dimension of size 2, see {@link ComplexPairs}; that
 * dimension does not count where dimensions are named, so that -1 is the one before it. What is
 * complex in PyTorch takes and gives pairs here, also where PyTorch would take a real tensor as
 * complex: {@code fft(ComplexPairs.ofReal(x))}. Real are the operands of {@link #rfft}, {@link
 * #ihfft}, {@link #stft} and the results of {@link #irfft}, {@link #hfft}, {@link #istft}.
 *
 * <p>{@code fft(x)[k]} is the sum over {@code j} of {@code x[j] exp(-2 pi i j k / n)}; {@code ifft}
 * has the other sign and divides by {@code n}. Any length is transformed in {@code n log n} steps.
 * Dtypes are {@code f32} and {@code f64}; whole numbers count as numbers of the default dtype.
 * Gradients of every order are transforms again.
 *
 * <p>All transforms raise a {@link DTypeException} for {@code f16} and {@code bf16}, a {@link
 * ShapeException} where pairs are missing, a {@link TensorIndexException} for a dimension that is
 * not there, and an {@link InvalidArgumentException} for fewer than one point.
 */
public final class Fft {
  private Fft() {}

  /** The transform of pairs along the last dimension. */
  public static Tensor fft(Tensor x) {
    return fft(x, FftOptions.DEFAULT);
  }

  /** {@link #fft(Tensor)} as the options say. */
  public static Tensor fft(Tensor x, FftOptions options) {
    return Transforms.complex("fft", x, options, Reach.ONE, false);
  }

  /** The inverse of {@link #fft}. */
  public static Tensor ifft(Tensor x) {
    return ifft(x, FftOptions.DEFAULT);
  }

  /** {@link #ifft(Tensor)} as the options say. */
  public static Tensor ifft(Tensor x, FftOptions options) {
    return Transforms.complex("ifft", x, options, Reach.ONE, true);
  }

  /** The transform of pairs along the last two dimensions. */
  public static Tensor fft2(Tensor x) {
    return fft2(x, FftOptions.DEFAULT);
  }

  /** {@link #fft2(Tensor)} as the options say. */
  public static Tensor fft2(Tensor x, FftOptions options) {
    return Transforms.complex("fft2", x, options, Reach.TWO, false);
  }

  /** The inverse of {@link #fft2}. */
  public static Tensor ifft2(Tensor x) {
    return ifft2(x, FftOptions.DEFAULT);
  }

  /** {@link #ifft2(Tensor)} as the options say. */
  public static Tensor ifft2(Tensor x, FftOptions options) {
    return Transforms.complex("ifft2", x, options, Reach.TWO, true);
  }

  /** The transform of pairs along all dimensions. */
  public static Tensor fftn(Tensor x) {
    return fftn(x, FftOptions.DEFAULT);
  }

  /** {@link #fftn(Tensor)} as the options say. */
  public static Tensor fftn(Tensor x, FftOptions options) {
    return Transforms.complex("fftn", x, options, Reach.ALL, false);
  }

  /** The inverse of {@link #fftn}. */
  public static Tensor ifftn(Tensor x) {
    return ifftn(x, FftOptions.DEFAULT);
  }

  /** {@link #ifftn(Tensor)} as the options say. */
  public static Tensor ifftn(Tensor x, FftOptions options) {
    return Transforms.complex("ifftn", x, options, Reach.ALL, true);
  }

  /**
   * The transform of real numbers along the last dimension: its first {@code n/2 + 1} pairs. The
   * others are {@code fft(x)[n - k] = conj(fft(x)[k])}.
   */
  public static Tensor rfft(Tensor x) {
    return rfft(x, FftOptions.DEFAULT);
  }

  /** {@link #rfft(Tensor)} as the options say. */
  public static Tensor rfft(Tensor x, FftOptions options) {
    return Transforms.realToHalf("rfft", x, options, Reach.ONE, false);
  }

  /**
   * The inverse of {@link #rfft}: {@code n} real numbers from {@code n/2 + 1} pairs; by default
   * {@code n = 2 (pairs - 1)}. The imaginary parts of the first pair, and for even {@code n} of the
   * last one, are ignored.
   */
  public static Tensor irfft(Tensor half) {
    return irfft(half, FftOptions.DEFAULT);
  }

  /** {@link #irfft(Tensor)} as the options say. */
  public static Tensor irfft(Tensor half, FftOptions options) {
    return Transforms.halfToReal("irfft", half, options, Reach.ONE, true);
  }

  /** {@link #rfft} along the last dimension, then {@link #fft} along the one before it. */
  public static Tensor rfft2(Tensor x) {
    return rfft2(x, FftOptions.DEFAULT);
  }

  /** {@link #rfft2(Tensor)} as the options say. */
  public static Tensor rfft2(Tensor x, FftOptions options) {
    return Transforms.realToHalf("rfft2", x, options, Reach.TWO, false);
  }

  /** The inverse of {@link #rfft2}. */
  public static Tensor irfft2(Tensor half) {
    return irfft2(half, FftOptions.DEFAULT);
  }

  /** {@link #irfft2(Tensor)} as the options say. */
  public static Tensor irfft2(Tensor half, FftOptions options) {
    return Transforms.halfToReal("irfft2", half, options, Reach.TWO, true);
  }

  /** {@link #rfft} along the last of all dimensions, then {@link #fft} along the others. */
  public static Tensor rfftn(Tensor x) {
    return rfftn(x, FftOptions.DEFAULT);
  }

  /** {@link #rfftn(Tensor)} as the options say. */
  public static Tensor rfftn(Tensor x, FftOptions options) {
    return Transforms.realToHalf("rfftn", x, options, Reach.ALL, false);
  }

  /** The inverse of {@link #rfftn}. */
  public static Tensor irfftn(Tensor half) {
    return irfftn(half, FftOptions.DEFAULT);
  }

  /** {@link #irfftn(Tensor)} as the options say. */
  public static Tensor irfftn(Tensor half, FftOptions options) {
    return Transforms.halfToReal("irfftn", half, options, Reach.ALL, true);
  }

  /**
   * The transform of pairs that mirror each other (a Hermitian signal), given by the first half of
   * them: {@code n} real numbers, by default {@code n = 2 (pairs - 1)}.
   */
  public static Tensor hfft(Tensor half) {
    return hfft(half, FftOptions.DEFAULT);
  }

  /** {@link #hfft(Tensor)} as the options say. */
  public static Tensor hfft(Tensor half, FftOptions options) {
    return Transforms.halfToReal("hfft", half, options, Reach.ONE, false);
  }

  /** The inverse of {@link #hfft}: the first {@code n/2 + 1} pairs. */
  public static Tensor ihfft(Tensor x) {
    return ihfft(x, FftOptions.DEFAULT);
  }

  /** {@link #ihfft(Tensor)} as the options say. */
  public static Tensor ihfft(Tensor x, FftOptions options) {
    return Transforms.realToHalf("ihfft", x, options, Reach.ONE, true);
  }

  /** {@link #fft} along the last dimension but one, then {@link #hfft} along the last one. */
  public static Tensor hfft2(Tensor half) {
    return hfft2(half, FftOptions.DEFAULT);
  }

  /** {@link #hfft2(Tensor)} as the options say. */
  public static Tensor hfft2(Tensor half, FftOptions options) {
    return Transforms.halfToReal("hfft2", half, options, Reach.TWO, false);
  }

  /** The inverse of {@link #hfft2}. */
  public static Tensor ihfft2(Tensor x) {
    return ihfft2(x, FftOptions.DEFAULT);
  }

  /** {@link #ihfft2(Tensor)} as the options say. */
  public static Tensor ihfft2(Tensor x, FftOptions options) {
    return Transforms.realToHalf("ihfft2", x, options, Reach.TWO, true);
  }

  /** {@link #fft} along all dimensions but the last, then {@link #hfft} along that. */
  public static Tensor hfftn(Tensor half) {
    return hfftn(half, FftOptions.DEFAULT);
  }

  /** {@link #hfftn(Tensor)} as the options say. */
  public static Tensor hfftn(Tensor half, FftOptions options) {
    return Transforms.halfToReal("hfftn", half, options, Reach.ALL, false);
  }

  /** The inverse of {@link #hfftn}. */
  public static Tensor ihfftn(Tensor x) {
    return ihfftn(x, FftOptions.DEFAULT);
  }

  /** {@link #ihfftn(Tensor)} as the options say. */
  public static Tensor ihfftn(Tensor x, FftOptions options) {
    return Transforms.realToHalf("ihfftn", x, options, Reach.ALL, true);
  }

  /**
   * Moves frequency 0 from the front to the middle of dimensions, which are all if none is named.
   *
   * @param x any tensor, as it is: of pairs, name the dimensions, counted with that of the pairs
   */
  public static Tensor fftshift(Tensor x, int... dims) {
    return Frequencies.shift("fftshift", x, dims, true);
  }

  /** The inverse of {@link #fftshift}. */
  public static Tensor ifftshift(Tensor x, int... dims) {
    return Frequencies.shift("ifftshift", x, dims, false);
  }

  /**
   * The frequencies that {@link #fft} of n points gives, in its order: 0, 1, … and then the
   * negative ones up to -1, over {@code n * d}.
   *
   * @param d time from one point to the next
   */
  public static Tensor fftfreq(long n, double d, Options options) {
    return Frequencies.all(n, d, options);
  }

  /** {@link #fftfreq(long, double, Options)} in the default dtype. */
  public static Tensor fftfreq(long n, double d) {
    return fftfreq(n, d, Options.DEFAULT);
  }

  /** {@link #fftfreq(long, double)} for points at a distance of 1. */
  public static Tensor fftfreq(long n) {
    return fftfreq(n, 1);
  }

  /** The frequencies that {@link #rfft} of n points gives: 0, 1, … n/2 over {@code n * d}. */
  public static Tensor rfftfreq(long n, double d, Options options) {
    return Frequencies.half(n, d, options);
  }

  /** {@link #rfftfreq(long, double, Options)} in the default dtype. */
  public static Tensor rfftfreq(long n, double d) {
    return rfftfreq(n, d, Options.DEFAULT);
  }

  /** {@link #rfftfreq(long, double)} for points at a distance of 1. */
  public static Tensor rfftfreq(long n) {
    return rfftfreq(n, 1);
  }

  /**
   * The transforms of overlapping frames of a signal.
   *
   * @param signal real, of shape {@code [length]} or {@code [batch, length]}
   * @return pairs of shape {@code [(batch,) frequencies, frames, 2]}
   */
  public static Tensor stft(Tensor signal, StftOptions options) {
    return Stft.stft(signal, options);
  }

  /**
   * The signal from {@link #stft} with the same options; where frames overlap, the one that fits
   * them best.
   *
   * @param spectra pairs of shape {@code [(batch,) frequencies, frames, 2]}
   */
  public static Tensor istft(Tensor spectra, StftOptions options) {
    return Stft.istft(spectra, options, null);
  }

  /** {@link #istft(Tensor, StftOptions)} cut to a length, or followed by zeros. */
  public static Tensor istft(Tensor spectra, StftOptions options, long length) {
    return Stft.istft(spectra, options, length);
  }
}
