package io.gradus.nn.attention;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.nn.Init;
import io.gradus.nn.Linear;
import io.gradus.nn.Module;
import io.gradus.nn.MultiHead;
import io.gradus.nn.MultiHead.Attended;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attention of several heads with learnt projections, see {@link MultiHead}.
 *
 * <p>Queries [l, batch, e], keys [s, batch, k] and values [s, batch, v], with the batch first or
 * without one. Parameters: {@code in_proj_weight} [3e, e], or {@code q_proj_weight} [e, e], {@code
 * k_proj_weight} [e, k] and {@code v_proj_weight} [e, v] where the sizes differ; {@code
 * in_proj_bias} [3e], {@code bias_k} and {@code bias_v} [1, 1, e]; {@code out_proj} is a {@link
 * Linear}.
 */
public final class MultiheadAttention extends Module {
  private final long embedding;
  private final int heads;
  private final AttentionOptions options;
  private final List<Parameter> projections;
  private final @Nullable Parameter bias;
  private final Linear out;
  private final @Nullable Parameter keyBias;
  private final @Nullable Parameter valueBias;

  /** With {@link AttentionOptions#DEFAULT}. */
  public MultiheadAttention(long embedding, int heads) {
    this(embedding, heads, AttentionOptions.DEFAULT);
  }

  /** With options. */
  public MultiheadAttention(long embedding, int heads, AttentionOptions options) {
    this(embedding, heads, options, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public MultiheadAttention(long embedding, int heads, AttentionOptions options, Options tensors) {
    if (embedding < 1 || heads < 1 || embedding % heads != 0) {
      throw new InvalidArgumentException(
          "[MultiheadAttention] embed_dim must be divisible by num_heads, both greater than 0: %d and %d"
              .formatted(embedding, heads));
    }
    if (!(options.dropout() >= 0 && options.dropout() <= 1)) {
      throw new InvalidArgumentException(
          "[MultiheadAttention] dropout probability has to be between 0 and 1, but got "
              + options.dropout());
    }
    this.embedding = embedding;
    this.heads = heads;
    this.options = options;
    long k = options.keySize() == null ? embedding : options.keySize();
    long v = options.valueSize() == null ? embedding : options.valueSize();
    projections =
        k == embedding && v == embedding
            ? List.of(parameter("in_proj_weight", tensors, 3 * embedding, embedding))
            : List.of(
                parameter("q_proj_weight", tensors, embedding, embedding),
                parameter("k_proj_weight", tensors, embedding, k),
                parameter("v_proj_weight", tensors, embedding, v));
    bias = options.bias() ? parameter("in_proj_bias", tensors, 3 * embedding) : null;
    out = register("out_proj", new Linear(embedding, embedding, options.bias(), tensors));
    keyBias = options.keyBias() ? parameter("bias_k", tensors, 1, 1, embedding) : null;
    valueBias = options.keyBias() ? parameter("bias_v", tensors, 1, 1, embedding) : null;
    resetParameters();
  }

  private Parameter parameter(String name, Options tensors, long... shape) {
    return register(name, new Parameter(Tensor.empty(tensors, shape)));
  }

  /** Draws the parameters anew. */
  public void resetParameters() {
    projections.forEach(p -> Init.xavierUniform_(p, 1));
    if (bias != null) {
      Init.zeros_(bias);
    }
    Parameter outBias = out.bias();
    if (outBias != null) {
      Init.zeros_(outBias);
    }
    if (keyBias != null && valueBias != null) {
      Init.xavierNormal_(keyBias, 1);
      Init.xavierNormal_(valueBias, 1);
    }
  }

  /** Nothing masked; weights averaged over the heads. */
  public Attended call(Tensor query, Tensor key, Tensor value) {
    return call(query, key, value, null, null, true);
  }

  /**
   * With masks.
   *
   * @param padding [batch, s] or [s]: booleans, true for keys that do not count, or numbers to add
   * @param mask [l, s] or [batch · heads, l, s]: booleans, true for what is not looked at, or
   *     numbers to add
   * @param averaged whether the weights are averaged over the heads
   * @return the output in the form of the queries, and the weights [batch, l, s]
   */
  public Attended call(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor padding,
      @Nullable Tensor mask,
      boolean averaged) {
    boolean turned = options.batchFirst() && query.dim() == 3;
    MultiHead.Settings settings =
        new MultiHead.Settings(
            heads,
            options.zeroKey(),
            isTraining() ? options.dropout() : 0,
            padding,
            mask,
            averaged);
    Attended a =
        MultiHead.attend(
            turned(query, turned), turned(key, turned), turned(value, turned), weights(), settings);
    Attended shown = new Attended(turned(a.output(), turned), a.weights());
    ran(List.of(query, key, value), shown.output());
    return shown;
  }

  private static Tensor turned(Tensor x, boolean wanted) {
    return wanted && x.dim() == 3 ? x.transpose(0, 1) : x;
  }

  private MultiHead.Weights weights() {
    MultiHead.Weights w =
        projections.size() == 1
            ? MultiHead.Weights.packed(projections.getFirst(), bias, out.weight(), out.bias())
            : new MultiHead.Weights(
                projections.get(0),
                projections.get(1),
                projections.get(2),
                bias,
                null,
                null,
                out.weight(),
                out.bias());
    return keyBias == null || valueBias == null ? w : w.extraKey(keyBias, valueBias);
  }

  /** The projections of queries, keys and values of one length, and that of the output. */
  @Override
  protected long multiplyAdds(Tensor input, Tensor output) {
    long all = projections.stream().mapToLong(Tensor::numel).sum() + out.weight().numel();
    return output.numel() / embedding * all;
  }

  @Override
  protected String extraRepr() {
    return "embed_dim=%d, num_heads=%d".formatted(embedding, heads);
  }
}
