package io.gradus.nn.attention;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.Dropout;
import io.gradus.nn.Linear;
import io.gradus.nn.norm.LayerNorm;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The parts that layers of encoders and decoders share: adding to a stream, and normalising. */
final class Block {
  private final TransformerOptions options;
  private final long size;
  private final int heads;
  private final Options tensors;

  Block(long size, int heads, TransformerOptions options, Options tensors) {
    this.size = size;
    this.heads = heads;
    this.options = options;
    this.tensors = tensors;
  }

  MultiheadAttention attention() {
    return new MultiheadAttention(
        size,
        heads,
        AttentionOptions.DEFAULT
            .dropout(options.dropout())
            .bias(options.bias())
            .batchFirst(options.batchFirst()),
        tensors);
  }

  Linear widening() {
    return new Linear(size, options.feedForward(), options.bias(), tensors);
  }

  Linear narrowing() {
    return new Linear(options.feedForward(), size, options.bias(), tensors);
  }

  LayerNorm norm() {
    return new LayerNorm(new long[] {size}, options.eps(), true, options.bias(), tensors);
  }

  Dropout dropout() {
    return new Dropout(options.dropout());
  }

  /** The stream with what a part makes of it, normalised before or after. */
  Tensor add(Tensor x, LayerNorm norm, UnaryOperator<Tensor> part) {
    return options.normFirst() ? x.add(part.apply(norm.call(x))) : norm.call(x.add(part.apply(x)));
  }

  Tensor feedForward(Tensor x, Linear widening, Dropout dropout, Linear narrowing) {
    return narrowing.call(dropout.call(options.activation().apply(widening.call(x))));
  }

  /** The output of attention with one tensor as keys and values. */
  static Tensor attended(
      MultiheadAttention attention,
      Tensor query,
      Tensor memory,
      @Nullable Tensor mask,
      @Nullable Tensor padding) {
    return attention.call(query, memory, memory, padding, mask, true).output();
  }
}
