package io.gradus.nn.attention;

import org.jspecify.annotations.Nullable;

/**
 * How attention of several heads is built.
 *
 * @param dropout probability with which a weight is dropped in training
 * @param bias whether the projections have biases
 * @param keyBias whether there is a learnt key and value behind those of the input
 * @param zeroKey whether there is a key and value of zeros as well
 * @param keySize of the keys; null for that of the embedding
 * @param valueSize of the values; null for that of the embedding
 * @param batchFirst whether inputs and outputs are [batch, length, e], not [length, batch, e]
 */
public record AttentionOptions(
    double dropout,
    boolean bias,
    boolean keyBias,
    boolean zeroKey,
    @Nullable Long keySize,
    @Nullable Long valueSize,
    boolean batchFirst) {
  /** Biases, no dropout, no further keys; the length comes first. */
  public static final AttentionOptions DEFAULT =
      new AttentionOptions(0, true, false, false, null, null, false);

  /** With dropout. */
  public AttentionOptions dropout(double p) {
    return new AttentionOptions(p, bias, keyBias, zeroKey, keySize, valueSize, batchFirst);
  }

  /** With or without biases. */
  public AttentionOptions bias(boolean flag) {
    return new AttentionOptions(dropout, flag, keyBias, zeroKey, keySize, valueSize, batchFirst);
  }

  /** With a learnt key and value. */
  public AttentionOptions keyBias(boolean flag) {
    return new AttentionOptions(dropout, bias, flag, zeroKey, keySize, valueSize, batchFirst);
  }

  /** With a key and value of zeros. */
  public AttentionOptions zeroKey(boolean flag) {
    return new AttentionOptions(dropout, bias, keyBias, flag, keySize, valueSize, batchFirst);
  }

  /** With keys and values of other sizes than the embedding. */
  public AttentionOptions sizes(long key, long value) {
    return new AttentionOptions(dropout, bias, keyBias, zeroKey, key, value, batchFirst);
  }

  /** With the batch in front of the length. */
  public AttentionOptions batchFirst(boolean flag) {
    return new AttentionOptions(dropout, bias, keyBias, zeroKey, keySize, valueSize, flag);
  }
}
