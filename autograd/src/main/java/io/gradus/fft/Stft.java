package io.gradus.fft;

import io.gradus.ComplexPairs;
import io.gradus.FftOptions;
import io.gradus.FftOptions.Norm;
import io.gradus.Options;
import io.gradus.StftOptions;
import io.gradus.Tensor;
import io.gradus.exec.Counts;
import io.gradus.nn.Rearrangements;
import io.gradus.op.TypeNames;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;
import org.jspecify.annotations.Nullable;

/** Transforms of the frames of a signal, and the signal from them. */
public final class Stft {
  /** Below this the weights of overlapping windows count as zero; PyTorch's number. */
  private static final double LEAST_WEIGHT = 1e-11;

  private Stft() {}

  /** What is left open in the options, decided and checked. */
  private record Framing(String name, StftOptions o, long nFft, long hop, long windowLength) {
    static Framing of(String name, StftOptions o) {
      Long hop = o.hopLength();
      Long length = o.winLength();
      return new Framing(
          name, o, o.nFft(), hop == null ? o.nFft() / 4 : hop, length == null ? o.nFft() : length);
    }

    void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new InvalidArgumentException("[%s] %s".formatted(name, otherwise));
      }
    }

    /** The weights in the middle of zeros, as many as a frame has; null for ones everywhere. */
    @Nullable Tensor weights(Tensor like) {
      Tensor w = o.window();
      if (w == null && windowLength == nFft) {
        return null;
      }
      Tensor given =
          w == null
              ? Tensor.ones(Options.dtype(like.dtype()).withDevice(like.device()), windowLength)
              : w;
      return Rearrangements.pad(given, before(), behind());
    }

    /** Zeros before the window. */
    long before() {
      return (nFft - windowLength) / 2;
    }

    /** Zeros behind the window. */
    long behind() {
      return nFft - windowLength - before();
    }

    Norm norm() {
      return o.normalized() ? Norm.ORTHO : Norm.BACKWARD;
    }
  }

  /** See {@link io.gradus.Fft#stft}. */
  public static Tensor stft(Tensor signal, StftOptions o) {
    Framing f = Framing.of("stft", o);
    if (!signal.dtype().isFloating()) {
      throw new DTypeException(
          "[stft] expected a tensor of floating point or complex values, but got %s; use to(f32)"
              .formatted(TypeNames.of(signal.dtype())));
    }
    Tensor x = Transforms.floating("stft", signal);
    if (x.dim() < 1 || x.dim() > 2) {
      throw new ShapeException(
          "[stft] expected a 1D or 2D tensor, but got shape %s".formatted(x.shape()));
    }
    Tensor batch = x.dim() == 1 ? x.unsqueeze(0) : x;
    long around = o.center() ? Math.max(0, f.nFft / 2) : 0;
    long length = batch.size(1) + 2 * around;
    f.require(
        f.nFft > 0 && f.nFft <= length,
        "expected 0 < n_fft <= %d, but got n_fft=%d".formatted(length, f.nFft));
    f.require(length <= Integer.MAX_VALUE, "expected n_fft < 2^31, but got n_fft=" + f.nFft);
    f.require(f.hop > 0, "expected hop_length > 0, but got hop_length=" + f.hop);
    f.require(
        f.windowLength > 0 && f.windowLength <= f.nFft,
        "expected 0 < win_length <= n_fft, but got win_length=" + f.windowLength);
    Tensor w = o.window();
    f.require(
        w == null || w.dim() == 1 && w.size(0) == f.windowLength,
        "expected a 1D window tensor of size equal to win_length=%d, but got window with size %s"
            .formatted(f.windowLength, w == null ? "" : w.shape()));
    f.require(
        !o.center() || !o.alignToWindow(),
        "stft align_to_window should only be set when center = false");
    if (o.alignToWindow()) {
      batch = Rearrangements.pad(batch, f.before(), f.behind());
    }
    if (around > 0) {
      batch =
          Rearrangements.pad(batch.unsqueeze(1), new long[] {around, around}, o.padMode(), null)
              .squeeze(1);
    }
    Tensor frames = batch.unfold(1, f.nFft, f.hop);
    Tensor weights = f.weights(x);
    Tensor weighted = weights == null ? frames : frames.mul(weights);
    FftOptions along = FftOptions.DEFAULT.norm(f.norm());
    boolean half = o.onesided() == null || o.onesided();
    Tensor spectra =
        half
            ? Transforms.realToHalf("stft", weighted, along, Transforms.Reach.ONE, false)
            : Transforms.complex(
                "stft", ComplexPairs.ofReal(weighted), along, Transforms.Reach.ONE, false);
    Tensor result = spectra.transpose(1, 2);
    return x.dim() == 1 ? result.squeeze(0) : result;
  }

  /** See {@link io.gradus.Fft#istft(Tensor, StftOptions, long)}; null for the natural length. */
  public static Tensor istft(Tensor input, StftOptions o, @Nullable Long length) {
    Framing f = Framing.of("istft", o);
    Pairs.check("istft", input);
    Tensor x = Transforms.floating("istft", input);
    if (x.dim() < 3 || x.dim() > 4) {
      throw new ShapeException(
          "[istft] expected a tensor with 3 or 4 dimensions, but got shape %s: frequencies, frames and pairs, behind at most one batch dimension"
              .formatted(x.shape()));
    }
    if (x.numel() == 0) {
      throw new ShapeException("[istft] input tensor cannot be empty: shape " + x.shape());
    }
    Tensor batch = x.dim() == 3 ? x.unsqueeze(0) : x;
    long frequencies = batch.size(1);
    long frames = batch.size(2);
    Boolean asked = o.onesided();
    boolean half = asked == null ? frequencies != f.nFft : asked;
    f.require(
        frequencies == (half ? f.nFft / 2 + 1 : f.nFft),
        half
            ? "expected the frequency dimension (3rd to the last) of the input tensor to match"
                + " n_fft / 2 + 1 when onesided=True, but got "
                + frequencies
            : "expected the frequency dimension (3rd to the last) of the input tensor to match"
                + " n_fft when onesided=False, but got "
                + frequencies);
    f.require(
        f.hop > 0 && f.hop <= f.windowLength,
        "expected 0 < hop_length <= win_length, but got hop_length=%d and win_length=%d"
            .formatted(f.hop, f.windowLength));
    f.require(
        f.windowLength > 0 && f.windowLength <= f.nFft,
        "expected 0 < win_length <= n_fft, but got win_length=" + f.windowLength);
    Tensor w = o.window();
    f.require(
        w == null || w.dim() == 1 && w.size(0) == f.windowLength,
        "Invalid window shape. window has to be 1D and length of `win_length` (%d), but got %s"
            .formatted(f.windowLength, w == null ? "" : w.shape()));
    f.require(
        length == null || length >= 0 && length <= Integer.MAX_VALUE,
        "expected 0 <= length < 2^31, but got " + length);

    long total = f.nFft + f.hop * (frames - 1);
    long start = o.center() ? f.nFft / 2 : 0;
    long end = length != null ? start + length : o.center() ? total - f.nFft / 2 : total;
    long kept = Math.max(0, Math.min(end, total) - start);
    Tensor index = places(frames, f).to(x.device());
    Tensor weights = f.weights(x);
    Tensor ones = Tensor.ones(Options.dtype(x.dtype()).withDevice(x.device()), f.nFft);
    Tensor squares = weights == null ? ones : weights.mul(weights);
    Tensor envelope =
        overlapped(squares.expand(1, frames, f.nFft), index, total).narrow(1, start, kept);
    if (kept == 0 || envelope.detach().abs().min().item().doubleValue() < LEAST_WEIGHT) {
      throw new NumericalException(
          "[istft] window overlap add min: 1; the weights of the windows must not add up to zero"
              + " anywhere in the result: use center, a smaller hop_length or another window");
    }

    FftOptions along = FftOptions.DEFAULT.n(f.nFft).norm(f.norm());
    Tensor spectra = batch.transpose(1, 2).narrow(2, 0, f.nFft / 2 + 1);
    Tensor parts = Transforms.halfToReal("istft", spectra, along, Transforms.Reach.ONE, true);
    Tensor weighted = weights == null ? parts : parts.mul(weights);
    Tensor sum = overlapped(weighted, index, total).narrow(1, start, kept).div(envelope);
    Tensor result = x.dim() == 3 ? sum.squeeze(0) : sum;
    return end > total ? Rearrangements.pad(result, 0, end - total) : result;
  }

  /** Where each element of each frame belongs in the signal. */
  private static Tensor places(long frames, Framing f) {
    long[] all = new long[Counts.of("stft", frames, f.nFft)];
    for (int i = 0; i < all.length; i++) {
      all[i] = i / f.nFft * f.hop + i % f.nFft;
    }
    return Tensor.tensor(all);
  }

  private static Tensor overlapped(Tensor frames, Tensor index, long total) {
    Tensor zeros =
        Tensor.zeros(
            Options.dtype(frames.dtype()).withDevice(frames.device()), frames.size(0), total);
    return zeros.indexAdd(1, index, frames.reshape(frames.size(0), index.size(0)));
  }
}
