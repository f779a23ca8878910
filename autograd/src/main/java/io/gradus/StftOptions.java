package io.gradus;

import org.jspecify.annotations.Nullable;

/**
 * How {@link Fft#stft} cuts a signal into frames.
 *
 * @param nFft points of each transform
 * @param hopLength from one frame to the next; null for a quarter of {@code nFft}
 * @param winLength size of the window, which zeros around it bring to {@code nFft}; null for {@code
 *     nFft}
 * @param window a vector of {@code winLength} weights; null for ones
 * @param center whether frame {@code t} lies around place {@code t * hopLength} of the signal,
 *     instead of starting there
 * @param padMode how the signal goes on beyond its ends for centred frames: {@code reflect}, {@code
 *     replicate}, {@code circular} or {@code constant} (zeros)
 * @param normalized whether transforms are divided by the root of {@code nFft}
 * @param onesided whether only the first {@code nFft / 2 + 1} frequencies are given, the others
 *     being their conjugates; null for yes in {@code stft}, and in {@code istft} for what fits the
 *     number of frequencies
 * @param alignToWindow whether frames that are not centred start with their window instead of with
 *     the zeros before it; {@code stft} only
 */
public record StftOptions(
    long nFft,
    @Nullable Long hopLength,
    @Nullable Long winLength,
    @Nullable Tensor window,
    boolean center,
    String padMode,
    boolean normalized,
    @Nullable Boolean onesided,
    boolean alignToWindow) {
  /** Centred frames of a size, a quarter of it apart, not weighted. */
  public static StftOptions of(long nFft) {
    return new StftOptions(nFft, null, null, null, true, "reflect", false, null, false);
  }

  /** With a distance between frames. */
  public StftOptions hopLength(long length) {
    return new StftOptions(
        nFft, length, winLength, window, center, padMode, normalized, onesided, alignToWindow);
  }

  /** With a shorter window. */
  public StftOptions winLength(long length) {
    return new StftOptions(
        nFft, hopLength, length, window, center, padMode, normalized, onesided, alignToWindow);
  }

  /** With weights; see {@link Windows}. */
  public StftOptions window(Tensor weights) {
    return new StftOptions(
        nFft, hopLength, winLength, weights, center, padMode, normalized, onesided, alignToWindow);
  }

  /** With frames around their places, or from there on. */
  public StftOptions center(boolean flag) {
    return new StftOptions(
        nFft, hopLength, winLength, window, flag, padMode, normalized, onesided, alignToWindow);
  }

  /** With another continuation of the signal. */
  public StftOptions padMode(String mode) {
    return new StftOptions(
        nFft, hopLength, winLength, window, center, mode, normalized, onesided, alignToWindow);
  }

  /** With transforms divided by the root of their length, or not. */
  public StftOptions normalized(boolean flag) {
    return new StftOptions(
        nFft, hopLength, winLength, window, center, padMode, flag, onesided, alignToWindow);
  }

  /** With half of the frequencies, or all. */
  public StftOptions onesided(boolean flag) {
    return new StftOptions(
        nFft, hopLength, winLength, window, center, padMode, normalized, flag, alignToWindow);
  }

  /** With frames that start with their window. */
  public StftOptions alignToWindow(boolean flag) {
    return new StftOptions(
        nFft, hopLength, winLength, window, center, padMode, normalized, onesided, flag);
  }
}
