package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attention of several heads, without state.
 *
 * <p>A. Vaswani et al., "Attention Is All You Need", 2017, section 3.2.2.
 */
public final class MultiHead {
  /**
   * What is learnt; e is the size of the embedding, k and v those of keys and values.
   *
   * @param query [e, e]
   * @param key [e, k]
   * @param value [e, v]
   * @param bias [3e] for query, key and value, or null
   * @param keyBias a key [1, 1, e] behind those of the input, or null
   * @param valueBias its value [1, 1, e]; given if {@code keyBias} is
   * @param out [e, e]
   * @param outBias [e] or null
   */
  public record Weights(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor bias,
      @Nullable Tensor keyBias,
      @Nullable Tensor valueBias,
      Tensor out,
      @Nullable Tensor outBias) {
    /** Refuses one of the two biases of keys and values without the other. */
    public Weights {
      if ((keyBias == null) != (valueBias == null)) {
        throw new InvalidArgumentException(
            "[multi_head_attention] bias_k and bias_v must be given both or not at all");
      }
    }

    /** The three projections as one matrix [3e, e], without further keys. */
    public static Weights packed(
        Tensor in, @Nullable Tensor bias, Tensor out, @Nullable Tensor outBias) {
      if (in.dim() != 2 || in.size(0) % 3 != 0) {
        throw new ShapeException(
            "[multi_head_attention] expected in_proj_weight of shape [3e, e], got " + in.shape());
      }
      List<Tensor> parts = in.chunk(3, 0);
      return new Weights(parts.get(0), parts.get(1), parts.get(2), bias, null, null, out, outBias);
    }

    /** With one more key and value [1, 1, e]. */
    public Weights extraKey(Tensor extraKey, Tensor extraValue) {
      return new Weights(query, key, value, bias, extraKey, extraValue, out, outBias);
    }
  }

  /**
   * Settings; l is the length of the queries, s that of the keys.
   *
   * @param heads divides the size of the embedding
   * @param zeroKey whether to add a key and value of zeros
   * @param dropout probability with which a weight is dropped; 0 outside of training
   * @param padding [n, s] or [s]: booleans, true for keys that do not count, or numbers to add;
   *     null for none
   * @param mask [l, s] or [n · heads, l, s]: booleans, true for what is not looked at, or numbers
   *     to add; null for none
   * @param averaged whether the weights are averaged over the heads
   */
  public record Settings(
      int heads,
      boolean zeroKey,
      double dropout,
      @Nullable Tensor padding,
      @Nullable Tensor mask,
      boolean averaged) {
    /** A number of heads, and nothing else. */
    public static Settings of(int heads) {
      return new Settings(heads, false, 0, null, null, true);
    }

    /** With a mask. */
    public Settings mask(Tensor value) {
      return new Settings(heads, zeroKey, dropout, padding, value, averaged);
    }

    /** With a mask of keys. */
    public Settings padding(Tensor value) {
      return new Settings(heads, zeroKey, dropout, value, mask, averaged);
    }
  }

  /**
   * What was computed.
   *
   * @param output [l, n, e] or [l, e]
   * @param weights [n, l, s] or [l, s] if averaged, else with heads in front of l; s counts added
   *     keys
   */
  public record Attended(Tensor output, Tensor weights) {}

  private MultiHead() {}

  /**
   * Projects, attends with every head, joins and projects again.
   *
   * @param query [l, n, e] or [l, e]
   * @param key [s, n, k] or [s, k]
   * @param value [s, n, v] or [s, v]
   * @throws ShapeException if the shapes do not fit to each other
   * @throws DTypeException if a mask is of whole numbers
   */
  public static Attended attend(
      Tensor query, Tensor key, Tensor value, Weights weights, Settings settings) {
    boolean single = query.dim() == 2;
    checkWidth("query", "embedDim", query, weights.query);
    checkWidth("key", "the size of keys, embedDim unless set", key, weights.key);
    checkWidth("value", "the size of values, embedDim unless set", value, weights.value);
    checkShapes(query, key, value, settings);
    Functional.checkProbability("multi_head_attention", settings.dropout);
    Tensor q = Functional.linear(batched(query), weights.query, bias(weights, 0));
    Tensor k = Functional.linear(batched(key), weights.key, bias(weights, 1));
    Tensor v = Functional.linear(batched(value), weights.value, bias(weights, 2));
    long length = q.size(0);
    long n = q.size(1);
    int heads = settings.heads;
    Tensor mask = mask(settings, q, n, length, k.size(0));
    if (weights.keyBias != null && weights.valueBias != null) {
      k = Tensor.cat(List.of(k, weights.keyBias.expand(1, n, k.size(2))), 0);
      v = Tensor.cat(List.of(v, weights.valueBias.expand(1, n, v.size(2))), 0);
    }
    q = split(q, heads);
    k = split(k, heads);
    v = split(v, heads);
    if (settings.zeroKey) {
      k = Tensor.cat(List.of(k, zeros(k, n * heads, 1, k.size(2))), 1);
      v = Tensor.cat(List.of(v, zeros(v, n * heads, 1, v.size(2))), 1);
    }
    Tensor scaled = q.mul(Math.sqrt(1.0 / q.size(2)));
    Tensor scores;
    if (mask == null) {
      scores = scaled.bmm(k.transpose(1, 2));
    } else {
      long added = k.size(1) - mask.size(2);
      Tensor wide =
          added == 0
              ? mask
              : Tensor.cat(List.of(mask, zeros(mask, mask.size(0), mask.size(1), added)), 2);
      scores = wide.baddbmm(scaled, k.transpose(1, 2));
    }
    Tensor shares = scores.softmax(-1);
    if (settings.dropout > 0) {
      shares = Functional.dropout(shares, settings.dropout, true, null);
    }
    Tensor joined = shares.bmm(v).transpose(0, 1).reshape(length, n, -1);
    Tensor output = Functional.linear(joined, weights.out, weights.outBias);
    Tensor each = shares.reshape(n, heads, length, k.size(1));
    Tensor shown = settings.averaged ? each.mean(new int[] {1}, false) : each;
    return single ? new Attended(output.squeeze(1), shown.squeeze(0)) : new Attended(output, shown);
  }

  private static Tensor batched(Tensor x) {
    return x.dim() == 2 ? x.unsqueeze(1) : x;
  }

  private static @Nullable Tensor bias(Weights weights, int part) {
    Tensor all = weights.bias;
    if (all == null) {
      return null;
    }
    if (all.dim() != 1 || all.size(0) == 0 || all.size(0) % 3 != 0) {
      throw new ShapeException(
          "[multi_head_attention] expected the bias of query, key and value as a vector of three"
              + " equal parts, but got shape "
              + all.shape());
    }
    return all.chunk(3, 0).get(part);
  }

  /** [l, n, e] to [n · heads, l, e / heads]. */
  private static Tensor split(Tensor x, int heads) {
    return x.reshape(x.size(0), x.size(1) * heads, x.size(2) / heads).transpose(0, 1);
  }

  private static Tensor zeros(Tensor like, long... shape) {
    return Tensor.zeros(Options.dtype(like.dtype()).withDevice(like.device()), shape);
  }

  /** Both masks as numbers to add, [1 or n · heads, l, s]. */
  private static @Nullable Tensor mask(Settings settings, Tensor q, long n, long l, long s) {
    Tensor mask = settings.mask == null ? null : numbers(settings.mask, q);
    if (mask != null && mask.dim() == 2) {
      mask = mask.unsqueeze(0);
    }
    if (settings.padding == null) {
      return mask;
    }
    Tensor padding =
        numbers(settings.padding, q)
            .reshape(n, 1, 1, s)
            .expand(n, settings.heads, 1, s)
            .reshape(n * settings.heads, 1, s);
    return mask == null ? padding.expand(n * settings.heads, l, s) : mask.add(padding);
  }

  private static Tensor numbers(Tensor mask, Tensor like) {
    if (mask.dtype() != DType.BOOL) {
      return mask;
    }
    Tensor zeros = zeros(like, mask.shape().toArray());
    return zeros.maskedFill(mask, Double.NEGATIVE_INFINITY);
  }

  private static void checkWidth(String name, String size, Tensor given, Tensor weight) {
    if (given.dim() > 0 && weight.dim() == 2 && given.size(-1) != weight.size(1)) {
      throw new ShapeException(
          "[multi_head_attention] was expecting %d elements in the last dimension of %s (%s), but got shape %s"
              .formatted(weight.size(1), name, size, given.shape()));
    }
  }

  private static void checkShapes(Tensor query, Tensor key, Tensor value, Settings settings) {
    String op = "[multi_head_attention] ";
    int dim = query.dim();
    if (dim != 2 && dim != 3) {
      throw new ShapeException(
          op
              + "query should be unbatched 2D or batched 3D tensor but received %d-D query tensor"
                  .formatted(dim));
    }
    if (key.dim() != dim || value.dim() != dim) {
      throw new ShapeException(
          op
              + "For %d-D query, expected key and value to be %d-D but found %d-D and %d-D tensors respectively"
                  .formatted(dim, dim, key.dim(), value.dim()));
    }
    boolean apart = dim == 3 && (key.size(1) != query.size(1) || value.size(1) != key.size(1));
    if (apart || key.size(0) != value.size(0)) {
      throw new ShapeException(
          op
              + "key's sequence and batch dims do not match value's or query's: %s, %s and %s"
                  .formatted(query.shape(), key.shape(), value.shape()));
    }
    long e = query.size(-1);
    if (settings.heads < 1 || e % settings.heads != 0) {
      throw new InvalidArgumentException(
          op + "embed_dim %d not divisible by num_heads %d".formatted(e, settings.heads));
    }
    long n = dim == 3 ? query.size(1) : 1;
    long l = query.size(0);
    long s = key.size(0);
    checkMask("key_padding_mask", settings.padding, dim == 3 ? new long[] {n, s} : new long[] {s});
    Tensor mask = settings.mask;
    boolean flat = mask == null || mask.dim() == 2;
    checkMask("attn_mask", mask, flat ? new long[] {l, s} : new long[] {n * settings.heads, l, s});
  }

  private static void checkMask(String name, @Nullable Tensor mask, long[] shape) {
    if (mask == null) {
      return;
    }
    if (mask.dtype() != DType.BOOL && !mask.dtype().isFloating()) {
      throw new DTypeException(
          "[multi_head_attention] only bool and floating types of %s are supported, got %s"
              .formatted(name, mask.dtype()));
    }
    if (!Arrays.equals(mask.shape().toArray(), shape)) {
      throw new ShapeException(
          "[multi_head_attention] The shape of the %s is %s, but should be %s"
              .formatted(name, mask.shape(), Arrays.toString(shape)));
    }
  }
}
