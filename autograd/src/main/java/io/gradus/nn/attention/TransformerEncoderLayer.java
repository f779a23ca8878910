package io.gradus.nn.attention;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.Dropout;
import io.gradus.nn.Layer;
import io.gradus.nn.Linear;
import io.gradus.nn.norm.LayerNorm;
import org.jspecify.annotations.Nullable;

/**
 * Attention of a sequence to itself, and a network for each of its elements.
 *
 * <p>Input and output [length, batch, size], with the batch first, or without one. Parts: {@code
 * self_attn}, {@code linear1}, {@code linear2}, {@code norm1}, {@code norm2} and dropouts.
 *
 * <p>A. Vaswani et al., "Attention Is All You Need", 2017, section 3.1.
 */
public final class TransformerEncoderLayer extends Layer {
  private final Block block;
  private final MultiheadAttention attention;
  private final Linear linear1;
  private final Dropout dropout;
  private final Linear linear2;
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final Dropout dropout1;
  private final Dropout dropout2;

  /** With {@link TransformerOptions#DEFAULT}. */
  public TransformerEncoderLayer(long size, int heads) {
    this(size, heads, TransformerOptions.DEFAULT);
  }

  /** With options. */
  public TransformerEncoderLayer(long size, int heads, TransformerOptions options) {
    this(size, heads, options, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public TransformerEncoderLayer(
      long size, int heads, TransformerOptions options, Options tensors) {
    block = new Block(size, heads, options, tensors);
    attention = register("self_attn", block.attention());
    linear1 = register("linear1", block.widening());
    dropout = register("dropout", block.dropout());
    linear2 = register("linear2", block.narrowing());
    norm1 = register("norm1", block.norm());
    norm2 = register("norm2", block.norm());
    dropout1 = register("dropout1", block.dropout());
    dropout2 = register("dropout2", block.dropout());
  }

  @Override
  public Tensor forward(Tensor x) {
    return masked(x, null, null);
  }

  /**
   * With masks.
   *
   * @param mask [length, length] or [batch · heads, length, length], see {@link MultiheadAttention}
   * @param padding [batch, length] or [length]
   */
  public Tensor call(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    Tensor y = masked(x, mask, padding);
    ran(x, y);
    return y;
  }

  private Tensor masked(Tensor input, @Nullable Tensor mask, @Nullable Tensor padding) {
    Tensor x =
        block.add(input, norm1, y -> dropout1.call(Block.attended(attention, y, y, mask, padding)));
    return block.add(x, norm2, y -> dropout2.call(block.feedForward(y, linear1, dropout, linear2)));
  }
}
