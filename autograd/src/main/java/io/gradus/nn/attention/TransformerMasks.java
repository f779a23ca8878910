package io.gradus.nn.attention;

import io.gradus.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a transformer does not look at; each is null for nothing. Masks hold booleans, true for what
 * is not looked at, or numbers to add.
 *
 * @param source [s, s], of the encoder
 * @param target [t, t], of the decoder; see {@link Transformer#causalMask}
 * @param memory [t, s], of the decoder on the encoder's output
 * @param sourcePadding [batch, s] or [s]: elements of the source that do not count
 * @param targetPadding [batch, t] or [t]: elements of the target that do not count
 * @param memoryPadding [batch, s] or [s]: elements of the encoder's output that do not count
 */
public record TransformerMasks(
    @Nullable Tensor source,
    @Nullable Tensor target,
    @Nullable Tensor memory,
    @Nullable Tensor sourcePadding,
    @Nullable Tensor targetPadding,
    @Nullable Tensor memoryPadding) {
  /** All is looked at. */
  public static final TransformerMasks NONE =
      new TransformerMasks(null, null, null, null, null, null);

  /** With a mask of the encoder. */
  public TransformerMasks source(@Nullable Tensor mask) {
    return new TransformerMasks(mask, target, memory, sourcePadding, targetPadding, memoryPadding);
  }

  /** With a mask of the decoder. */
  public TransformerMasks target(@Nullable Tensor mask) {
    return new TransformerMasks(source, mask, memory, sourcePadding, targetPadding, memoryPadding);
  }

  /** With a mask of the decoder on the encoder's output. */
  public TransformerMasks memory(@Nullable Tensor mask) {
    return new TransformerMasks(source, target, mask, sourcePadding, targetPadding, memoryPadding);
  }

  /** With padding of the source, for the encoder. */
  public TransformerMasks sourcePadding(@Nullable Tensor mask) {
    return new TransformerMasks(source, target, memory, mask, targetPadding, memoryPadding);
  }

  /** With padding of the target. */
  public TransformerMasks targetPadding(@Nullable Tensor mask) {
    return new TransformerMasks(source, target, memory, sourcePadding, mask, memoryPadding);
  }

  /** With padding of the encoder's output, for the decoder. */
  public TransformerMasks memoryPadding(@Nullable Tensor mask) {
    return new TransformerMasks(source, target, memory, sourcePadding, targetPadding, mask);
  }
}
