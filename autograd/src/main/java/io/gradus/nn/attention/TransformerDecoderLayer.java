package io.gradus.nn.attention;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.Dropout;
import io.gradus.nn.Linear;
import io.gradus.nn.Module;
import io.gradus.nn.norm.LayerNorm;
import java.util.List;

/**
 * Attention of a sequence to itself, then to the encoder's output, and a network for each of its
 * elements.
 *
 * <p>Input and output [length, batch, size], with the batch first, or without one. Parts: {@code
 * self_attn}, {@code multihead_attn}, {@code linear1}, {@code linear2}, {@code norm1} to {@code
 * norm3} and dropouts.
 *
 * <p>A. Vaswani et al., "Attention Is All You Need", 2017, section 3.1.
 */
public final class TransformerDecoderLayer extends Module {
  private final Block block;
  private final MultiheadAttention selfAttention;
  private final MultiheadAttention attention;
  private final Linear linear1;
  private final Dropout dropout;
  private final Linear linear2;
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final LayerNorm norm3;
  private final Dropout dropout1;
  private final Dropout dropout2;
  private final Dropout dropout3;

  /** With {@link TransformerOptions#DEFAULT}. */
  public TransformerDecoderLayer(long size, int heads) {
    this(size, heads, TransformerOptions.DEFAULT);
  }

  /** With options. */
  public TransformerDecoderLayer(long size, int heads, TransformerOptions options) {
    this(size, heads, options, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public TransformerDecoderLayer(
      long size, int heads, TransformerOptions options, Options tensors) {
    block = new Block(size, heads, options, tensors);
    selfAttention = register("self_attn", block.attention());
    attention = register("multihead_attn", block.attention());
    linear1 = register("linear1", block.widening());
    dropout = register("dropout", block.dropout());
    linear2 = register("linear2", block.narrowing());
    norm1 = register("norm1", block.norm());
    norm2 = register("norm2", block.norm());
    norm3 = register("norm3", block.norm());
    dropout1 = register("dropout1", block.dropout());
    dropout2 = register("dropout2", block.dropout());
    dropout3 = register("dropout3", block.dropout());
  }

  /** Nothing masked. */
  public Tensor call(Tensor target, Tensor memory) {
    return call(target, memory, TransformerMasks.NONE);
  }

  /** With the masks of target and memory. */
  public Tensor call(Tensor target, Tensor memory, TransformerMasks masks) {
    Tensor x =
        block.add(
            target,
            norm1,
            y ->
                dropout1.call(
                    Block.attended(selfAttention, y, y, masks.target(), masks.targetPadding())));
    x =
        block.add(
            x,
            norm2,
            y ->
                dropout2.call(
                    Block.attended(attention, y, memory, masks.memory(), masks.memoryPadding())));
    Tensor out =
        block.add(x, norm3, y -> dropout3.call(block.feedForward(y, linear1, dropout, linear2)));
    ran(List.of(target, memory), out);
    return out;
  }
}
